"""The pages on the city's real content."""

import pytest
from django.test import Client

from step.models import Locality, Measure, Plan

pytestmark = pytest.mark.usefixtures("content")


def test_every_plan_has_measures_and_a_page(client: Client, db: None) -> None:
    plans = list(Plan.objects.all())
    assert len(plans) == 8
    for plan in plans:
        response = client.get(plan.get_absolute_url())
        assert response.status_code == 200
        assert response.context["measure_count"] >= 3


def test_every_public_measure_has_a_page_and_a_source(client: Client, db: None) -> None:
    measures = list(Measure.objects.public())
    assert len(measures) >= 35
    for measure in measures:
        assert client.get(measure.get_absolute_url()).status_code == 200
        assert measure.chapter_id, measure.code


def test_every_locality_has_a_page(client: Client, db: None) -> None:
    for locality in Locality.objects.all():
        assert client.get(locality.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_list_and_map_stand_in_every_language(language: str, client: Client, db: None) -> None:
    total = Measure.objects.public().count()
    assert client.get(f"/{language}/massnahmen/").context["total"] == total
    assert client.get(f"/{language}/karte/").context["places"].total == total
