"""Spans on a time axis with marks on them, and arrows from what must come first."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, TOP, ROW, RIGHT, BAR = 84.0, 30.0, 34.0, 14.0, 7.0

Dates = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Span:
    """What a row shows: adopted and expected dates, marks as (kind, date, name), and the keys of what comes first."""

    key: str
    adopted: Dates = (None, None)
    expected: Dates = (None, None)
    marks: tuple[tuple[str, dt.date, str], ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    kind: str
    x: float
    name: str
    date: dt.date


@dataclass(frozen=True)
class Row:
    key: str
    y: float
    adopted: Bar | None
    expected: Bar | None
    marks: tuple[Mark, ...]

    @property
    def expected_y(self) -> float:
        return self.y - BAR

    @property
    def adopted_y(self) -> float:
        return self.y + BAR / 2


@dataclass(frozen=True)
class Gantt:
    """`years`: (year, x of its first day); `arrows`: SVG paths; `today` is None where it lies outside."""

    width: float
    height: float
    left: float
    rows: tuple[Row, ...]
    years: tuple[tuple[int, float], ...]
    arrows: tuple[str, ...]
    today: float | None


def gantt(spans: Sequence[Span], today: dt.date, *, width: float = 900) -> Gantt:
    """The rows in their order, on an axis of whole years that holds every date and the day itself."""
    dates = [date for span in spans for date in _dates(span)] + [today]
    first, last = min(dates).year, max(dates).year
    axis = _Axis(dt.date(first, 1, 1), (dt.date(last + 1, 1, 1) - dt.date(first, 1, 1)).days, width - LEFT - RIGHT)
    rows = tuple(_row(span, index, axis) for index, span in enumerate(spans))
    years = tuple((year, axis.x(dt.date(year, 1, 1))) for year in range(first, last + 1))
    height = TOP + len(spans) * ROW + 6
    return Gantt(width, height, LEFT, rows, years, tuple(_arrows(spans, rows)), axis.x(today))


@dataclass(frozen=True)
class _Axis:
    start: dt.date
    days: int
    length: float

    def x(self, date: dt.date) -> float:
        return round(LEFT + (date - self.start).days / self.days * self.length, 1)

    def bar(self, dates: Dates) -> Bar | None:
        start, end = dates
        if start is None or end is None or end < start:
            return None
        return Bar(self.x(start), max(round(self.x(end) - self.x(start), 1), 1.0))


def _dates(span: Span) -> Iterable[dt.date]:
    yield from (date for date in (*span.adopted, *span.expected) if date)
    yield from (date for _kind, date, _name in span.marks)


def _row(span: Span, index: int, axis: _Axis) -> Row:
    marks = tuple(Mark(kind, axis.x(date), name, date) for kind, date, name in span.marks)
    return Row(span.key, TOP + index * ROW + ROW / 2, axis.bar(span.adopted), axis.bar(span.expected), marks)


def _arrows(spans: Sequence[Span], rows: Sequence[Row]) -> Iterable[str]:
    """From the end of what comes first to the beginning of what waits for it, where both are drawn."""
    by_key = {row.key: row for row in rows}
    for span, row in zip(spans, rows, strict=True):
        for key in span.after:
            before = by_key.get(key)
            if before is None or before is row:
                continue
            x1, x2 = _edge(before, end=True), _edge(row, end=False)
            bend = round((x1 + x2) / 2, 1) if x2 - x1 > 24 else x1 + 12
            yield f"M{x1},{before.y}H{bend}V{row.y}H{x2}"


def _edge(row: Row, *, end: bool) -> float:
    bars = [bar for bar in (row.expected, row.adopted) if bar]
    if bars:
        return round(bars[0].x + bars[0].width, 1) if end else bars[0].x
    xs = [mark.x for mark in row.marks] or [LEFT]
    return max(xs) if end else min(xs)
