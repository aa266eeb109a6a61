"""The drawing of a loop: a ring of three arcs, one for each step. Pure arithmetic; the template draws."""

import math
from dataclasses import dataclass

SIZE = 200
RADIUS = 78
GAP = 9  # degrees left free at either end of an arc, for the arrow heads


@dataclass(frozen=True)
class Arc:
    """An SVG path clockwise over a third of the ring, the tip of its arrow, and where its icon stands."""

    path: str
    tip: str
    x: float
    y: float


def arcs() -> list[Arc]:
    """Three arcs, the first from the top, clockwise."""
    return [_arc(120 * index + GAP, 120 * (index + 1) - GAP) for index in range(3)]


def _arc(start: float, end: float) -> Arc:
    (x1, y1), (x2, y2) = _at(start), _at(end)
    x, y = _at((start + end) / 2)
    return Arc(f"M{x1} {y1}A{RADIUS} {RADIUS} 0 0 1 {x2} {y2}", _tip(end), x, y)


def _tip(angle: float) -> str:
    """A small triangle at the end of an arc, pointing clockwise."""
    points = (_at(angle - 1, RADIUS - 12), _at(angle + 9), _at(angle - 1, RADIUS + 12))
    return " ".join(f"{x},{y}" for x, y in points)


def _at(degrees: float, radius: float = RADIUS) -> tuple[float, float]:
    """A point of the ring; 0 degrees is at the top."""
    angle = math.radians(degrees - 90)
    return (round(SIZE / 2 + radius * math.cos(angle), 1), round(SIZE / 2 + radius * math.sin(angle), 1))
