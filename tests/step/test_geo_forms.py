"""Whatever is typed into a geometry field leads to a message, and stays as it was typed."""

import json

import pytest
from django import forms

from common.geo_forms import GeometryFormField
from step.models import Locality
from tests.factories.step import POINT

BROKEN = [
    "{",
    "Niederkorn",
    "[" * 100_000,
    '{"type":"Point","coordinates":[' + "9" * 10_000 + ",1]}",
    '{"type":"Point","coordinates":[NaN,49.52]}',
    '{"type":"Point","coordinates":[1e999,49.52]}',
    '{"type":"Point","coordinates":["a","b"]}',
    '{"type":"Point","coordinates":null}',
    '{"type":"Point"}',
    '{"type":"Circle","coordinates":[5.89,49.52]}',
    '{"type":["Point"],"coordinates":[5.89,49.52]}',
    '{"type":"Polygon","coordinates":[[[5.89,49.52],[5.9,49.53],[5.9,49.52],[5.89,49.53],[5.89,49.52]]]}',
    '{"type":"Point","coordinates":[49.52,5.89]}',
    '{"type":"Polygon","coordinates":[]}',
    '{"type":"FeatureCollection","features":[]}',
    "42",
    "[1,2]",
    '"text"',
    "true",
    "x" * 600_000,
]


class PlaceForm(forms.ModelForm):
    class Meta:
        model = Locality
        fields = ["outline"]
        field_classes = {"outline": GeometryFormField}


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_geometry_here_gets_a_message_and_stays_typed(text: str) -> None:
    form = PlaceForm({"outline": text})
    assert form.errors["outline"]
    assert forms.Textarea().format_value(form["outline"].value()) == text


@pytest.mark.parametrize("text", ["", "null"])
def test_nothing_is_no_geometry(text: str) -> None:
    form = PlaceForm({"outline": text})
    assert form.is_valid()
    assert form.cleaned_data["outline"] is None


def test_a_pasted_feature_gives_its_geometry_without_what_others_added() -> None:
    feature = {"type": "Feature", "properties": {"a": 1}, "geometry": {**POINT, "crs": "x", "bbox": [0]}}
    form = PlaceForm({"outline": json.dumps(feature)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["outline"] == POINT


def test_the_widget_escapes_what_it_shows() -> None:
    html = str(PlaceForm({"outline": "</textarea><script>alert(1)</script>"})["outline"])
    assert "<script>" not in html
    assert "data-config=" in html
