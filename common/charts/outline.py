"""Outlines of places as an SVG map: no tiles, no script, the same on paper."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import shape

PAD = 52.0  # the names of small places at the edge need room
DETAIL = 600  # a line is kept as long as it bends by more than this part of the width


@dataclass(frozen=True)
class Outline:
    """A place: its border as an SVG path, and a point inside it for a name and a number."""

    key: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class OutlineMap:
    width: float
    height: float
    outlines: tuple[Outline, ...]


def outline_map(places: Iterable[tuple[str, Mapping[str, Any]]], *, width: float = 640) -> OutlineMap | None:
    """Places as (key, GeoJSON geometry in EPSG:4326), north up; None without any. Short distances: no projection needed
    but the shortening of the degrees of longitude."""
    known = [(key, shape(dict(geometry))) for key, geometry in places]
    known = [(key, area) for key, area in known if not area.is_empty]
    if not known:
        return None
    bounds = [area.bounds for _key, area in known]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    narrow = math.cos(math.radians((south + north) / 2))
    across = max((east - west) * narrow, 1e-6)
    factor = (width - 2 * PAD) / across

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(PAD + (lon - west) * narrow * factor, 1), round(PAD + (north - lat) * factor, 1)

    drawn = []
    for key, area in known:
        simple = area.simplify(across / DETAIL)
        point = area.representative_point()
        drawn.append(Outline(key, "".join(_path(ring, at) for ring in _rings(simple)), *at(point.x, point.y)))
    return OutlineMap(width, round((north - south) * factor + 2 * PAD, 1), tuple(drawn))


def _rings(area: Any) -> Iterable[Sequence[tuple[float, ...]]]:
    for piece in getattr(area, "geoms", [area]):
        if hasattr(piece, "exterior"):
            yield list(piece.exterior.coords)
            yield from (list(ring.coords) for ring in piece.interiors)


def _path(ring: Sequence[tuple[float, ...]], at: Any) -> str:
    points = [at(lon, lat) for lon, lat, *_height in ring[:-1]]
    return "M" + "L".join(f"{x},{y}" for x, y in points) + "Z"
