"""Effect: what changes in the city, as the indicators tell it. How a trend is read stands in docs/indicators.md."""

from konzeptplan.figures import Effect, Effects, IndicatorRow
from konzeptplan.tally import Tally
from leitbild.trend import Verdict, distance_of, is_overdue, latest_of, trend_of


def effects(tally: Tally) -> Effects:
    """Indicators of the audience; a chosen plan or goal narrows them, a place or a unit does not."""
    rows = [_effect(row, tally) for row in chosen_indicators(tally)]
    ordered = sorted(rows, key=_rank)  # stable: the order of the records otherwise
    return Effects(
        rows=tuple(ordered),
        measured=sum(row.latest is not None for row in rows),
        with_target=sum(row.target is not None for row in rows),
        better=sum(row.verdict is Verdict.BETTER for row in rows),
        worse=sum(row.verdict is Verdict.WORSE for row in rows),
    )


def _rank(row: Effect) -> tuple[bool, bool, bool]:
    """What has a value before what waits for one; what has a target, and what can be judged, before the others."""
    return row.latest is None, row.target is None, row.verdict is Verdict.OPEN


def chosen_indicators(tally: Tally) -> list[IndicatorRow]:
    chosen = tally.source.selection
    return [
        row
        for row in tally.source.indicators
        if (not chosen.plan or chosen.plan in row.plans) and (not chosen.goal or chosen.goal in row.goals)
    ]


def _effect(row: IndicatorRow, tally: Tally) -> Effect:
    """Values count from the day on which they were measured."""
    values = [value for value in row.values if value.measured_on <= tally.source.at]
    latest = latest_of(values)
    trend = trend_of(values, row.direction)
    way = distance_of(
        latest.value if latest else None, baseline=row.baseline, target=row.target, direction=row.direction
    )
    return Effect(
        label=row.label,
        unit=row.unit,
        direction=row.direction,
        baseline=row.baseline,
        baseline_year=row.baseline_year,
        latest=latest.value if latest else None,
        latest_on=latest.measured_on if latest else None,
        target=row.target,
        target_year=row.target_year,
        movement=trend.movement,
        verdict=trend.verdict,
        is_reached=way.is_reached if way else None,
        percent=way.percent if way else None,
        is_overdue=is_overdue(row.next_update, tally.source.at),
    )
