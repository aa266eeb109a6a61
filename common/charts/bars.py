"""Horizontal bars: the length of each on a common axis from zero."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar. `length` is 0 to 100 of the longest; `share` is per cent of the whole, None where that says nothing."""

    label: str
    value: float
    length: float
    share: int | None = None


@dataclass(frozen=True)
class BarChart:
    """Bars with what their values mean. Drawn by templates/components/charts/bars.html."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


def bars(rows: Iterable[tuple[str, float]], *, title: str, unit: str, whole: int | None = None) -> BarChart:
    """A chart of (label, value ≥ 0) pairs in their order.

    `whole` is what 100 % means; without it, or where it is zero, no shares are given. All zero is all empty bars.
    """
    pairs = list(rows)
    longest = max((value for _label, value in pairs), default=0) or 1
    made = (
        Bar(label, value, round(value / longest * 100, 2), round(value / whole * 100) if whole else None)
        for label, value in pairs
    )
    return BarChart(title, unit, tuple(made))
