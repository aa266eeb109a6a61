"""What the Konzeptplan says, as frozen records: page, exports and snapshots read the same objects.

A `Figure` carries the codes that it counted and the address of the list behind it, so that no number stands alone.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from step.models import Status, Urgency


class Audience(models.TextChoices):
    """For whom the roll-up is built. Council sees internal measures as well; drafts are never counted."""

    PUBLIC = "public", _("Everyone")
    COUNCIL = "council", _("Council")


@dataclass(frozen=True)
class Label:
    """One value that measures can be sorted by: a plan, a goal, a locality, a horizon …"""

    key: str
    name: str
    url: str = ""


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
    unit: str = ""
    localities: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    sdgs: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    voices: int = 0
    planned: Decimal | None = None  # euros over all years and funders; None where no line has a figure
    voted: Decimal | None = None
    spent: Decimal | None = None

    @property
    def counts(self) -> bool:
        return self.status.counts

    @property
    def has_budget(self) -> bool:
        return not (self.planned is self.voted is self.spent is None)


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
class MatrixRow:
    """One StEP: its measures by horizon, in the order of `Matrix.horizons`, and all of them."""

    plan: Label
    cells: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True)
class Horizon:
    """A time horizon and the share of its time that has passed, 0 to 1; no dates for measures without one."""

    label: Label
    starts: dt.date | None
    ends: dt.date | None
    elapsed: float | None

    @property
    def elapsed_percent(self) -> int | None:
        return None if self.elapsed is None else round(self.elapsed * 100)


@dataclass(frozen=True)
class Matrix:
    """StEP × horizon, each measure once, in the row of its lead plan."""

    horizons: tuple[Horizon, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Figure, ...]
    total: Figure


@dataclass(frozen=True)
class Voice:
    """One published contribution: the plans that it concerns, and what became of it."""

    key: str
    plans: frozenset[str]
    answered: bool
    days_to_answer: int | None
    changed_measure: bool


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
    changed_measure: int
    median_days: float | None


@dataclass(frozen=True)
class MoneyYear:
    """Euros of one year. None: no measure has a figure, which is not zero."""

    year: int
    planned: Decimal | None
    voted: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class Money:
    years: tuple[MoneyYear, ...]
    with_figure: Figure
    of: int


@dataclass(frozen=True)
class Deviation:
    """A measure that does not go as planned, and why."""

    code: str
    title: str
    status: Status
    reason: str
    unit: str


@dataclass(frozen=True)
class Gap:
    """Something that is missing in the chain: a goal without measure, measures without voice, owner, date …"""

    key: str
    name: str
    items: tuple[Label, ...]
    of: int

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Konzeptplan:
    """StEP + participation = Konzeptplan StEP 2030, at one date for one audience."""

    at: dt.date
    audience: Audience
    total: Figure
    left_out: tuple[Figure, ...]
    matrix: Matrix
    by_status: Breakdown
    by_urgency: Breakdown
    by_locality: Breakdown
    by_goal: Breakdown
    by_sdg: Breakdown
    by_pillar: Breakdown
    deviations: tuple[Deviation, ...]
    voices: Voices
    money: Money
    gaps: tuple[Gap, ...]
