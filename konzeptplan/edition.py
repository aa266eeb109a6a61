"""An edition: the Konzeptplan with the rows behind it. What snapshots freeze, exports write and comparisons compare."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from konzeptplan.figures import Audience, Figure, Konzeptplan, MeasureRow
from konzeptplan.rollup import compute
from konzeptplan.sources import MoneyLine, Source, measures_for, read
from step.models import Milestone


@dataclass(frozen=True)
class MilestoneRow:
    """A dated step of a measure."""

    code: str
    title: str
    due_on: dt.date | None
    done_on: dt.date | None


@dataclass(frozen=True)
class Place:
    """Where a measure is: a GeoJSON geometry in EPSG:4326."""

    code: str
    geometry: dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """All figures, and the rows from which they were computed, at one date for one audience.

    `measures` are those of the audience, withdrawn and superseded ones too, sorted by code. `is_sample`: some of it is
    generated, which every page and export says.
    """

    plan: Konzeptplan
    measures: tuple[MeasureRow, ...]
    money: tuple[MoneyLine, ...]
    milestones: tuple[MilestoneRow, ...]
    places: tuple[Place, ...]
    is_sample: bool

    @property
    def counting(self) -> tuple[MeasureRow, ...]:
        return tuple(row for row in self.measures if row.counts)

    def rows_of(self, codes: tuple[str, ...]) -> tuple[MeasureRow, ...]:
        wanted = set(codes)
        return tuple(row for row in self.measures if row.code in wanted)

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """{dimension: {key: name}} of plans, goals, localities and horizons."""
        plan = self.plan
        return {
            "plans": {row.plan.key: row.plan.name for row in plan.matrix.rows},
            "horizon": {horizon.label.key: horizon.label.name for horizon in plan.matrix.horizons},
            "goals": {row.label.key: row.label.name for row in plan.by_goal.rows},
            "localities": {row.label.key: row.label.name for row in plan.by_locality.rows},
        }


def edition(at: dt.date, audience: Audience) -> Edition:
    """Today's edition, or that of another day as far as today's records tell it; a fixed number of queries."""
    return edition_of(read(at, audience), audience)


def edition_of(source: Source, audience: Audience) -> Edition:
    """The edition of records that were read before."""
    measures = measures_for(audience)
    steps = Milestone.objects.filter(measure__in=measures.order_by().values("pk")).select_related("measure")
    places = measures.filter(geometry__isnull=False).values_list("code", "geometry")
    return Edition(
        plan=compute(source),
        measures=tuple(sorted(source.measures, key=lambda row: row.code)),
        money=source.money,
        milestones=tuple(
            MilestoneRow(step.measure.code, step.title, step.due_on, step.done_on)
            for step in steps.order_by("measure__code", "due_on", "pk")
        ),
        places=tuple(Place(code, geometry) for code, geometry in places if geometry),
        is_sample=settings.SAMPLE_DATA or measures.filter(is_sample=True).exists(),
    )


def figures_in(record: Any) -> Iterator[Figure]:
    """Every figure anywhere in a record, whatever the classes in between are called."""
    if isinstance(record, Figure):
        yield record
    if isinstance(record, tuple | list):
        for item in record:
            yield from figures_in(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from figures_in(getattr(record, field.name))


def figure_by_query(plan: Konzeptplan, query: str) -> Figure | None:
    """The figure whose number links to that query string, in whatever order its parts are written."""
    wanted = sorted(parse_qsl(query))
    return next((figure for figure in figures_in(plan) if sorted(parse_qsl(figure.query)) == wanted), None)


def merged_names(before: Edition, after: Edition) -> dict[str, dict[str, str]]:
    """The names of both, to tell about what is only in one of them; the later one's word counts."""
    old, new = before.names, after.names
    return {dimension: {**old[dimension], **new[dimension]} for dimension in new}
