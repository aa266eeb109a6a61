"""The number of queries does not grow with the number of rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests.factories.leitbild import (
    make_action_field,
    make_chapter,
    make_goal,
    make_guideline,
    make_instrument,
    make_pillar,
    make_principle,
    make_reference,
    make_sdg,
    make_statement,
    make_term,
    make_theme,
    make_unit,
)
from tests.factories.step import make_measure

pytestmark = pytest.mark.django_db
SOURCE = "08.3"


def add(first: int, number: int) -> None:
    """`number` records of each kind, all with the same chapter as their source."""
    chapter = make_chapter(SOURCE)
    sdg, pillar, theme = make_sdg(11), make_pillar(), make_theme("A")
    office = make_unit("Amt", chapter=chapter)
    for index in range(first, first + number):
        make_chapter(f"{SOURCE}.{index}", parent=chapter)
        make_term(f"Begriff {index}", chapter=chapter, is_central=index % 2 == 0)
        goal = make_goal(index)
        goal.sdgs.add(sdg)
        goal.pillars.add(pillar)
        goal.themes.add(theme)
        make_guideline(make_goal(first))
        make_reference(index, chapter=chapter)
        make_statement(text=f"Aussage {index}")
        make_principle(title=f"Prinzip {index}")
        make_unit(f"Stelle {index}", chapter=chapter, coordinated_by=office)
        make_measure(goals=[make_goal(1)], sdgs=[sdg], chapter=chapter)
    make_action_field("A", items=number)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "kapitel/08.3/",
        "glossar/",
        "quellen/",
        "ziele/",
        "ziele/ziel-1/",
        "sdg/",
        "sdg/11/",
        "handlungsfelder/",
        "marke/",
        "leipzig-charta/",
        "organisation/",
    ],
)
def test_thirty_rows_cost_as_many_queries_as_three(path: str, client: Client) -> None:
    add(1, 3)
    address = f"/de/leitbild/{path}"
    queries(client, address)
    few = queries(client, address)
    add(4, 30)
    assert queries(client, address) == few


def test_an_instrument_costs_one_query_however_many_measures_it_has(client: Client) -> None:
    instrument = make_instrument()
    make_measure(instruments=[instrument])
    queries(client, "/de/leitbild/instrumente/")
    few = queries(client, "/de/leitbild/instrumente/")
    for _measure in range(30):
        make_measure(instruments=[instrument])
    assert queries(client, "/de/leitbild/instrumente/") == few


@pytest.mark.parametrize("model", ["chapter", "glossaryterm", "goal", "reference", "organisationunit"])
def test_thirty_rows_at_the_desk_cost_as_many_queries_as_three(model: str, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICE_LEAD)
    add(1, 3)
    path = f"/admin/leitbild/{model}/"
    queries(client, path)
    few = queries(client, path)
    add(4, 30)
    assert queries(client, path) == few
