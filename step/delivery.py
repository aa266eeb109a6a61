"""How a measure moves along: what drifts from its plan, how fresh the last word on it is, how much work is done.

Each rule stands here once in words, for one measure, and once in SQL, for a list; the dashboard counts with the first
and links to the second, and a test holds them together. The clock and the reports that may be seen are arguments.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from step.models import Measure, MeasureQuerySet, Milestone, ProgressReport, Status

CURRENT_DAYS = 90  # a quarter: the office reports once in it
OPEN = [status for status in Status if status.is_open]
DEVIATING = [status for status in OPEN if status.deviates]


class Drift(models.TextChoices):
    """How an open measure departs from what was adopted. A measure can show several."""

    REPORTED = "reported", _("Reported as delayed or blocked")
    OVERDUE = "overdue", _("Its end has passed")
    MILESTONE = "milestone", _("A milestone is late")
    FORECAST = "forecast", _("Expected later than adopted")


class Freshness(models.TextChoices):
    """How long ago the office last reported on an open measure, or confirmed what is said of it."""

    CURRENT = "current", _("In the last 90 days")
    AGEING = "ageing", _("Longer ago, within the time set")
    STALE = "stale", _("Too long ago")
    NEVER = "never", _("Never in this portal")


def freshness(last_word: dt.date | None, today: dt.date) -> Freshness:
    """A word from the future counts as current."""
    if last_word is None:
        return Freshness.NEVER
    age = (today - last_word).days
    if age <= CURRENT_DAYS:
        return Freshness.CURRENT
    return Freshness.AGEING if age <= settings.STALE_DAYS else Freshness.STALE


def drifts(
    *,
    status: Status,
    baseline_end: dt.date | None,
    forecast_end: dt.date | None,
    horizon_end: dt.date | None = None,
    open_milestones: Iterable[dt.date | None],
    today: dt.date,
) -> tuple[Drift, ...]:
    """What departs from the plan, in the order of `Drift`; nothing once the measure is done or out."""
    if not status.is_open:
        return ()
    ends = (forecast_end or baseline_end, horizon_end)
    found = {
        Drift.REPORTED: status.deviates,
        Drift.OVERDUE: any(end < today for end in ends if end),
        Drift.MILESTONE: any(due < today for due in open_milestones if due),
        Drift.FORECAST: bool(baseline_end and forecast_end and forecast_end > baseline_end),
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def time_used(start: dt.date | None, end: dt.date | None, on: dt.date) -> int | None:
    """Percent of the adopted time that had passed on a day, 0 to 100; None without both dates."""
    if not start or not end or end <= start:
        return None
    return min(100, max(0, (on - start).days * 100 // (end - start).days))


def is_behind(percent: int | None, start: dt.date | None, end: dt.date | None, reported_on: dt.date | None) -> bool:
    """Whether, on the day of the report, less work was done than time had passed."""
    used = time_used(start, end, reported_on) if reported_on else None
    return used is not None and percent is not None and percent < used


# --- The same for lists -----------------------------------------------------------------------------------------------


def with_last_word(
    rows: MeasureQuerySet, reports: models.QuerySet[ProgressReport], today: dt.date
) -> models.QuerySet[Measure]:
    """Each with `last_word`, the date of the last report or confirmation up to that day, and the work done as last
    reported: `work_percent` with its date `work_on`. A null is no date, so each of the two stands in for the other."""
    own = reports.filter(measure=models.OuterRef("pk"), reported_on__lte=today).order_by("-reported_on", "-pk")
    work = own.exclude(percent=None)
    reported = models.Subquery(own.values("reported_on")[:1])
    confirmed = models.Case(models.When(confirmed_on__lte=today, then=models.F("confirmed_on")))
    return rows.annotate(
        last_word=Greatest(Coalesce(reported, confirmed), Coalesce(confirmed, reported)),
        work_percent=models.Subquery(work.values("percent")[:1]),
        work_on=models.Subquery(work.values("reported_on")[:1]),
    )


def drifting(rows: MeasureQuerySet, kind: str, today: dt.date) -> MeasureQuerySet:
    """Open measures that show this drift; `any` for at least one."""
    conditions = _conditions(today)
    wanted = conditions.values() if kind == "any" else [conditions[Drift(kind)]]
    return rows.filter(models.Q(*wanted, _connector=models.Q.OR), status__in=OPEN)


def _conditions(today: dt.date) -> dict[Drift, models.Q]:
    no_forecast = models.Q(forecast_end=None, baseline_end__lt=today)
    late = open_milestones(today).filter(due_on__lt=today)
    return {
        Drift.REPORTED: models.Q(status__in=DEVIATING),
        Drift.OVERDUE: models.Q(forecast_end__lt=today) | no_forecast | models.Q(horizon__ends__lt=today),
        Drift.MILESTONE: models.Q(models.Exists(late)),
        Drift.FORECAST: models.Q(forecast_end__gt=models.F("baseline_end")),
    }


def open_milestones(today: dt.date) -> models.QuerySet[Milestone]:
    """Of the outer measure: those that are not done by that day."""
    undone = models.Q(done_on=None) | models.Q(done_on__gt=today)
    return Milestone.objects.filter(undone, measure=models.OuterRef("pk"))


def by_freshness(
    rows: MeasureQuerySet, value: str, reports: models.QuerySet[ProgressReport], today: dt.date
) -> models.QuerySet[Measure]:
    current, stale = (today - dt.timedelta(days=days) for days in (CURRENT_DAYS, settings.STALE_DAYS))
    condition = {
        Freshness.CURRENT: models.Q(last_word__gte=current),
        Freshness.AGEING: models.Q(last_word__lt=current, last_word__gte=stale),
        Freshness.STALE: models.Q(last_word__lt=stale),
        Freshness.NEVER: models.Q(last_word=None),
    }[Freshness(value)]
    return with_last_word(rows, reports, today).filter(condition, status__in=OPEN)


def by_work(
    rows: MeasureQuerySet, value: str, reports: models.QuerySet[ProgressReport], today: dt.date
) -> models.QuerySet[Measure]:
    """`1`: work done is known (reported, or the measure is done); `none`: it is not; `behind`: see `is_behind`."""
    found = with_last_word(rows, reports, today)
    if value == "behind":
        fields = ("pk", "work_percent", "baseline_start", "baseline_end", "work_on")
        open_rows = found.filter(status__in=OPEN).order_by().values_list(*fields)
        return rows.filter(pk__in=[pk for pk, *facts in open_rows if is_behind(*facts)])
    known = models.Q(status=Status.DONE) | models.Q(work_percent__isnull=False)
    return found.filter(known if value == "1" else ~known)
