"""Geometry: GeoJSON in EPSG:4326, checked on entry.

Axis order is longitude, latitude (RFC 7946). Areas and lengths are measured in metres of the national grid elsewhere.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from shapely import from_geojson, get_num_coordinates
from shapely.errors import GEOSException
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

# The commune's bounding box (west, south, east, north) with about a kilometre around it.
EXTENT = (5.82, 49.485, 5.93, 49.56)
MAX_COORDINATES = 5_000
TYPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}

BBox = tuple[float, float, float, float]


def parse(value: Any) -> BaseGeometry:
    """The shapely geometry of a GeoJSON geometry (dict or str); ValidationError says what is wrong with it."""
    if isinstance(value, str):
        try:
            geometry = from_geojson(value)
        except (GEOSException, TypeError, ValueError) as error:
            raise ValidationError(_("This is not a GeoJSON geometry."), code="geojson") from error
    else:
        geometry = _from_mapping(value)
    _check(geometry)
    return geometry


def _from_mapping(value: Any) -> BaseGeometry:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in TYPES:
        raise ValidationError(
            _("This is not a GeoJSON geometry. Allowed are: %(types)s."),
            code="geojson",
            params={"types": ", ".join(sorted(TYPES))},
        )
    try:
        return shape(value)
    except Exception as error:  # shapely raises whatever the broken coordinates lead to
        raise ValidationError(_("The coordinates of this geometry cannot be read."), code="geojson") from error


def _check(geometry: BaseGeometry) -> None:
    if geometry.geom_type not in TYPES or geometry.is_empty:
        raise ValidationError(_("The geometry is empty or of a type that the map does not know."), code="geojson")
    if get_num_coordinates(geometry) > MAX_COORDINATES:
        raise ValidationError(
            _("The geometry has more than %(max)d points. Please simplify it."),
            code="geojson",
            params={"max": MAX_COORDINATES},
        )
    if not geometry.is_valid:
        raise ValidationError(_("The outline crosses itself. Please redraw it."), code="geojson")
    west, south, east, north = geometry.bounds
    if not (EXTENT[0] <= west and east <= EXTENT[2] and EXTENT[1] <= south and north <= EXTENT[3]):
        raise ValidationError(
            _("The place lies outside Differdange. Longitude comes first, then latitude."), code="extent"
        )


def validate_geometry(value: Any) -> None:
    """Model field validator around `parse`."""
    parse(value)


def representative_point(value: Any) -> tuple[float, float]:
    """(longitude, latitude) of a point that lies inside the geometry."""
    point = shape(value).representative_point()
    return (point.x, point.y)


class GeometryField(models.JSONField):
    """A GeoJSON geometry in EPSG:4326 within the commune, or null."""

    default_validators = [*models.JSONField.default_validators, validate_geometry]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
