"""Signals that the records give by themselves, beside the status that people declare. One place for every rule.

| signal     | given when                                                                                       |
|------------|--------------------------------------------------------------------------------------------------|
| late       | open, and a milestone is past due and not done, or the expected, adopted or horizon's end is past |
| stale      | open, and no report and no confirmation within `STALE_DAYS`; a new record is given the same time |
| incomplete | counting, and without responsible unit, date, money figure, place or goal                        |

Open is what still has something to do (`Status.is_open`); counting is what is neither withdrawn nor superseded. A day
that is today is not past. `condition` is the rule for the database; `step.signals` tells it in words for one measure.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from step.models.states import Status

OPEN = models.Q(status__in=[status.value for status in Status if status.is_open])
COUNTING = models.Q(status__in=[status.value for status in Status if status.counts])
ENDS: dict[str, Promise] = {
    "forecast_end": _("The expected end has passed."),
    "baseline_end": _("The adopted end has passed."),
    "horizon__ends": _("The time horizon has ended."),
}


def _rows(model: str, **conditions: object) -> models.Exists:
    """Records of this measure, asked from the registry: their models are defined above this module."""
    records = apps.get_model("step", model)._default_manager
    return models.Exists(records.filter(measure=models.OuterRef("pk"), **conditions))


def milestone_missed(today: dt.date) -> models.Q:
    return models.Q(_rows("Milestone", due_on__lt=today, done_on=None))


def _late(today: dt.date) -> models.Q:
    passed = models.Q(*[(f"{end}__lt", today) for end in ENDS], _connector=models.Q.OR)
    return OPEN & (passed | milestone_missed(today))


def fresh_since(today: dt.date) -> dt.date:
    """The first day from which a report or a confirmation still counts as fresh."""
    return today - dt.timedelta(days=settings.STALE_DAYS)


def _stale(today: dt.date) -> models.Q:
    since = fresh_since(today)
    confirmed = models.Q(confirmed_on__isnull=False, confirmed_on__gte=since)
    reported = models.Q(_rows("ProgressReport", reported_on__gte=since, reported_on__lte=today))
    new = models.Q(created_at__gte=timezone.make_aware(dt.datetime.combine(since, dt.time.min)))
    return OPEN & ~confirmed & ~reported & ~new


class Gap:
    """Something that a measure lacks: its name, and the condition for the database."""

    def __init__(self, label: Promise, condition: Callable[[], models.Q]) -> None:
        self.label, self.condition = label, condition


def _no_figure() -> models.Q:
    known = models.Q(planned__isnull=False) | models.Q(voted__isnull=False) | models.Q(spent__isnull=False)
    lines = apps.get_model("step", "BudgetLine")._default_manager.filter(known, measure=models.OuterRef("pk"))
    return ~models.Q(models.Exists(lines))


def _none(model: str) -> models.Q:
    """No row in the table between the measure and what it may point to."""
    through = getattr(apps.get_model("step", "Measure"), model).through
    return ~models.Q(models.Exists(through._default_manager.filter(measure=models.OuterRef("pk"))))


GAPS: dict[str, Gap] = {
    "unit": Gap(_("No responsible unit"), lambda: models.Q(responsible_unit=None)),
    "date": Gap(_("No date"), lambda: models.Q(forecast_end=None, baseline_end=None, horizon=None)),
    "budget": Gap(_("No money figure"), _no_figure),
    "place": Gap(_("No place named"), lambda: models.Q(is_citywide=False, geometry__isnull=True) & _none("localities")),
    "goal": Gap(_("No goal"), lambda: _none("goals")),
}


def gap(name: str) -> models.Q:
    return GAPS[name].condition()


def _incomplete(today: dt.date) -> models.Q:
    lacks = models.Q()
    for name in GAPS:
        lacks |= gap(name)
    return COUNTING & lacks


def due_within(today: dt.date, days: int) -> models.Q:
    """Something falls due from today to `days` days on: a milestone, the expected end, a funder's deadline."""
    span = (today, today + dt.timedelta(days=days))
    milestones = models.Q(_rows("Milestone", due_on__range=span, done_on=None))
    deadlines = models.Q(_rows("BudgetLine", apply_by__range=span))
    return OPEN & (milestones | deadlines | models.Q(forecast_end__range=span))


class Signal(models.TextChoices):
    LATE = "late", _("Late")
    STALE = "stale", _("No fresh report")
    INCOMPLETE = "incomplete", _("Incomplete")

    @property
    def icon(self) -> str:
        """Name of the symbol in the icon sprite; each signal has a shape of its own."""
        return {"late": "clock-history", "stale": "hourglass", "incomplete": "question-circle"}[self.value]

    def condition(self, today: dt.date | None = None) -> models.Q:
        """The rule as a filter on measures."""
        rule = {"late": _late, "stale": _stale, "incomplete": _incomplete}[self.value]
        return rule(today or timezone.localdate())


class SignalQuerySet(models.QuerySet[Any]):
    """The signals as filters: the part of `MeasureQuerySet` that the rules above make."""

    def late(self, today: dt.date) -> Self:
        """Open, and a milestone or an end has passed; see the table above."""
        return self.filter(Signal.LATE.condition(today))

    def stale(self, today: dt.date) -> Self:
        """Open, and nobody has reported or confirmed anything for a set time."""
        return self.filter(Signal.STALE.condition(today))

    def incomplete(self) -> Self:
        """Without owner, date, money figure, place or goal."""
        return self.filter(Signal.INCOMPLETE.condition())

    def lacking(self, name: str) -> Self:
        """With one gap of `GAPS`."""
        return self.filter(gap(name))

    def due_soon(self, today: dt.date) -> Self:
        """Open, with a milestone, an expected end or a funder's deadline in the days to come."""
        return self.filter(due_within(today, settings.DUE_SOON_DAYS))

    def with_signals(self, today: dt.date) -> Self:
        """Each with `is_late`, `is_stale` and `is_incomplete`."""
        return self.annotate(
            **{
                f"is_{signal.value}": models.Case(
                    models.When(signal.condition(today), then=True), default=False, output_field=models.BooleanField()
                )
                for signal in Signal
            }
        )
