"""The number of queries does not grow with the number of rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests.factories.step import (
    POINT,
    make_budget,
    make_goal,
    make_horizon,
    make_locality,
    make_measure,
    make_plan,
    make_sdg,
)


def add_measures(number: int) -> None:
    horizon, goal, sdg = make_horizon("short"), make_goal(), make_sdg()
    place = make_locality(f"ort-{number}", position=number)
    for index in range(number):
        measure = make_measure(
            horizon=horizon if index % 2 else None,
            goals=[goal],
            sdgs=[sdg],
            localities=[place],
            further_plans=[make_plan("KN")],
            geometry=POINT if index % 3 == 0 else None,
        )
        make_budget(measure, planned=index)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "path",
    [
        "/de/massnahmen/",
        "/de/massnahmen/?plan=vm&sort=title",
        "/de/karte/",
        "/de/karte/daten.geojson",
        "/de/step/",
        "/de/step/verkehr/",
        "/de/orte/",
        "/de/orte/ort-3/",
    ],
)
def test_thirty_rows_cost_as_many_queries_as_three(path: str, as_role: Callable[..., Client]) -> None:
    add_measures(3)
    client = as_role(None)
    queries(client, path)
    few = queries(client, path)
    add_measures(30)
    assert queries(client, path) == few


def test_thirty_rows_at_the_desk_cost_as_many_queries_as_three(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICE_LEAD)
    add_measures(3)
    path = "/admin/step/measure/"
    queries(client, path)
    few = queries(client, path)
    add_measures(30)
    assert queries(client, path) == few
