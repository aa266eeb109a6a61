"""What the Konzeptplan says, as frozen records: page, exports and snapshots read the same objects.

A `Figure` carries the codes that it counted and the address of the list behind it, so that no number stands alone.
All values are plain (text, whole and decimal numbers, dates, enums, tuples, frozensets), so that they can be frozen.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from konzeptplan.records import (
    Audience,
    Connection,
    Horizon,
    IndicatorRow,
    Label,
    MeasureRow,
    MilestoneRow,
    MoneyLine,
    Selection,
    Source,
    Value,
    Voice,
    Weakness,
)
from leitbild.trend import Direction, Movement, Verdict
from step.delivery import Drift
from step.models import Status

MONEY = ("planned", "voted", "spent", "funded")

__all__ = [
    "Audience",
    "Breakdown",
    "Connection",
    "Connections",
    "Deviation",
    "Effect",
    "Effects",
    "Figure",
    "Gap",
    "GoalRow",
    "Horizon",
    "IndicatorRow",
    "Konzeptplan",
    "Label",
    "Matrix",
    "MatrixRow",
    "MeasureRow",
    "MilestoneRow",
    "Money",
    "MoneyLine",
    "MoneyYear",
    "Selection",
    "Source",
    "Timeline",
    "TimelineRow",
    "Value",
    "Voice",
    "VoiceCount",
    "Voices",
    "Weakness",
    "Work",
]


@dataclass(frozen=True)
class Figure:
    """A count with its name, the measures that it counted and the query string of their list."""

    label: Label
    codes: tuple[str, ...]
    query: str

    @property
    def count(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Breakdown:
    """Counts by one dimension. `overlapping`: a measure may stand in several rows and counts once in `total`."""

    rows: tuple[Figure, ...]
    total: Figure
    overlapping: bool

    @property
    def highest(self) -> int:
        return max((row.count for row in self.rows), default=0)


@dataclass(frozen=True)
class Work:
    """Work done, as reported: of how many it is known, the middle value, and how many are behind their own time.

    `known` includes measures that are done (100 percent). `median` is None where nothing is known.
    """

    known: Figure
    of: int
    median: Decimal | None
    comparable: int  # open measures with both adopted dates and reported work
    behind: Figure


@dataclass(frozen=True)
class MatrixRow:
    """One StEP: its measures by horizon, in the order of `Matrix.horizons`, and all of them."""

    plan: Label
    cells: tuple[Figure, ...]
    total: Figure
    work: Work


@dataclass(frozen=True)
class Matrix:
    """StEP × horizon, each measure once, in the row of its lead plan; `work` by horizon and in all."""

    horizons: tuple[Horizon, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Figure, ...]
    total: Figure
    work: tuple[Work, ...]
    total_work: Work


@dataclass(frozen=True)
class GoalRow:
    """A goal with its measures by status, in the order of `Konzeptplan.by_status`."""

    goal: Label
    cells: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True)
class VoiceCount:
    label: Label
    received: int
    answered: int
    query: str

    @property
    def unanswered(self) -> int:
        return self.received - self.answered


@dataclass(frozen=True)
class Voices:
    """Participation. `median_days` is over the answered ones that have both dates; None where there are none."""

    all: VoiceCount
    by_plan: tuple[VoiceCount, ...]
    by_locality: tuple[VoiceCount, ...]
    changed_measure: int
    unmet: int
    median_days: Decimal | None

    @property
    def changed_percent(self) -> int | None:
        return round(self.changed_measure * 100 / self.all.received) if self.all.received else None


@dataclass(frozen=True)
class MoneyYear:
    """Euros of one year, or of all (`year` None). None: no measure has a figure, which is not zero.

    `funded` is the part of `planned` that others than the city pay. `counted` tells, in the order of `MONEY`, which
    measures each sum is made of.
    """

    year: int | None
    planned: Decimal | None
    voted: Decimal | None
    spent: Decimal | None
    funded: Decimal | None
    counted: tuple[Figure, ...] = ()

    @property
    def cells(self) -> list[tuple[Decimal | None, Figure]]:
        return [(getattr(self, kind), figure) for kind, figure in zip(MONEY, self.counted, strict=True)]


@dataclass(frozen=True)
class Money:
    """By year, over all years, and for the year of the roll-up (None without a line in it)."""

    years: tuple[MoneyYear, ...]
    total: MoneyYear
    current: MoneyYear | None
    with_figure: Figure
    of: int


@dataclass(frozen=True)
class Deviation:
    """A measure that does not go as planned, why, and what would help. `days_late` is against the adopted dates."""

    code: str
    title: str
    status: Status
    reason: str
    unit: str
    kinds: tuple[Drift, ...] = ()
    condition: str = ""
    acts: str = ""
    next_step: str = ""
    days_late: int | None = None


@dataclass(frozen=True)
class Gap:
    """Something that is missing in the chain. `items` are the records; for contributions only their number is kept.

    `room` says which list `query` opens: "measures", "voices", or "" where the items themselves are the list.
    """

    key: str
    name: str
    items: tuple[Label, ...]
    of: int
    count: int
    query: str = ""
    room: str = ""


@dataclass(frozen=True)
class Effect:
    """An indicator: where it began, stands, shall go, and which way it moves. `percent` is the share of that way."""

    label: Label
    unit: str
    direction: Direction
    baseline: Decimal | None
    baseline_year: int | None
    latest: Decimal | None
    latest_on: dt.date | None
    target: Decimal | None
    target_year: int | None
    movement: Movement
    verdict: Verdict
    is_reached: bool | None
    percent: int | None
    is_overdue: bool


@dataclass(frozen=True)
class Effects:
    """The indicators of the selection, those with a value and a target first; effect is never mixed with delivery."""

    rows: tuple[Effect, ...]
    measured: int
    with_target: int
    better: int
    worse: int

    @property
    def of(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class TimelineRow:
    """A measure on the time axis, with what it needs first (codes)."""

    code: str
    title: str
    plan: str
    status: Status
    baseline_start: dt.date | None
    baseline_end: dt.date | None
    forecast_start: dt.date | None
    forecast_end: dt.date | None
    milestones: tuple[MilestoneRow, ...]
    needs: tuple[str, ...]
    next_due: dt.date | None


@dataclass(frozen=True)
class Timeline:
    """The measures with the next milestones, and those that they wait for; `total` has a milestone ahead."""

    rows: tuple[TimelineRow, ...]
    total: Figure


@dataclass(frozen=True)
class Connections:
    """Conflicts before synergies; the figures count the measures of the selection that have one."""

    links: tuple[Connection, ...]
    conflict: Figure
    synergy: Figure


@dataclass(frozen=True)
class Konzeptplan:
    """StEP + participation = Konzeptplan StEP 2030, at one date for one audience."""

    at: dt.date
    audience: Audience
    selection: Selection
    total: Figure
    left_out: tuple[Figure, ...]
    matrix: Matrix
    by_status: Breakdown
    by_urgency: Breakdown
    by_locality: Breakdown
    by_goal: Breakdown
    by_sdg: Breakdown
    by_pillar: Breakdown
    goals: tuple[GoalRow, ...]
    deviations: tuple[Deviation, ...]
    by_drift: Breakdown
    freshness: Breakdown
    effects: Effects
    voices: Voices
    money: Money
    gaps: tuple[Gap, ...]
    timeline: Timeline
    connections: Connections
