"""The delivered SWOT entries: only what the guideline itself says, each with its chapter."""

import pytest
from django.test import Client

from step.models import Plan, SwotEntry, SwotKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def test_every_entry_cites_its_chapter_and_tells_why() -> None:
    entries = SwotEntry.objects.all()
    assert entries.count() >= 40
    assert not entries.filter(chapter=None).exists()
    assert not entries.filter(text_de="").exists()
    assert not entries.exclude(visibility="public").exists()
    assert not entries.filter(is_sample=True).exists()


@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_titles_are_there_in_every_language(language: str) -> None:
    assert [entry.slug for entry in SwotEntry.objects.all() if not getattr(entry, f"title_{language}")] == []


def test_the_city_has_all_four_fields_and_every_plan_an_entry() -> None:
    assert {entry.kind for entry in SwotEntry.objects.of()} == set(SwotKind.values)
    for plan in Plan.objects.all():
        assert SwotEntry.objects.of(plan=plan).exists(), plan


def test_the_guideline_names_no_locality_so_their_boards_are_empty_and_say_why(client: Client) -> None:
    assert not SwotEntry.objects.exclude(locality=None).exists()
    assert "names no locality" in client.get("/de/orte/niederkorn/staerken-schwaechen/").content.decode()


def test_most_entries_lead_to_a_measure_and_a_threat_near_the_steel_works_to_its_own(client: Client) -> None:
    assert SwotEntry.objects.without_measure().count() < 10
    page = client.get("/de/massnahmen/KN-01/").content.decode()
    assert "#swot-luft-und-laerm-stahlindustrie" in page


@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_every_board_stands_in_every_language(language: str, client: Client) -> None:
    paths = ["staerken-schwaechen/", *[f"step/{plan.slug}/staerken-schwaechen/" for plan in Plan.objects.all()]]
    for path in paths:
        assert client.get(f"/{language}/{path}").status_code == 200
