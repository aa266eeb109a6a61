"""What does not go as planned, as reported and as the dates show."""

import datetime as dt

from konzeptplan.figures import Breakdown, Deviation, Label, MeasureRow
from konzeptplan.tally import Tally
from step.delivery import Drift, drifts
from step.models import Status


def drift_of(row: MeasureRow, today: dt.date) -> tuple[Drift, ...]:
    return drifts(
        status=row.status,
        baseline_end=row.baseline_end,
        forecast_end=row.forecast_end,
        horizon_end=row.horizon_end,
        open_milestones=[step.due_on for step in row.milestones if step.done_on is None],
        today=today,
    )


def by_drift(tally: Tally) -> Breakdown:
    """Open measures by the kind of deviation; the total has at least one."""
    kinds = {row.code: drift_of(row, tally.source.at) for row in tally.rows}
    labels = [Label(kind.value, str(kind.label)) for kind in Drift]
    deviating = [row for row in tally.rows if kinds[row.code]]
    total = tally.figure(Label("any", ""), deviating, deviation="any")
    return tally.breakdown("deviation", labels, lambda row: {kind.value for kind in kinds[row.code]}, total)


def deviations(tally: Tally) -> tuple[Deviation, ...]:
    """The most serious first: blocked, delayed, then by days late, then by code."""
    today = tally.source.at
    found = [_deviation(row, kinds, today) for row in tally.rows if (kinds := drift_of(row, today))]
    return tuple(sorted(found, key=_rank))


def _deviation(row: MeasureRow, kinds: tuple[Drift, ...], today: dt.date) -> Deviation:
    return Deviation(
        code=row.code,
        title=row.title,
        status=row.status,
        reason=row.status_reason,
        unit=row.unit,
        kinds=kinds,
        condition=row.condition,
        acts=row.acts,
        next_step=row.next_step,
        days_late=_days_late(row, today),
    )


def _days_late(row: MeasureRow, today: dt.date) -> int | None:
    """Against the adopted end and the due dates of milestones, whichever is more; None where no date says so."""
    ends = [end for end in (row.forecast_end, today) if end and row.baseline_end]
    late = [(end - row.baseline_end).days for end in ends if row.baseline_end]
    late += [(today - step.due_on).days for step in row.milestones if step.due_on and step.done_on is None]
    return max((days for days in late if days > 0), default=None)


def _rank(deviation: Deviation) -> tuple[int, int, str]:
    order = {Status.BLOCKED: 0, Status.DELAYED: 1}
    return order.get(deviation.status, 2), -(deviation.days_late or 0), deviation.code
