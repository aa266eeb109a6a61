"""Things on a circle and the links between them: no layout to compute, the same records give the same picture."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A point on the circle; its name reads outward, `turn` in degrees, from the end that `anchor` says."""

    key: str
    group: str
    x: float
    y: float
    text_x: float
    text_y: float
    turn: float
    anchor: str


@dataclass(frozen=True)
class Edge:
    """A curve through the circle as an SVG path, with its middle for a sign."""

    kind: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Graph:
    size: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(
    nodes: Iterable[tuple[str, str]], edges: Sequence[tuple[str, str, str]], *, size: float = 620, margin: float = 74
) -> Graph:
    """Nodes (key, group), ordered by group and key; edges (from, kind, to), those with an unknown end left out."""
    ordered = sorted(set(nodes), key=lambda node: (node[1], node[0]))
    centre, radius = size / 2, size / 2 - margin
    placed = {
        key: _node(key, group, math.tau * index / len(ordered) - math.pi / 2, centre, radius)
        for index, (key, group) in enumerate(ordered)
    }
    drawn = [
        _edge(kind, placed[start], placed[end], centre)
        for start, kind, end in edges
        if start in placed and end in placed
    ]
    return Graph(size, tuple(placed.values()), tuple(drawn))


def _node(key: str, group: str, angle: float, centre: float, radius: float) -> Node:
    cos, sin = math.cos(angle), math.sin(angle)
    is_left = cos < -1e-9
    turn = math.degrees(angle) + (180 if is_left else 0)
    return Node(
        key,
        group,
        round(centre + radius * cos, 1),
        round(centre + radius * sin, 1),
        round(centre + (radius + 12) * cos, 1),
        round(centre + (radius + 12) * sin, 1),
        round(turn, 1),
        "end" if is_left else "start",
    )


def _edge(kind: str, start: Node, end: Node, centre: float) -> Edge:
    """A quadratic curve, drawn towards the centre by half; its middle is where the curve is at half its way."""
    bend_x, bend_y = ((a + b) / 2 * 0.5 + centre * 0.5 for a, b in ((start.x, end.x), (start.y, end.y)))
    x, y = (round((a + 2 * c + b) / 4, 1) for a, c, b in ((start.x, bend_x, end.x), (start.y, bend_y, end.y)))
    return Edge(kind, f"M{start.x},{start.y}Q{bend_x:.1f},{bend_y:.1f} {end.x},{end.y}", x, y)
