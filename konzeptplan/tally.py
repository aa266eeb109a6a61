"""Counting: the measures of a roll-up, and the list behind every number."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from konzeptplan.figures import Breakdown, Figure, Label, MeasureRow, Source
from step.models import Status

NONE = "none"


class Tally:
    """The counting measures of the selection, in the order of their codes; every figure names its list."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.selected = sorted((row for row in source.measures if fits(row, source)), key=lambda row: row.code)
        self.rows = [row for row in self.selected if row.counts]
        self.open = [row for row in self.rows if row.status.is_open]
        self.total = self.figure(Label("all", _("All measures")), self.rows)

    def query(self, **filters: str) -> str:
        """Of a list: the reader's selection, what the figure asks for, and the audience."""
        return urlencode({**self.source.selection.query, **filters, "audience": self.source.audience.value})

    def figure(self, label: Label, rows: Iterable[MeasureRow], **filters: str) -> Figure:
        return Figure(label, tuple(row.code for row in rows), self.query(**{"counting": "1", **filters}))

    def left_out(self, status: Status) -> Figure:
        """Measures that do not count, by the status that takes them out."""
        codes = tuple(row.code for row in self.selected if row.status is status)
        return Figure(Label(status.value, str(status.label)), codes, self.query(status=status.value))

    def breakdown(
        self,
        name: str,
        labels: Iterable[Label],
        keys: Callable[[MeasureRow], Iterable[str]],
        total: Figure | None = None,
    ) -> Breakdown:
        """One row per label, also where it is zero; overlapping if any measure has more than one key."""
        keys_of = {row.code: set(keys(row)) for row in self.rows}
        rows = tuple(
            self.figure(label, (row for row in self.rows if label.key in keys_of[row.code]), **{name: label.key})
            for label in labels
        )
        return Breakdown(rows, total or self.total, overlapping=any(len(found) > 1 for found in keys_of.values()))


def fits(row: MeasureRow, source: Source) -> bool:
    """Whether a measure is in the reader's selection."""
    chosen = source.selection
    return (
        (not chosen.plan or chosen.plan in row.plans)
        and (not chosen.locality or chosen.locality in row.localities)
        and (not chosen.goal or chosen.goal in row.goals)
        and (not chosen.horizon or chosen.horizon == row.horizon)
        and (not chosen.unit or chosen.unit == row.unit_key)
    )


def only(labels: Iterable[Label], chosen: str) -> list[Label]:
    """Under a selection, its dimension has one row: a list cannot ask for two localities at once."""
    return [label for label in labels if not chosen or label.key == chosen]
