"""The pages of the guideline on the real content: each tells what it is for, in both directions of the chain."""

import pytest
from django.test import Client

from leitbild.models import Chapter, Goal, Instrument, OrganisationUnit, Sdg
from step.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
PAGES = [
    "",
    "kapitel/01/",
    "kapitel/09.1/",
    "ziele/",
    "ziele/buergerbeteiligung/",
    "sdg/",
    "sdg/7/",
    "handlungsfelder/",
    "instrumente/",
    "glossar/",
    "leipzig-charta/",
    "marke/",
    "organisation/",
    "quellen/",
]


def read(client: Client, path: str, language: str = "de") -> str:
    response = client.get(f"/{language}/leitbild/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("language", ["de", "pt"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_and_without_translations(path: str, language: str, client: Client) -> None:
    read(client, path, language)


def test_the_index_leads_to_every_chapter_and_goal(client: Client) -> None:
    page = read(client, "")
    for record in [*Chapter.objects.all(), *Goal.objects.all()]:
        assert f'href="{record.get_absolute_url()}"' in page, record


def test_every_chapter_opens(client: Client) -> None:
    for chapter in Chapter.objects.all():
        assert chapter.title.replace("&", "&amp;") in read(client, f"kapitel/{chapter.number}/")


def test_a_chapter_leads_to_its_definitions_instruments_measures_and_sources(client: Client) -> None:
    page = read(client, "kapitel/05/")
    assert "/de/leitbild/instrumente/#pag" in page
    assert f'href="{Measure.objects.filter(chapter__number="05")[0].get_absolute_url()}"' in page
    assert "/de/leitbild/glossar/#strategische-umweltpruefung" in page
    page = read(client, "kapitel/03.1/")
    assert "/de/leitbild/glossar/#nachhaltige-entwicklung" in page
    assert 'id="source-13"' in page


def test_a_chapter_turns_to_the_pages_before_and_after(client: Client) -> None:
    page = read(client, "kapitel/09/")
    assert 'rel="prev" href="/de/leitbild/kapitel/08.3/"' in page
    assert 'rel="next" href="/de/leitbild/kapitel/09.1/"' in page
    assert 'rel="prev"' not in read(client, "kapitel/01/")
    assert 'rel="next"' not in read(client, "kapitel/11/")


def test_a_goal_leads_down_to_plans_and_measures_and_up_to_its_chapter(client: Client) -> None:
    goal = Goal.objects.get(slug="lokale-oekonomie")
    page = read(client, "ziele/lokale-oekonomie/")
    measure = Measure.objects.filter(goals=goal)[0]
    assert f'href="{measure.get_absolute_url()}"' in page
    assert f'href="{measure.lead_plan.get_absolute_url()}"' in page
    assert 'href="/de/leitbild/kapitel/08.3/"' in page
    assert 'href="/de/massnahmen/?goal=4&amp;counting=1"' in page


def test_every_tile_of_the_global_goals_has_its_colour_from_the_stylesheet(client: Client) -> None:
    page, styles = read(client, "sdg/"), client.get("/de/leitbild/farben.css")
    assert styles.headers["Content-Type"] == "text/css; charset=utf-8"
    for sdg in Sdg.objects.all():
        assert f'class="sdg-tile sdg-{sdg.number}"' in page
        assert f".sdg-{sdg.number}{{--sdg:{sdg.colour};" in styles.content.decode()


def test_the_instruments_say_whom_they_bind_and_that_a_comment_is_no_objection(client: Client) -> None:
    page = read(client, "instrumente/", "en")
    assert "A contribution on this portal is never a legal objection." in page
    assert page.count('class="binding binding-no"') == 2  # the PD, in the table and in its card
    for instrument in Instrument.objects.all():
        assert f'id="{instrument.slug}"' in page


def test_the_glossary_sets_city_management_beside_city_marketing(client: Client) -> None:
    page = read(client, "glossar/")
    beside = page[page.index('class="versus"') :]
    assert "operativ, projektorientiert" in beside
    assert "strategisch, prozessorientiert" in beside


def test_the_brand_page_answers_three_questions_and_leads_to_the_dialogue(client: Client) -> None:
    page = read(client, "marke/")
    assert [page.count(f'id="question-{question}"') for question in ("are", "want", "not_want")] == [1, 1, 1]
    assert 'href="/de/dialog/"' in page
    assert "kleinen Dorfes" in page


def test_the_organisation_is_a_nested_list_under_the_office(client: Client) -> None:
    page = read(client, "organisation/")
    tree = page[page.index('class="org"') :].split("</section>")[0]
    for unit in OrganisationUnit.objects.exclude(coordinated_by=None):
        assert f'href="#{unit.slug}"' in tree
    assert tree.count("<ul>") == 1  # the units below the office


def test_what_is_not_translated_is_told_and_marked_as_german(client: Client) -> None:
    page = read(client, "kapitel/01/", "fr")
    assert '<div class="prose" lang="de">' in page
    assert 'class="fallback-note"' in page
    assert '<h1 lang="fr">Introduction</h1>' in page
