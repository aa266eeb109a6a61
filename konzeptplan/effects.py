"""What the roll-up reads of indicators and of the analysis of strengths and weaknesses, in three queries."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import models

from accounts.visibility import Visibility
from konzeptplan.records import Audience, IndicatorRow, Label, Value, Weakness
from leitbild.models import Indicator, IndicatorValue
from leitbild.trend import Direction
from step.models import SwotEntry, SwotKind

Relations = Mapping[tuple[int, str], set[str]]
LEVELS = {
    Audience.PUBLIC: [Visibility.PUBLIC],
    Audience.COUNCIL: [Visibility.INTERNAL, Visibility.PUBLIC],
}


def read_indicators(audience: Audience, relations: Relations) -> tuple[IndicatorRow, ...]:
    """All indicators that the audience may know, with every value; drafts are in neither."""
    found = Indicator.objects.filter(visibility__in=LEVELS[audience])
    values: dict[int, list[Value]] = defaultdict(list)
    for pk, on, value in IndicatorValue.objects.order_by("measured_on").values_list(
        "indicator", "measured_on", "value"
    ):
        values[pk].append(Value(on, value))
    return tuple(
        IndicatorRow(
            label=Label(row.slug, row.name, row.get_absolute_url()),
            unit=row.unit,
            direction=Direction(row.direction),
            baseline=row.baseline_value,
            baseline_year=row.baseline_year,
            target=row.target_value,
            target_year=row.target_year,
            next_update=row.next_update,
            values=tuple(values[row.pk]),
            goals=frozenset(relations[row.pk, "indicator_goals"]),
            plans=frozenset(relations[row.pk, "indicator_plans"]),
        )
        for row in found
    )


def read_weaknesses(audience: Audience, relations: Relations) -> tuple[Weakness, ...]:
    """The weaknesses of all boards that the audience may know."""
    found: models.QuerySet[SwotEntry] = SwotEntry.objects.filter(
        kind=SwotKind.WEAKNESS, visibility__in=LEVELS[audience]
    )
    return tuple(
        Weakness(
            label=Label(row.slug, row.title, row.get_absolute_url()),
            plan=row.plan.code.lower() if row.plan else "",
            locality=row.locality.slug if row.locality else "",
            measures=frozenset(relations[row.pk, "swot_measures"]),
        )
        for row in found.select_related("plan", "locality")
    )
