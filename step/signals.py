"""The signals of one measure in words, and where they disagree with its declared status.

The rules themselves stand in `step.models.signals`; here the same conditions are asked for one record.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from step.models import Measure, Signal, Status
from step.models.signals import ENDS, GAPS, gap, milestone_missed

SHORT = "SHORT_DATE_FORMAT"


@dataclass(frozen=True)
class Finding:
    """A signal, and each of its reasons as a sentence."""

    signal: Signal
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Signals:
    findings: tuple[Finding, ...]
    disagreements: tuple[str, ...]

    @property
    def warns(self) -> bool:
        """Whether more is amiss than a gap in the records."""
        return bool(self.disagreements) or any(found.signal is not Signal.INCOMPLETE for found in self.findings)

    def __bool__(self) -> bool:
        return bool(self.findings or self.disagreements)


def signals_of(measure: Measure, today: dt.date) -> Signals:
    """What the records say about the measure today. A constant number of queries."""
    conditions = {signal.value: signal.condition(today) for signal in Signal}
    conditions |= {f"gap_{name}": gap(name) for name in GAPS} | {"missed": milestone_missed(today)}
    asked = {
        f"has_{name}": models.Case(models.When(rule, then=True), default=False, output_field=models.BooleanField())
        for name, rule in conditions.items()
    }
    row = Measure.objects.filter(pk=measure.pk).annotate(**asked).values(*asked).first() or {}
    holds = {name.removeprefix("has_") for name, value in row.items() if value}
    tell = {Signal.LATE: _late, Signal.STALE: _stale, Signal.INCOMPLETE: _incomplete}
    given = [signal for signal in Signal if signal.value in holds]
    findings = tuple(Finding(signal, tuple(tell[signal](measure, today, holds))) for signal in given)
    return Signals(findings, tuple(_disagreements(measure, Signal.LATE in given)))


def _late(measure: Measure, today: dt.date, holds: set[str]) -> Iterator[str]:
    for milestone in measure.milestones.all() if "missed" in holds else ():
        if milestone.is_missed(today) and milestone.due_on:
            day = date_format(milestone.due_on, SHORT)
            yield _("The milestone “%(title)s” was due on %(day)s.") % {"title": milestone.title, "day": day}
    for path, sentence in ENDS.items():
        end = _value(measure, path)
        if end and end < today:
            yield f"{sentence} ({date_format(end, SHORT)})"


def _value(measure: Measure, path: str) -> dt.date | None:
    if path == "horizon__ends":
        return measure.horizon.ends if measure.horizon else None
    value: dt.date | None = getattr(measure, path)
    return value


def _stale(measure: Measure, today: dt.date, holds: set[str]) -> Iterator[str]:
    reported = measure.reports.filter(reported_on__lte=today).aggregate(last=models.Max("reported_on"))["last"]
    last = max((day for day in (reported, measure.confirmed_on) if day), default=None)
    if last is None:
        yield _("Nobody has reported or confirmed anything yet.")
        return
    days = (today - last).days
    sentence = ngettext("The last word is %(days)d day old.", "The last word is %(days)d days old.", days)
    yield sentence % {"days": days}


def _incomplete(measure: Measure, today: dt.date, holds: set[str]) -> Iterator[str]:
    yield from (str(found.label) for name, found in GAPS.items() if f"gap_{name}" in holds)


def _disagreements(measure: Measure, is_late: bool) -> Iterator[str]:
    """Where the declared status and the records tell different stories, in sentences."""
    status = measure.status_enum
    label = {"status": status.label}
    slips = bool(measure.forecast_end and measure.baseline_end and measure.forecast_end > measure.baseline_end)
    if status.is_open and not status.is_stuck:
        if is_late:
            yield _("Declared “%(status)s”, but a date has passed.") % label
        elif slips:
            yield _("Declared “%(status)s”, but the end is expected later than adopted.") % label
    if status is Status.DELAYED and measure.forecast_end and measure.baseline_end and not (slips or is_late):
        yield _("Declared “%(status)s”, but no date has passed and the end is not expected later than adopted.") % label
    if status is Status.DONE and (left := measure.milestones.filter(done_on=None).count()):
        sentence = ngettext(
            "Declared “%(status)s”, but %(left)d milestone is not done.",
            "Declared “%(status)s”, but %(left)d milestones are not done.",
            left,
        )
        yield sentence % {**label, "left": left}
