"""On a frozen page, numbers open the list of that day instead of today's.

Every number of the dashboard links to the list of measures with a query string, and a frozen figure keeps that query
string. So the finished page is enough: whatever tile drew the link, only its address changes, never its words.
"""

import re


def relink(html: str, *, live: str, frozen: str) -> str:
    """`html` with each link to `live` that has a query string leading to `frozen` with the same one."""
    return re.sub(rf'href="{re.escape(live)}\?', lambda _found: f'href="{frozen}?', html)
