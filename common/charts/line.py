"""A line over time: dates and numbers mapped to a drawing, with ticks at whole years and round numbers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from common.charts.scale import Scale, scale

# The unit is what a phone of 360 px shows as one pixel; wider screens scale the drawing, not its letters.
WIDTH, HEIGHT = 360, 220
TOP, RIGHT, BOTTOM = 14, 16, 30
LETTER = 9.0  # room for one digit at the size that phones get
MOST_YEARS = 5  # labels that fit side by side on a phone


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: where it lies on the drawing, and what stands beside it."""

    at: str
    value: float


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    is_marked: bool = False


@dataclass(frozen=True)
class LineChart:
    """Everything that the template draws; positions are strings, so that no language writes commas into them."""

    path: str
    dots: tuple[Dot, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    target: Dot | None
    left: str
    right: str = f"{WIDTH - RIGHT}"
    bottom: str = f"{HEIGHT - BOTTOM}"
    width: int = WIDTH
    height: int = HEIGHT
    starts_at_zero: bool = True


def line_chart(
    points: Sequence[tuple[dt.date, float]],
    *,
    target: tuple[dt.date, float] | None = None,
    marked: frozenset[int] = frozenset(),
) -> LineChart | None:
    """The drawing of dated numbers, in any order, with an optional target; None without points.

    `marked`: indices of points that are drawn differently, such as sample data. The axis need not begin at zero:
    `starts_at_zero` says so, and the page must tell it.
    """
    if not points:
        return None
    every = [*points, *([target] if target else [])]
    axis = scale([value for _on, value in every], from_zero=False)
    left = max(LETTER * max(len(_digits(tick)) for tick in axis.ticks) + 8, 30)
    first, last = min(on for on, _value in every).year, max(on for on, _value in every).year + 1
    years = _years(first, last)

    def place(point: tuple[dt.date, float], is_marked: bool = False) -> Dot:
        return Dot(
            f"{left + _along(point[0], first, last) * (WIDTH - RIGHT - left):.1f}", _y(axis, point[1]), is_marked
        )

    dots = [place(point, index in marked) for index, point in enumerate(points)]
    in_order = [dots[index] for index in sorted(range(len(points)), key=lambda index: points[index][0])]
    return LineChart(
        path="M" + " L".join(f"{dot.x} {dot.y}" for dot in in_order),
        dots=tuple(in_order),
        x_ticks=tuple(Tick(place((dt.date(year, 1, 1), axis.low)).x, year) for year in years),
        y_ticks=tuple(Tick(_y(axis, tick), tick) for tick in axis.ticks),
        target=place(target) if target else None,
        left=f"{left:.1f}",
        starts_at_zero=axis.low == 0,
    )


def _y(axis: Scale, value: float) -> str:
    return f"{HEIGHT - BOTTOM - axis.at(value, HEIGHT - BOTTOM - TOP):.1f}"


def _digits(value: float) -> str:
    """As wide as the number will be written, with a sign for the thousands."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _along(on: dt.date, first: int, last: int) -> float:
    """Share of the axis that runs from 1 January of one year to 1 January of another."""
    start = dt.date(first, 1, 1)
    return (on - start).days / (dt.date(last, 1, 1) - start).days


def _years(first: int, last: int) -> list[int]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) // step < MOST_YEARS)
    return list(range(first + -first % step, last + 1, step))
