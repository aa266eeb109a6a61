"""Home, search, health, errors, languages."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings

from step.models import Measure, Visibility

pytestmark = pytest.mark.django_db
LANGUAGES = ["de", "fr", "lb", "en", "pt"]


def test_the_root_sends_people_to_their_language(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "pt-PT,pt;q=0.9"})
    assert response.headers["Location"] == "/pt/"
    assert client.get("/", headers={"accept-language": "xx"}).headers["Location"] == "/de/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_stands_in_every_language_and_offers_the_others(content: None, language: str) -> None:
    response = Client().get(f"/{language}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    for other in LANGUAGES:
        assert f'hreflang="{other}"' in html


def test_the_language_switch_stays_on_the_page(content: None, client: Client) -> None:
    html = client.get("/de/massnahmen/?plan=vm").content.decode()
    assert 'href="/fr/massnahmen/?plan=vm"' in html


def test_search_finds_measures_goals_chapters_and_terms(content: None, client: Client) -> None:
    html = client.get("/de/suche/", {"q": "Leerstand"}).content.decode()
    assert "/de/massnahmen/" in html
    html = client.get("/de/suche/", {"q": "Brundtland"}).content.decode()
    assert "/de/leitbild/" in html


def test_search_says_when_nothing_is_found_and_survives_anything(client: Client) -> None:
    assert client.get("/de/suche/").status_code == 200
    for query in ["%", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 100_000, "\x00", "🌳", "a " * 500]:
        response = client.get("/de/suche/", {"q": query})
        assert response.status_code == 200
        assert b"<script>alert(1)" not in response.content


def test_search_never_shows_what_is_not_public(content: None, as_role: Callable) -> None:
    measure = Measure.objects.get(code="VM-01")
    Measure.objects.filter(pk=measure.pk).update(title_de="Zebrafinken", visibility=Visibility.INTERNAL)
    address = measure.get_absolute_url()
    assert address in as_role("council").get("/de/suche/?q=Zebrafinken").content.decode()
    assert address not in as_role(None).get("/de/suche/?q=Zebrafinken").content.decode()


def test_health_answers_without_a_language(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").json() == {"database": True, "cache": True}


def test_readiness_says_what_is_missing(client: Client) -> None:
    with patch("differdange_portal.health.connection.cursor", side_effect=DatabaseError):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] is False


def test_an_unknown_address_is_a_helpful_404_in_the_language_of_the_address(client: Client) -> None:
    response = client.get("/fr/gibt-es-nicht/")
    assert response.status_code == 404
    assert "/fr/suche/" in response.content.decode()


def test_an_error_of_ours_is_a_calm_page(client: Client) -> None:
    client.raise_request_exception = False
    with patch("differdange_portal.views.find", side_effect=RuntimeError):
        response = client.get("/de/suche/?q=x")
    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("name", ["barrierefreiheit", "datenschutz", "impressum"])
def test_what_the_law_asks_for_is_linked_from_every_page(client: Client, name: str) -> None:
    assert client.get(f"/de/{name}/").status_code == 200
    assert f'href="/de/{name}/"' in client.get("/de/suche/").content.decode()


def test_every_answer_carries_a_strict_content_security_policy(client: Client) -> None:
    policy = client.get("/de/suche/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_sample_data_says_so_on_every_page(client: Client) -> None:
    assert "sample-banner" not in client.get("/de/suche/").content.decode()
    with override_settings(SAMPLE_DATA=True):
        assert "sample-banner" in client.get("/de/suche/").content.decode()
