"""The number of queries does not grow with the number of rows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from step.models import Locality, SwotKind
from tests.factories.leitbild import make_indicator
from tests.factories.step import (
    POINT,
    make_budget,
    make_entry,
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
        for owner in ({}, {"plan": make_plan("VM")}, {"locality": Locality.objects.get(slug="ort-3")}):
            make_entry(kind=list(SwotKind)[index % 4], measures=[measure] if index % 2 else [], **owner)
        indicator = make_indicator(values={2020: index, 2021: index + 1})
        make_plan("VM").indicator_links.create(indicator=indicator)


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
        "/de/staerken-schwaechen/",
        "/de/step/verkehr/staerken-schwaechen/",
        "/de/orte/ort-3/staerken-schwaechen/",
        "/de/leitbild/indikatoren/",
        "/de/massnahmen/VM-500/",
    ],
)
def test_thirty_rows_cost_as_many_queries_as_three(path: str, as_role: Callable[..., Client]) -> None:
    centre = make_measure("VM-500")
    add_measures(3)
    make_entry(measures=[centre], plan=make_plan("VM"))
    client = as_role(None)
    queries(client, path)
    few = queries(client, path)
    add_measures(30)
    for _entry in range(5):
        make_entry(measures=[centre], plan=make_plan("VM"))
    assert queries(client, path) == few


@pytest.mark.parametrize(
    "path",
    [
        "step/measure/",
        "step/swotentry/",
        "step/swotentry/board/",
        "step/swotentry/board/?plan=vm",
        "leitbild/indicator/",
    ],
)
def test_thirty_rows_at_the_desk_cost_as_many_queries_as_three(path: str, as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICE_LEAD)
    add_measures(3)
    path = f"/admin/{path}"
    queries(client, path)
    few = queries(client, path)
    add_measures(30)
    assert queries(client, path) == few
