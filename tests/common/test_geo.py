"""Geometry is refused with the reason, never with an error page."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.geo import parse, representative_point

SQUARE = [[5.89, 49.52], [5.90, 49.52], [5.90, 49.53], [5.89, 49.53], [5.89, 49.52]]
BOW_TIE = [[5.89, 49.52], [5.90, 49.53], [5.90, 49.52], [5.89, 49.53], [5.89, 49.52]]


def test_it_accepts_a_point_a_line_and_a_polygon_in_the_commune() -> None:
    assert parse({"type": "Point", "coordinates": [5.89, 49.52]}).geom_type == "Point"
    assert parse('{"type": "LineString", "coordinates": [[5.89, 49.52], [5.9, 49.53]]}').geom_type == "LineString"
    assert parse({"type": "Polygon", "coordinates": [SQUARE]}).geom_type == "Polygon"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"type": "Point", "coordinates": [49.52, 5.89]}, "extent"),  # axes swapped
        ({"type": "Point", "coordinates": [6.13, 49.61]}, "extent"),  # Luxembourg City
        ({"type": "Polygon", "coordinates": [BOW_TIE]}, "geojson"),
        ({"type": "Polygon", "coordinates": []}, "geojson"),
        ({"type": "Circle", "coordinates": [5.89, 49.52]}, "geojson"),
        ({"type": "Point"}, "geojson"),
        ({"type": ["Point"], "coordinates": [5.89, 49.52]}, "geojson"),
        ({"type": "Point", "coordinates": "here"}, "geojson"),
        ({"type": "Point", "coordinates": [None, None]}, "geojson"),
        ({"type": "LineString", "coordinates": [[5.89, 49.52]] * 6000}, "geojson"),
        ("not json", "geojson"),
        ([1, 2], "geojson"),
        (7, "geojson"),
    ],
)
def test_it_refuses_what_is_no_place_in_the_commune(value: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse(value)
    assert refusal.value.code == code


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"]))
def test_whatever_comes_in_is_parsed_or_refused(value: Any, kind: str) -> None:
    for candidate in (value, {"type": kind, "coordinates": value}):
        try:
            parse(candidate)
        except ValidationError:
            continue


def test_a_representative_point_lies_inside() -> None:
    lon, lat = representative_point({"type": "Polygon", "coordinates": [SQUARE]})
    assert 5.89 < lon < 5.90
    assert 49.52 < lat < 49.53
