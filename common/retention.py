"""How long things are kept. Each app lists its rules in a module `retention`; the command `retention` applies them.

The register for people is docs/privacy.md; a test holds it to these rules.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Rule:
    """Rows that are due at a moment, and what is done to them. `apply` returns nothing and may be repeated."""

    key: str
    what: str
    after: str
    due: Callable[[dt.datetime], models.QuerySet[Any]]
    apply: Callable[[models.QuerySet[Any]], object]


def months_before(now: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months ago, or the last day of a shorter month."""
    index = now.year * 12 + now.month - 1 - months
    year, month = divmod(index, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_day = (first_of_next - dt.timedelta(days=1)).day
    return now.replace(year=year, month=month + 1, day=min(now.day, last_day))
