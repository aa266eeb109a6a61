"""Work done, as the offices report it: never an average of unlike things, always with the number that is known."""

import statistics
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from konzeptplan.figures import Label, MeasureRow, Work
from konzeptplan.tally import Tally
from step.delivery import is_behind, time_used
from step.models import Status


def work_of(tally: Tally, rows: Sequence[MeasureRow], **filters: str) -> Work:
    """Of these measures, which the filters list: the middle of the known work, and who is behind their own time."""
    known = [row for row in rows if percent_of(row) is not None]
    comparable = [row for row in rows if row.status.is_open and _has_both(row)]
    late = [row for row in comparable if is_behind(row.work_percent, row.baseline_start, row.baseline_end, row.work_on)]
    return Work(
        known=tally.figure(Label("known", _("Work done is known")), known, **filters, work="1"),
        of=len(rows),
        median=median([percent for row in known if (percent := percent_of(row)) is not None]),
        comparable=len(comparable),
        behind=tally.figure(Label("behind", _("Behind their own time")), late, **filters, work="behind"),
    )


def percent_of(row: MeasureRow) -> int | None:
    """Of a measure that is done, all the work is done, whatever its last report said."""
    return 100 if row.status is Status.DONE else row.work_percent


def median(values: Sequence[int]) -> Decimal | None:
    return Decimal(statistics.median(values)) if values else None


def _has_both(row: MeasureRow) -> bool:
    if row.work_percent is None or row.work_on is None:
        return False
    return time_used(row.baseline_start, row.baseline_end, row.work_on) is not None
