"""What the pages tell, and how they say what is not known."""

from decimal import Decimal

import pytest
from django.test import Client

from step.models import MeasureLink, Milestone, Plan
from step.money import money_of
from tests.factories.step import (
    POINT,
    make_budget,
    make_chapter,
    make_goal,
    make_horizon,
    make_instrument,
    make_locality,
    make_measure,
    make_plan,
    make_unit,
)


def test_an_empty_measure_says_what_is_not_known(client: Client, db: None) -> None:
    with_language_en = client.get(make_measure().get_absolute_url().replace("/de/", "/en/")).content.decode()
    for sentence in (
        "The next step is not yet known.",
        "No milestones are known yet.",
        "The source is not yet known.",
        "No budget is known yet.",
        "No progress report has been published yet.",
        "Nobody has reported yet.",
        "Whole city",
    ):
        assert sentence in with_language_en
    assert with_language_en.count("Not yet known") >= 6


def test_a_full_measure_walks_to_both_ends_of_the_chain(client: Client, db: None) -> None:
    chapter, goal, horizon, place = make_chapter("09.1"), make_goal(4), make_horizon(), make_locality()
    measure = make_measure(
        chapter=chapter,
        source_note="Seite 22",
        goals=[goal],
        horizon=horizon,
        localities=[place],
        geometry=POINT,
        geometry_note="Ungefähr",
        next_step="Ausschreiben",
        assignment_reason="Darum",
        status="delayed",
        status_reason="Baugrund",
        responsible_unit=make_unit(),
        partners=[make_unit("partner")],
    )
    Milestone.objects.create(measure=measure, title="Beginn", due_on="2026-09-01")
    page = client.get(measure.get_absolute_url()).content.decode()
    for record in (chapter, goal, place, measure.lead_plan):
        assert record.get_absolute_url() in page
    for text in (
        "Seite 22",
        "01/2026",
        "12/2027",
        "Ungefähr",
        "Ausschreiben",
        "Darum",
        "Baugrund",
        "Amt",
        "Partner",
        "Beginn",
    ):
        assert text in page
    assert 'id="place-data"' in page


def test_an_instrument_with_a_formal_way_says_that_a_comment_is_no_objection(client: Client, db: None) -> None:
    measure = make_measure(instruments=[make_instrument(objection_note="Schriftlich an den Schöffenrat")])
    page = client.get(measure.get_absolute_url().replace("/de/", "/en/")).content.decode()
    assert "never a legal objection" in page
    assert "Schriftlich an den Schöffenrat" in page


def test_links_are_told_from_both_ends(client: Client, db: None) -> None:
    first, second = make_measure("VM-01"), make_measure("VM-02")
    MeasureLink.objects.create(source=first, kind="prerequisite", target=second, note="Weil")
    there = client.get("/en/massnahmen/VM-01/").content.decode()
    back = client.get("/en/massnahmen/VM-02/").content.decode()
    assert "needs first" in there
    assert "is needed first by" in back
    assert "Weil" in there
    assert "Weil" in back


def test_money_counts_only_known_figures_and_says_how_many(client: Client, db: None) -> None:
    measure = make_measure()
    make_budget(measure, 2026, planned=Decimal("1500"), spent=Decimal("0"))
    make_budget(measure, 2027)
    money = money_of(measure.budget_lines.all())
    assert (money.planned.total, money.planned.known, money.planned.lines) == (Decimal("1500"), 1, 2)
    assert money.voted.total is None
    assert money.spent.total == 0
    page = client.get(measure.get_absolute_url().replace("/de/", "/en/")).content.decode()
    assert "1 of 2 lines have a figure" in page
    assert "unknown" in page


def test_texts_from_the_office_cannot_run_scripts(client: Client, db: None) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    measure = make_measure(
        title=attack,
        summary=attack,
        body=attack,
        next_step=attack,
        source_note=attack,
        geometry=POINT,
        geometry_note=attack,
    )
    for path in (measure.get_absolute_url(), "/de/massnahmen/", "/de/karte/", "/de/step/verkehr/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_plan_groups_its_measures_by_horizon_own_ones_first_without_withdrawn_ones(client: Client, db: None) -> None:
    make_measure("VM-01", horizon=make_horizon("short"))
    make_measure("VM-02")
    make_measure("VM-03", status="withdrawn", status_reason="Grund")
    make_measure("KN-01", lead_plan=make_plan("KN"), further_plans=[make_plan("VM")], horizon=make_horizon("short"))
    context = client.get("/de/step/verkehr/").context
    groups = {g["horizon"].code if g["horizon"] else None: [m.code for m in g["measures"]] for g in context["groups"]}
    assert groups == {"short": ["VM-01", "KN-01"], None: ["VM-02"]}
    assert (context["measure_count"], context["left_out"]) == (3, 1)


def test_the_count_of_a_plan_is_the_list_that_it_links_to(client: Client, db: None) -> None:
    make_measure("VM-01")
    make_measure("KN-01", lead_plan=make_plan("KN"), further_plans=[make_plan("VM"), make_plan("KN")])
    make_measure("VM-03", status="superseded", status_reason="Grund")
    for plan in client.get("/de/step/").context["plans"]:
        listed = client.get("/de/massnahmen/", {"plan": plan.code.lower(), "counting": "1"}).context["total"]
        assert plan.measure_count == listed
    assert client.get("/de/step/").context["plans"].get(code="VM").measure_count == 2


def test_a_locality_shows_its_figures_with_date_and_source(client: Client, db: None) -> None:
    make_locality(
        population=7474, population_date="2023-04-01", population_source="Stadt", area_ha=221, outline_note="Grob"
    )
    make_locality("oberkorn", outline=None)
    make_measure()
    page = client.get("/de/orte/niederkorn/").content.decode()
    for text in ("7.474", "2023", "Stadt", "221", "Grob"):
        assert text in page
    assert client.get("/de/orte/niederkorn/").context["citywide_count"] == 1
    assert "Not yet known" in client.get("/en/orte/oberkorn/").content.decode()


@pytest.mark.parametrize("path", ["step/", "massnahmen/", "karte/", "orte/", "karte/daten.geojson", "farben.css"])
@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_every_page_stands_without_any_record(path: str, language: str, client: Client, db: None) -> None:
    assert client.get(f"/{language}/{path}").status_code == 200


def test_the_stylesheet_gives_each_plan_its_colour(client: Client, db: None) -> None:
    make_plan()
    answer = client.get("/de/farben.css")
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "public" in answer.headers["Cache-Control"]
    assert ".plan-vm{--plan:#17456D}" in answer.content.decode()
    assert Plan.objects.count() == 1
