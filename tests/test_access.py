"""One table: every address × role → status. An address that is missing here fails.

`200` means the page opens; `302` that a login is asked for; `403` not allowed; `404` no trace of it.
"""

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_records import Records, make_records

pytestmark = pytest.mark.django_db
ROLES = [None, "citizen", "moderator", "planner", "council", "office_lead", "administrator"]

Row = dict[str | None, int]


def everyone(status: int = 200) -> Row:
    return dict.fromkeys(ROLES, status)


def only(*roles: str, others: int = 403, nobody: int = 302) -> Row:
    return {role: 200 if role in roles else nobody if role is None else others for role in ROLES}


def seen_by(*roles: str) -> Row:
    """What others may not see leaves no trace: 404, not 403."""
    return only(*roles, others=404, nobody=404)


READS_INTERNAL = ("planner", "council", "office_lead", "administrator")
READS_DRAFTS = ("planner", "office_lead", "administrator")
OFFICE = ("planner", "office_lead", "administrator")

# name, keyword arguments (a key of Records for values made by the test) → row
TABLE: list[tuple[str, dict[str, str], Row]] = []
