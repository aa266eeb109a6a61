"""From figures to charts: what is drawn, in plain numbers. The table beside each chart says the same."""

from typing import Any

from common.charts.columns import ColumnChart, columns
from common.charts.gantt import Gantt, Span, gantt
from common.charts.graph import Graph, graph
from common.charts.outline import OutlineMap, outline_map
from common.charts.stacked import Part, stacked
from konzeptplan.figures import Connections, Figure, Konzeptplan, Timeline, TimelineRow
from step.models import Locality

MILLION = 1_000_000
LINKS = 12  # more lines than this cannot be told apart; conflicts come first


def charts(plan: Konzeptplan) -> dict[str, Any]:
    """All charts of the page, by name."""
    return {
        "status_parts": parts(plan.by_status.rows),
        "horizon_rows": list(zip(plan.matrix.horizons, plan.matrix.work, strict=True)),
        "goal_rows": [(row, parts(row.cells, of=plan.by_goal.highest)) for row in plan.goals],
        "money_chart": money_chart(plan),
        "gantt": timeline_chart(plan.timeline, plan),
        "graph": connections_chart(plan.connections),
        "places_map": places_map(),
    }


def parts(figures: tuple[Figure, ...], of: int | None = None) -> tuple[Part, ...]:
    return stacked(((figure.label.key, figure.count) for figure in figures), of=of)


def money_chart(plan: Konzeptplan) -> ColumnChart | None:
    """Planned, voted and spent, in millions."""
    groups = [
        (str(year.year), [None if amount is None else float(amount) / MILLION for amount, _figure in year.cells[:3]])
        for year in plan.money.years
    ]
    return columns(groups) if groups else None


def timeline_chart(timeline: Timeline, plan: Konzeptplan) -> Gantt | None:
    if not timeline.rows:
        return None
    return gantt([_span(row, plan) for row in timeline.rows], plan.at)


def _span(row: TimelineRow, plan: Konzeptplan) -> Span:
    marks = [
        (_mark(step.due_on < plan.at, step.done_on is not None), step.due_on, step.title)
        for step in row.milestones
        if step.due_on
    ]
    return Span(
        row.code,
        (row.baseline_start, row.baseline_end),
        (row.forecast_start, row.forecast_end),
        tuple(marks),
        row.needs,
    )


def _mark(is_past: bool, is_done: bool) -> str:
    if is_done:
        return "done"
    return "late" if is_past else "open"


def connections_chart(connections: Connections) -> Graph | None:
    links = connections.links[:LINKS]
    if not links:
        return None
    first = {(link.source.key, link.plans[0]) for link in links}
    second = {(link.target.key, link.plans[1]) for link in links}
    return graph(first | second, [(link.source.key, link.kind.value, link.target.key) for link in links])


def places_map() -> OutlineMap | None:
    outlines = Locality.objects.values_list("slug", "outline")
    return outline_map((slug, outline) for slug, outline in outlines if outline)
