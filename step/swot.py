"""The four-field board: of the city, of a plan, of a locality. Page and administration show the same board."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from step.models import Locality, Measure, MeasureQuerySet, Plan, SwotEntry, SwotKind
from step.models.access import Reader
from step.models.swot import board_url, without_entry

SHOWN = 24  # measures without an entry that a board lists; the list of measures has them all


@dataclass(frozen=True)
class Field:
    """One of the four fields with its entries, each with `seen_measures`."""

    kind: SwotKind
    entries: list[SwotEntry]


@dataclass(frozen=True)
class Board:
    """`open_entries` lead to no measure, `open_measures` come from no entry: as far as the reader may see either."""

    plan: Plan | None
    locality: Locality | None
    fields: list[Field]
    open_entries: list[SwotEntry]
    open_measures: list[Measure]
    open_measure_count: int
    open_measures_url: str

    @property
    def total(self) -> int:
        return sum(len(field.entries) for field in self.fields)

    @property
    def url(self) -> str:
        return board_url(plan=self.plan, locality=self.locality)


@dataclass(frozen=True)
class Door:
    """A way to another board, with the number of entries that the reader will find there."""

    owner: Any
    url: str
    entries: int


def board_of(user: Reader, *, plan: Plan | None = None, locality: Locality | None = None) -> Board:
    """Six queries, whatever the number of entries and measures."""
    entries = list(SwotEntry.objects.for_board(user).of(plan=plan, locality=locality))
    measures, wanted = _measures_around(Measure.objects.visible_to(user).counting(), plan, locality)
    unfounded = without_entry(measures, user)
    return Board(
        plan=plan,
        locality=locality,
        fields=fields_of(entries),
        open_entries=[entry for entry in entries if not entry.seen_measures],
        open_measures=list(unfounded.select_related("lead_plan")[:SHOWN]),
        open_measure_count=unfounded.count(),
        open_measures_url=f"{reverse('step:measures')}?{urlencode({**wanted, 'swot': 'none', 'counting': '1'})}",
    )


def fields_of(entries: list[SwotEntry]) -> list[Field]:
    return [Field(kind, [entry for entry in entries if entry.kind == kind]) for kind in SwotKind]


def _measures_around(
    measures: MeasureQuerySet, plan: Plan | None, locality: Locality | None
) -> tuple[MeasureQuerySet, dict[str, str]]:
    """The measures that the board speaks about, and the filter of the list that shows the same."""
    if plan:
        return measures.of_plan(plan), {"plan": plan.code.lower()}
    if locality:
        return measures.at(locality), {"locality": locality.slug}
    return measures, {}


def doors(user: Reader) -> dict[str, list[Door]]:
    """The boards of all plans and localities: three queries."""
    rows = SwotEntry.objects.visible_to(user).values_list("plan", "locality")
    plans, localities = Counter(plan for plan, _place in rows), Counter(place for _plan, place in rows)
    return {
        "plans": [Door(plan, board_url(plan=plan), plans[plan.pk]) for plan in Plan.objects.all()],
        "localities": [
            Door(place, board_url(locality=place), localities[place.pk]) for place in Locality.objects.all()
        ],
    }
