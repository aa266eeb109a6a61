"""How many measures there are: by plan and horizon, status, urgency, place, goal, pillar."""

from django.utils.translation import gettext as _

from konzeptplan.figures import Breakdown, GoalRow, Horizon, Label, Matrix, MatrixRow
from konzeptplan.parts.work import work_of
from konzeptplan.tally import NONE, Tally, only
from step.models import Status, Urgency

COUNTED = [status for status in Status if status.counts]


def matrix(tally: Tally) -> Matrix:
    """StEP × horizon with the work done; each measure once, in the row of its lead plan."""
    horizons = _horizons(tally)
    rows = []
    for plan in tally.source.plans:
        own = [row for row in tally.rows if row.lead_plan == plan.key]
        cells = tuple(
            tally.figure(h.label, (row for row in own if _at(row.horizon, h)), lead=plan.key, horizon=h.label.key)
            for h in horizons
        )
        total = tally.figure(plan, own, lead=plan.key)
        rows.append(MatrixRow(plan, cells, total, work_of(tally, own, lead=plan.key)))
    by_horizon = [(h, [row for row in tally.rows if _at(row.horizon, h)]) for h in horizons]
    return Matrix(
        horizons=horizons,
        rows=tuple(rows),
        totals=tuple(tally.figure(h.label, there, horizon=h.label.key) for h, there in by_horizon),
        total=tally.total,
        work=tuple(work_of(tally, there, horizon=h.label.key) for h, there in by_horizon),
        total_work=work_of(tally, tally.rows),
    )


def _at(horizon: str | None, column: Horizon) -> bool:
    return (horizon or NONE) == column.label.key


def _horizons(tally: Tally) -> tuple[Horizon, ...]:
    columns = (*tally.source.horizons, Horizon(Label(NONE, _("Not yet known")), None, None, None))
    chosen = tally.source.selection.horizon
    return tuple(column for column in columns if not chosen or column.label.key == chosen)


def status_labels() -> list[Label]:
    return [Label(status.value, str(status.label)) for status in COUNTED]


def by_status(tally: Tally) -> Breakdown:
    return tally.breakdown("status", status_labels(), lambda row: {row.status.value})


def by_urgency(tally: Tally) -> Breakdown:
    labels = [Label(urgency.value, str(urgency.label)) for urgency in Urgency]
    return tally.breakdown("urgency", labels, lambda row: {row.urgency.value})


def by_locality(tally: Tally) -> Breakdown:
    """No locality means the whole city."""
    labels = only([*tally.source.localities, Label(NONE, _("Whole city"))], tally.source.selection.locality)
    return tally.breakdown("locality", labels, lambda row: row.localities or {NONE})


def by_goal(tally: Tally) -> Breakdown:
    return tally.breakdown("goal", only(tally.source.goals, tally.source.selection.goal), lambda row: row.goals)


def by_sdg(tally: Tally) -> Breakdown:
    return tally.breakdown("sdg", tally.source.sdgs, lambda row: row.sdgs)


def by_pillar(tally: Tally) -> Breakdown:
    return tally.breakdown("pillar", tally.source.pillars, lambda row: row.pillars)


def goals(tally: Tally) -> tuple[GoalRow, ...]:
    """Each goal with its measures by status."""
    rows = []
    for figure in by_goal(tally).rows:
        goal = figure.label
        serving = [row for row in tally.rows if goal.key in row.goals]
        cells = tuple(
            tally.figure(label, (r for r in serving if r.status.value == label.key), goal=goal.key, status=label.key)
            for label in status_labels()
        )
        rows.append(GoalRow(goal, cells, figure))
    return tuple(rows)
