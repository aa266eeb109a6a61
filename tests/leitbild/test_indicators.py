"""Indicators and reviews on their pages: who sees what, and what is said where nothing is known."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.roles import Role
from leitbild.models import Indicator, IndicatorValue
from leitbild.trend import Direction
from tests.factories.leitbild import make_chapter, make_evaluation, make_goal, make_indicator, make_value
from tests.factories.step import make_plan

pytestmark = pytest.mark.django_db
SEES = {
    None: {"public"},
    Role.CITIZEN: {"public"},
    Role.MODERATOR: {"public"},
    Role.COUNCIL: {"public", "internal"},
    Role.PLANNER: {"public", "internal", "draft"},
    Role.OFFICE_LEAD: {"public", "internal", "draft"},
}
WORDS = {"public": "Oeffentliches", "internal": "Vertrauliches", "draft": "Entworfenes"}


@pytest.mark.parametrize("role", SEES)
def test_drafts_and_internal_indicators_are_behind_no_door(role: Role | None, as_role: Callable[..., Client]) -> None:
    goal, plan = make_goal(3), make_plan("VM")
    for level, word in WORDS.items():
        indicator = make_indicator(word.lower(), name=word, definition=word, visibility=level, goals=[goal])
        plan.indicator_links.create(indicator=indicator)
    client = as_role(role)
    for path in ("leitbild/indikatoren/", goal.get_absolute_url()[4:], "step/verkehr/", "suche/?q=es"):
        page = client.get(f"/de/{path}").content.decode()
        assert {level for level, word in WORDS.items() if word in page} == SEES[role], path
    for level, word in WORDS.items():
        status = client.get(f"/de/leitbild/indikatoren/{word.lower()}/").status_code
        assert status == (200 if level in SEES[role] else 404), level


def test_an_indicator_without_values_says_that_it_waits(client: Client) -> None:
    indicator = make_indicator("radwege")
    page = client.get(indicator.get_absolute_url()).content.decode()
    assert "waiting for values" in page
    assert "<path" not in page
    assert "waiting for values" in client.get("/de/leitbild/indikatoren/").content.decode()


def test_the_page_shows_the_chart_and_the_same_values_in_its_table(client: Client) -> None:
    indicator = make_indicator("einwohner", values={2005: 19005, 2016: 24805, dt.date(2023, 1, 1): 29536})
    page = client.get(indicator.get_absolute_url()).content.decode()
    assert page.count('class="line-dot"') == 3 + 1  # and the key of the legend
    for text in ("19.005", "24.805", "29.536", ">2005<", ">01.01.2023<"):
        assert text in page
    assert "does not begin at zero" in page


def test_target_trend_and_overdue_update_are_told_in_words(client: Client) -> None:
    indicator = make_indicator(
        "radboxen",
        values={2022: 24, 2023: 41, 2024: 77},
        direction=Direction.UP,
        baseline_value=20,
        baseline_year=2021,
        target_value=120,
        target_year=2030,
        next_update=dt.date(2026, 1, 31),
    )
    with time_machine.travel(dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)):
        page = client.get(indicator.get_absolute_url()).content.decode()
    assert "57 % of the way" in page
    assert "Rising, in the desired direction" in page
    assert "Update overdue" in page
    assert "line-target" in page
    with time_machine.travel(dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)):
        assert "Update overdue" not in client.get(indicator.get_absolute_url()).content.decode()


@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_the_drawing_has_points_and_no_commas_in_every_language(language: str, client: Client) -> None:
    make_indicator("anteil", values={2017: "55.9", 2018: "35.7"})
    page = client.get(f"/{language}/leitbild/indikatoren/anteil/").content.decode()
    drawing = page[page.index('<svg class="chart-svg"') : page.index("</svg>", page.index("chart-svg"))]
    assert 'viewBox="0 0 360 220"' in drawing
    positions = [
        part.split('"')[0] for name in (' cx="', ' cy="', ' y1="', ' x1="') for part in drawing.split(name)[1:]
    ]
    assert positions
    assert all(float(position) >= 0 for position in positions)


def test_hostile_texts_stay_texts(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    goal = make_goal(3)
    indicator = make_indicator("boese", name=evil, definition=evil, limitations=evil, goals=[goal])
    make_value(indicator, 2020, 1, comment=evil, source=evil)
    make_evaluation(goal, dt.date(2025, 1, 1), text=f"<p>Gut</p>{evil}")
    for path in (indicator.get_absolute_url(), goal.get_absolute_url(), "/de/leitbild/indikatoren/"):
        assert evil not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("goal=1", {"a", "b"}),
        ("plan=vm", {"b"}),
        ("plan=VM&values=1", {"b"}),
        ("values=1", {"b", "c"}),
        ("values=none", {"a"}),
        ("goal=99&plan=xx&values=zwei", {"a", "b", "c"}),  # what does not exist is told and left out
        ("goal=%00", {"a", "b", "c"}),
        ("page=999", {"a", "b", "c"}),
    ],
)
def test_the_list_is_filtered_by_goal_plan_and_values(query: str, found: set[str], client: Client) -> None:
    goal = make_goal(1)
    make_indicator("a", goals=[goal])
    make_plan("VM").indicator_links.create(indicator=make_indicator("b", goals=[goal], values={2020: 1}))
    make_indicator("c", values={2020: 1})
    response = client.get(f"/de/leitbild/indikatoren/?{query}")
    assert {reading.indicator.slug for reading in response.context["readings"]} == found
    assert response.context["total"] == len(found)


def test_there_is_one_value_for_a_date() -> None:
    indicator = make_indicator(values={2020: 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        make_value(indicator, 2020, 2)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"baseline_value": 1}, "baseline"), ({"target_year": 2030}, "target"), ({"baseline_year": 1066}, "1900")],
)
def test_a_baseline_or_target_is_complete_or_not_there(fields: dict, message: str) -> None:
    indicator = Indicator(slug="x", name="X", unit="%", definition="X", source="X", **fields)
    with pytest.raises(ValidationError, match=message):
        indicator.full_clean()


@time_machine.travel(dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
def test_what_lies_ahead_is_no_value_and_a_year_stands_on_its_first_day() -> None:
    indicator = make_indicator()
    with pytest.raises(ValidationError, match="future"):
        IndicatorValue(indicator=indicator, measured_on=dt.date(2026, 11, 26), value=1).clean()
    value = IndicatorValue(indicator=indicator, measured_on=dt.date(2026, 12, 31), precision="year", value=1)
    value.clean()
    assert value.measured_on == dt.date(2026, 1, 1)
    assert str(value.label) == "2026"


@pytest.mark.parametrize(("role", "seen"), [(None, False), (Role.CITIZEN, False), (Role.COUNCIL, True)])
def test_a_goal_shows_its_newest_public_review_first_and_the_history_behind(
    role: Role | None, seen: bool, as_role: Callable[..., Client]
) -> None:
    make_chapter("01")
    goal = make_goal(3)
    make_evaluation(goal, dt.date(2024, 5, 1), "behind", text="<p>Frueher</p>")
    make_evaluation(goal, dt.date(2025, 5, 1), "mostly", text="<p>Neuer</p>")
    make_evaluation(goal, dt.date(2026, 5, 1), "reached", text="<p>Vertraulich</p>", is_public=False)
    page = as_role(role).get(goal.get_absolute_url()).content.decode()
    assert page.index("Neuer") < page.index("Frueher")
    assert "Mostly on course" in page
    assert "/de/leitbild/kapitel/01/" in page
    assert ("Vertraulich" in page) == seen


def test_a_goal_without_review_says_so(client: Client) -> None:
    assert "not been reviewed yet" in client.get(make_goal(3).get_absolute_url()).content.decode()
