"""What the portal holds about a person, told to that person, and how it is erased.

Each app that holds something has a module `personal` with

- `COVERS`: the relations to a person that it takes care of, as `app.Model.field`;
- `export(user) -> list[Section]`: everything it holds about them;
- `erase(user) -> None`: deletes it, or takes the person out of what others built upon.

The roof gathers them (`differdange_portal.personal`); a test fails for a relation that no app covers.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fact:
    """One value: for machines (`key`, `value`) and for people (`label`, `shown`)."""

    key: str
    label: str
    value: Any
    shown: str


@dataclass
class Section:
    """One kind of record."""

    key: str
    title: str | Promise
    rows: list[list[Fact]] = field(default_factory=list)

    def as_data(self) -> list[dict[str, Any]]:
        return [{fact.key: fact.value for fact in row} for row in self.rows]


def section(key: str, title: str | Promise, records: Iterable[models.Model], fields: Iterable[str]) -> Section:
    """A section with the named fields of each record."""
    names = list(fields)
    return Section(key, title, [[fact(record, name) for name in names] for record in records])


def fact(record: models.Model, name: str) -> Fact:
    column: Any = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(value, models.Model):
        value = str(value)
    display = getattr(record, f"get_{name}_display", None)
    return Fact(name, str(column.verbose_name), value, shown(display() if display else value))


def other(key: str, label: str, value: Any) -> Fact:
    """A fact that is no field."""
    return Fact(key, label, value, shown(value))


def shown(value: Any) -> str:
    """A value as people read it."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
