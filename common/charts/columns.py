"""Columns in groups, such as planned, voted and spent money by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.charts.scale import scale

TOP, BOTTOM, LEFT = 12.0, 28.0, 56.0  # room for the highest tick, the names of the groups, the numbers of the axis
GAP = 0.28  # of the width of a group


@dataclass(frozen=True)
class Column:
    """`height` is None where nothing is known: there is no column, which is not a column of height 0."""

    series: int
    x: float
    y: float
    width: float
    height: float | None


@dataclass(frozen=True)
class Group:
    name: str
    middle: float
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Tick:
    value: float
    y: float


@dataclass(frozen=True)
class ColumnChart:
    width: float
    height: float
    left: float
    base: float
    groups: tuple[Group, ...]
    ticks: tuple[Tick, ...]


def columns(
    groups: Sequence[tuple[str, Sequence[float | None]]], *, width: float = 680, height: float = 260
) -> ColumnChart:
    """One group per name, one column per value, from zero; values may be unknown but not negative."""
    axis = scale(value for _name, values in groups for value in values if value is not None)
    room, base = height - TOP - BOTTOM, height - BOTTOM
    step = (width - LEFT) / max(len(groups), 1)
    drawn = []
    for index, (name, values) in enumerate(groups):
        start = LEFT + index * step + step * GAP / 2
        each = step * (1 - GAP) / max(len(values), 1)
        bars = []
        for series, value in enumerate(values):
            tall = None if value is None else axis.at(value, room)
            bars.append(
                Column(series, round(start + series * each, 2), round(base - (tall or 0), 2), round(each, 2), tall)
            )
        drawn.append(Group(name, round(LEFT + (index + 0.5) * step, 2), tuple(bars)))
    ticks = tuple(Tick(value, round(base - axis.at(value, room), 2)) for value in axis.ticks)
    return ColumnChart(width, height, LEFT, base, tuple(drawn), ticks)
