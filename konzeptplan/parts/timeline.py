"""What comes next: the measures with the next milestones, and those that they wait for."""

import datetime as dt

from django.utils.translation import gettext as _

from konzeptplan.figures import Label, MeasureRow, Timeline, TimelineRow
from konzeptplan.tally import Tally
from step.models import MeasureLink

SHOWN = 12  # whose next milestone comes first
WITH_NEEDS = 18  # with the open measures that these need first


def timeline(tally: Tally) -> Timeline:
    """Open measures with a milestone from today on. Rows stand in the order of their beginnings."""
    due = {row.code: _next_due(row, tally.source.at) for row in tally.open}
    waiting = [row for row in tally.open if due[row.code]]
    needs = _needs(tally)
    first = sorted(waiting, key=lambda row: (due[row.code], row.code))[:SHOWN]
    shown = {row.code: row for row in first}
    by_code = {row.code: row for row in tally.open}
    for code in [need for row in first for need in needs.get(row.code, ()) if need in by_code]:
        if len(shown) < WITH_NEEDS:
            shown[code] = by_code[code]
    rows = sorted(shown.values(), key=lambda row: (_begins(row) or dt.date.max, row.code))
    total = tally.figure(Label("milestones", _("With a dated milestone ahead")), waiting, milestone="ahead")
    return Timeline(tuple(_row(row, needs.get(row.code, ()), due[row.code]) for row in rows), total)


def _next_due(row: MeasureRow, today: dt.date) -> dt.date | None:
    return min((step.due_on for step in row.open_milestones if step.due_on and step.due_on >= today), default=None)


def _begins(row: MeasureRow) -> dt.date | None:
    dates = [row.baseline_start, row.forecast_start, *(step.due_on for step in row.milestones)]
    return min((date for date in dates if date), default=None)


def _needs(tally: Tally) -> dict[str, tuple[str, ...]]:
    """What each measure needs first, by code; measures that are done or out are no longer waited for."""
    is_open = {row.code for row in tally.source.measures if row.status.is_open}
    needs: dict[str, list[str]] = {}
    for link in tally.source.connections:
        if link.kind is MeasureLink.Kind.PREREQUISITE and link.target.key in is_open:
            needs.setdefault(link.source.key, []).append(link.target.key)
    return {code: tuple(sorted(others)) for code, others in needs.items()}


def _row(row: MeasureRow, needs: tuple[str, ...], next_due: dt.date | None) -> TimelineRow:
    return TimelineRow(
        code=row.code,
        title=row.title,
        plan=row.lead_plan,
        status=row.status,
        baseline_start=row.baseline_start,
        baseline_end=row.baseline_end,
        forecast_start=row.forecast_start,
        forecast_end=row.forecast_end,
        milestones=row.milestones,
        needs=needs,
        next_due=next_due,
    )
