"""StEP + participation = Konzeptplan StEP 2030: every figure of the dashboard, computed in one place.

`build` reads once (see `sources.py`) and hands plain records to `compute`, which is pure: the same records in any order
give the same Konzeptplan. How each figure is defined, with its edge cases, stands in docs/konzeptplan.md.
"""

import datetime as dt
import statistics
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from konzeptplan.figures import (
    Audience,
    Breakdown,
    Deviation,
    Figure,
    Gap,
    Horizon,
    Konzeptplan,
    Label,
    Matrix,
    MatrixRow,
    MeasureRow,
    Money,
    MoneyYear,
    Voice,
    VoiceCount,
    Voices,
)
from konzeptplan.sources import Source, read
from step.models import Status, Urgency

NONE = "none"


def build(at: dt.date, audience: Audience) -> Konzeptplan:
    """The Konzeptplan on a day, for everyone or for the council; a fixed number of queries, no writes."""
    return compute(read(at, audience))


def compute(source: Source) -> Konzeptplan:
    """All figures from plain records. Withdrawn and superseded measures are out of all but `left_out`."""
    tally = Tally(source)
    return Konzeptplan(
        at=source.at,
        audience=source.audience,
        total=tally.total,
        left_out=tuple(tally.left_out(status) for status in Status if not status.counts),
        matrix=_matrix(tally),
        by_status=tally.breakdown("status", _status_labels(), lambda m: {m.status.value}),
        by_urgency=tally.breakdown("urgency", _urgency_labels(), lambda m: {m.urgency.value}),
        by_locality=tally.breakdown("locality", [*source.localities, _whole_city()], lambda m: m.localities or {NONE}),
        by_goal=tally.breakdown("goal", source.goals, lambda m: m.goals),
        by_sdg=tally.breakdown("sdg", source.sdgs, lambda m: m.sdgs),
        by_pillar=tally.breakdown("pillar", source.pillars, lambda m: m.pillars),
        deviations=_deviations(tally.rows),
        voices=_voices(source),
        money=_money(source, tally),
        gaps=_gaps(source, tally),
    )


class Tally:
    """Counts the measures that count, and names the list behind every number."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.rows = sorted((m for m in source.measures if m.counts), key=lambda m: m.code)
        self.total = self.figure(Label("all", _("All measures")), self.rows)

    def figure(self, label: Label, rows: Iterable[MeasureRow], **filters: str) -> Figure:
        query = {**filters, "counting": "1", "audience": self.source.audience.value}
        return Figure(label, tuple(row.code for row in rows), urlencode(query))

    def left_out(self, status: Status) -> Figure:
        codes = sorted(m.code for m in self.source.measures if m.status is status)
        query = {"status": status.value, "audience": self.source.audience.value}
        return Figure(Label(status.value, str(status.label)), tuple(codes), urlencode(query))

    def breakdown(self, name: str, labels: Iterable[Label], keys: Callable[[MeasureRow], Iterable[str]]) -> Breakdown:
        """One row per label, also where it is zero; overlapping if any measure has more than one key."""
        keys_of = {row.code: set(keys(row)) for row in self.rows}
        rows = tuple(
            self.figure(label, (row for row in self.rows if label.key in keys_of[row.code]), **{name: label.key})
            for label in labels
        )
        return Breakdown(rows, self.total, overlapping=any(len(found) > 1 for found in keys_of.values()))


def _status_labels() -> list[Label]:
    return [Label(status.value, str(status.label)) for status in Status if status.counts]


def _urgency_labels() -> list[Label]:
    return [Label(urgency.value, str(urgency.label)) for urgency in Urgency]


def _whole_city() -> Label:
    return Label(NONE, _("Whole city"))


def _matrix(tally: Tally) -> Matrix:
    source = tally.source
    horizons = (*source.horizons, Horizon(Label(NONE, _("Not yet known")), None, None, None))

    def cells(rows: list[MeasureRow], **filters: str) -> tuple[Figure, ...]:
        return tuple(
            tally.figure(
                horizon.label,
                (row for row in rows if (row.horizon or NONE) == horizon.label.key),
                **filters,
                horizon=horizon.label.key,
            )
            for horizon in horizons
        )

    matrix_rows = []
    for plan in source.plans:
        own = [row for row in tally.rows if row.lead_plan == plan.key]
        total = tally.figure(plan, own, lead=plan.key)
        matrix_rows.append(MatrixRow(plan, cells(own, lead=plan.key), total))
    return Matrix(horizons, tuple(matrix_rows), cells(tally.rows), tally.total)


def _deviations(rows: list[MeasureRow]) -> tuple[Deviation, ...]:
    return tuple(Deviation(m.code, m.title, m.status, m.status_reason, m.unit) for m in rows if m.status.deviates)


def _voices(source: Source) -> Voices:
    days = [voice.days_to_answer for voice in source.voices if voice.days_to_answer is not None]
    return Voices(
        all=_voice_count(Label("all", _("All contributions")), source.voices, audience=source.audience.value),
        by_plan=tuple(
            _voice_count(
                plan,
                [v for v in source.voices if plan.key in v.plans],
                plan=plan.key,
                audience=source.audience.value,
            )
            for plan in source.plans
        ),
        changed_measure=sum(voice.changed_measure for voice in source.voices),
        median_days=statistics.median(days) if days else None,
    )


def _voice_count(label: Label, voices: Iterable[Voice], **filters: str) -> VoiceCount:
    heard = list(voices)
    return VoiceCount(label, len(heard), sum(voice.answered for voice in heard), urlencode(filters))


def _money(source: Source, tally: Tally) -> Money:
    counted = {row.code for row in tally.rows}
    lines = [line for line in source.money if line.code in counted]
    years = []
    for year in sorted({line.year for line in lines}):
        of_year = [line for line in lines if line.year == year]
        sums = {}
        for kind in ("planned", "voted", "spent"):
            known = [amount for line in of_year if (amount := getattr(line, kind)) is not None]
            sums[kind] = sum(known[1:], known[0]) if known else None
        years.append(MoneyYear(year, **sums))
    with_figure = tally.figure(
        Label("budget", _("Measures with a figure")),
        [row for row in tally.rows if row.has_budget],
        budget="1",
    )
    return Money(tuple(years), with_figure, of=tally.total.count)


def _gaps(source: Source, tally: Tally) -> tuple[Gap, ...]:
    served = {goal for row in tally.rows for goal in row.goals}
    of = tally.total.count

    def measures_where(key: str, name: str, missing: Callable[[MeasureRow], bool]) -> Gap:
        return Gap(key, name, tuple(Label(row.code, row.title) for row in tally.rows if missing(row)), of)

    return (
        Gap(
            "goal",
            _("Goals without a measure"),
            tuple(goal for goal in source.goals if goal.key not in served),
            len(source.goals),
        ),
        measures_where("voice", _("Measures without a voice"), lambda m: not m.voices),
        measures_where("unit", _("Measures without a responsible unit"), lambda m: not m.unit),
        measures_where("horizon", _("Measures without a time horizon"), lambda m: not m.horizon),
        measures_where("status", _("Measures on which nobody has reported"), lambda m: m.status is Status.UNKNOWN),
        measures_where("budget", _("Measures without a budget figure"), lambda m: not m.has_budget),
    )
