"""What the roll-up knows of the city: plain records, as read, from which every figure is computed."""

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.trend import Direction
from step.models import MeasureLink, Status, Urgency


class Audience(models.TextChoices):
    """For whom the roll-up is built. Council sees internal measures as well; drafts are never counted."""

    PUBLIC = "public", _("Everyone")
    COUNCIL = "council", _("Council")


@dataclass(frozen=True)
class Selection:
    """What the reader narrowed the whole page to, as keys of labels; empty text is no choice."""

    plan: str = ""
    locality: str = ""
    goal: str = ""
    horizon: str = ""
    unit: str = ""

    def __bool__(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> dict[str, str]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


@dataclass(frozen=True)
class Label:
    """One value that measures can be sorted by: a plan, a goal, a locality, a horizon …"""

    key: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class MilestoneRow:
    """A dated step. `done_on` is empty for one that was not done by the day of the roll-up."""

    title: str
    due_on: dt.date | None
    done_on: dt.date | None = None


@dataclass(frozen=True)
class MeasureRow:
    """What the roll-up knows of one measure. Sets hold the keys of labels."""

    code: str
    title: str
    lead_plan: str
    plans: frozenset[str]
    horizon: str | None
    status: Status
    urgency: Urgency
    status_reason: str = ""
    condition: str = ""  # what would unblock it
    horizon_end: dt.date | None = None
    acts: str = ""  # who must act; the responsible unit where nobody else is named
    next_step: str = ""
    unit: str = ""
    unit_key: str = ""
    localities: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    sdgs: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    voices: int = 0
    baseline_start: dt.date | None = None
    baseline_end: dt.date | None = None
    forecast_start: dt.date | None = None
    forecast_end: dt.date | None = None
    actual_end: dt.date | None = None
    milestones: tuple[MilestoneRow, ...] = ()
    last_word: dt.date | None = None  # the office's last report or confirmation
    work_percent: int | None = None  # as last reported
    work_on: dt.date | None = None
    planned: Decimal | None = None  # euros over all years and funders; None where no line has a figure
    voted: Decimal | None = None
    spent: Decimal | None = None

    @property
    def counts(self) -> bool:
        return self.status.counts

    @property
    def has_budget(self) -> bool:
        return not (self.planned is self.voted is self.spent is None)

    @property
    def open_milestones(self) -> tuple[MilestoneRow, ...]:
        return tuple(step for step in self.milestones if step.done_on is None)


@dataclass(frozen=True)
class Horizon:
    """A time horizon and the percent of its time that has passed; no dates for measures without one."""

    label: Label
    starts: dt.date | None
    ends: dt.date | None
    elapsed_percent: int | None


@dataclass(frozen=True)
class Voice:
    """One published contribution: what it concerns, and what became of it. `measures`: codes of the audience's."""

    key: str
    plans: frozenset[str]
    answered: bool
    days_to_answer: int | None
    changed_measure: bool
    measures: frozenset[str] = frozenset()
    locality: str = ""
    unmet: bool = False  # adopted, and no measure takes it up


@dataclass(frozen=True)
class Connection:
    """How one counting measure bears on another; `plans` are the lead plans of the two."""

    source: Label
    kind: MeasureLink.Kind
    target: Label
    plans: tuple[str, str] = ("", "")
    note: str = ""


@dataclass(frozen=True)
class Value:
    """What an indicator was at one time."""

    measured_on: dt.date
    value: Decimal


@dataclass(frozen=True)
class IndicatorRow:
    """How the city knows whether it comes closer: goals and plans are keys of labels, values in order."""

    label: Label
    unit: str
    direction: Direction
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    next_update: dt.date | None = None
    values: tuple[Value, ...] = ()
    goals: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weakness:
    """A weakness of the city, a plan (`plan`) or a locality, and the measures (codes) to which it led."""

    label: Label
    plan: str = ""
    locality: str = ""
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MoneyLine:
    """The money of one measure in one year from one funder, in euros; None is unknown."""

    code: str
    year: int
    planned: Decimal | None
    voted: Decimal | None
    spent: Decimal | None
    funded: Decimal | None = None  # of what is planned, what another than the city pays


@dataclass(frozen=True)
class Source:
    """Everything from which the Konzeptplan is computed."""

    at: dt.date
    audience: Audience
    plans: tuple[Label, ...]
    horizons: tuple[Horizon, ...]
    localities: tuple[Label, ...]
    goals: tuple[Label, ...]
    sdgs: tuple[Label, ...]
    pillars: tuple[Label, ...]
    measures: tuple[MeasureRow, ...]
    voices: tuple[Voice, ...]
    money: tuple[MoneyLine, ...]
    units: tuple[Label, ...] = ()
    connections: tuple[Connection, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    selection: Selection = Selection()
