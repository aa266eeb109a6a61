"""What changed between two editions of the Konzeptplan: pure, and the same whatever the order of the rows.

A measure that is out (withdrawn, superseded, no longer in this view) or new says only that: its other fields are no
news. Any other measure says at most one thing of each kind, and one of the kinds of status.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from konzeptplan.edition import Edition
from konzeptplan.figures import MeasureRow
from step.models import Status

MONEY = ("planned", "voted", "spent")
SCOPE = ("title", "plans", "goals", "localities", "horizon")
Value = Any  # a status, a day, an amount, a text or a set of keys; None is unknown


class Kind(models.TextChoices):
    """What happened to a measure, in the order in which a session wants to hear it."""

    NEW = "new", _("New")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DELAYED = "delayed", _("Delayed or blocked")
    RECOVERED = "recovered", _("Back on track")
    DONE = "done", _("Done")
    STATUS = "status", _("Other change of status")
    DATES = "dates", _("New dates")
    BUDGET = "budget", _("New budget")
    SCOPE = "scope", _("New scope")
    VOICES = "voices", _("New voices")

    @property
    def icon(self) -> str:
        return {
            "new": "plus-lg",
            "withdrawn": "status-withdrawn",
            "delayed": "status-delayed",
            "recovered": "reply",
            "done": "status-done",
            "status": "status-running",
            "dates": "calendar-event",
            "budget": "cash-coin",
            "scope": "sliders",
            "voices": "chat-dots",
        }[self.value]


@dataclass(frozen=True)
class Step:
    """One field of a measure, before and after."""

    field: str
    before: Value
    after: Value

    @property
    def added(self) -> frozenset[str]:
        return frozenset(self.after or ()) - frozenset(self.before or ())

    @property
    def removed(self) -> frozenset[str]:
        return frozenset(self.before or ()) - frozenset(self.after or ())

    @property
    def days(self) -> int | None:
        """By how many days a date moved; positive is later."""
        both = isinstance(self.before, dt.date) and isinstance(self.after, dt.date)
        return (self.after - self.before).days if both else None


@dataclass(frozen=True)
class Change:
    """What happened to one measure, with the steps that show it."""

    kind: Kind
    code: str
    title: str
    steps: tuple[Step, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Count:
    """A number of the dashboard, before and after."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """All changes, by kind and then by code, and the voices between the two days."""

    changes: tuple[Change, ...]
    measures: Count
    received: Count
    answered: Count

    def of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def groups(self) -> tuple[tuple[Kind, tuple[Change, ...]], ...]:
        """The kinds that occur, each with its changes."""
        return tuple((kind, found) for kind in Kind if (found := self.of(kind)))

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.received.difference and not self.answered.difference


def compare(before: Edition, after: Edition) -> Comparison:
    """Everything that changed from one edition to the other; both for the same audience."""
    heard, hears = before.plan.voices.all, after.plan.voices.all
    return Comparison(
        changes=diff(before.measures, after.measures),
        measures=Count(before.plan.total.count, after.plan.total.count),
        received=Count(heard.received, hears.received),
        answered=Count(heard.answered, hears.answered),
    )


def diff(before: Iterable[MeasureRow], after: Iterable[MeasureRow]) -> tuple[Change, ...]:
    """The changes of all measures, sorted by kind and code."""
    old, new = ({row.code: row for row in rows} for rows in (before, after))
    found = [change for code in old.keys() | new.keys() for change in _changes(old.get(code), new.get(code))]
    order = list(Kind)
    return tuple(sorted(found, key=lambda change: (order.index(change.kind), change.code)))


def _changes(old: MeasureRow | None, new: MeasureRow | None) -> list[Change]:
    if not (old and old.counts and new and new.counts):
        return _come_or_gone(old, new)
    found = [_status(old, new), _dates(old, new), _money(old, new), _scope(old, new), _voices(old, new)]
    return [change for change in found if change]


def _come_or_gone(old: MeasureRow | None, new: MeasureRow | None) -> list[Change]:
    if new and new.counts:
        steps = (Step("status", old.status, new.status),) if old else ()
        return [Change(Kind.NEW, new.code, new.title, steps)]
    if old and old.counts:
        steps = (Step("status", old.status, new.status if new else None),)
        return [Change(Kind.WITHDRAWN, old.code, old.title, steps, new.status_reason if new else "")]
    return []


def _status(old: MeasureRow, new: MeasureRow) -> Change | None:
    if old.status is new.status:
        return None
    if new.status is Status.DONE:
        kind = Kind.DONE
    elif new.status.deviates:
        kind = Kind.DELAYED
    else:
        kind = Kind.RECOVERED if old.status.deviates else Kind.STATUS
    return Change(kind, new.code, new.title, (Step("status", old.status, new.status),), new.status_reason)


def _steps(old: MeasureRow, new: MeasureRow, fields: tuple[str, ...]) -> tuple[Step, ...]:
    pairs = ((field, getattr(old, field), getattr(new, field)) for field in fields)
    return tuple(Step(*pair) for pair in pairs if pair[1] != pair[2])


def _dates(old: MeasureRow, new: MeasureRow) -> Change | None:
    steps = _steps(old, new, ("baseline_end", "forecast_end", "actual_end"))
    if new.status is Status.DONE and old.status is not Status.DONE:
        steps = tuple(step for step in steps if step.field != "actual_end")  # being done says it already
    return Change(Kind.DATES, new.code, new.title, steps) if steps else None


def _money(old: MeasureRow, new: MeasureRow) -> Change | None:
    steps = _steps(old, new, MONEY)
    return Change(Kind.BUDGET, new.code, new.title, steps) if steps else None


def _scope(old: MeasureRow, new: MeasureRow) -> Change | None:
    steps = _steps(old, new, SCOPE)
    return Change(Kind.SCOPE, new.code, new.title, steps) if steps else None


def _voices(old: MeasureRow, new: MeasureRow) -> Change | None:
    steps = _steps(old, new, ("voices",))
    return Change(Kind.VOICES, new.code, new.title, steps) if steps else None


def money_difference(step: Step) -> Decimal | None:
    """Euros more or less; None where one side is unknown."""
    both = isinstance(step.before, Decimal) and isinstance(step.after, Decimal)
    return step.after - step.before if both else None
