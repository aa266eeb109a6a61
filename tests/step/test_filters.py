"""Each filter of the list, together and with values that make no sense."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from accounts.models import User
from step.filters import MeasureFilter, measures_for
from step.models import Measure, Status, Urgency, Visibility
from tests.factories.step import (
    make_budget,
    make_goal,
    make_horizon,
    make_locality,
    make_measure,
    make_pillar,
    make_plan,
    make_sdg,
    make_unit,
)

URL = "/de/massnahmen/"
HOSTILE = [
    "x",
    "-1",
    "0",
    "99999999999999999999999",
    "1,2",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\x00",
    "ü" * 500,
]
NAMES = [name for name in MeasureFilter.base_filters if name != "q"]


def found(query: str, user: Any = None) -> set[str]:
    return set(measures_for(QueryDict(query), user or AnonymousUser()).qs.values_list("code", flat=True))


@pytest.fixture
def two(db: None) -> tuple[Measure, Measure]:
    """One measure with everything, and one with nothing."""
    full = make_measure(
        "VM-01",
        title="Radweg am Bahnhof",
        summary="Sicher fahren",
        body="<p>Schranken fallen</p>",
        further_plans=[make_plan("KN")],
        localities=[make_locality("niederkorn")],
        goals=[make_goal(3)],
        sdgs=[make_sdg(11)],
        pillars=[make_pillar("social")],
        horizon=make_horizon("short"),
        urgency=Urgency.HIGH,
        status=Status.RUNNING,
        responsible_unit=make_unit("amt"),
    )
    make_budget(full, planned=0)
    empty = make_measure("WH-01", title="Leerstand", lead_plan=make_plan("WH"))
    make_budget(empty)  # a line without any figure
    return full, empty


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"VM-01", "WH-01"}),
        ("plan=vm", {"VM-01"}),
        ("plan=VM", {"VM-01"}),
        ("plan=kn", {"VM-01"}),
        ("lead=vm", {"VM-01"}),
        ("lead=kn", set()),
        ("locality=niederkorn", {"VM-01"}),
        ("locality=none", {"WH-01"}),
        ("goal=3", {"VM-01"}),
        ("sdg=11", {"VM-01"}),
        ("pillar=social", {"VM-01"}),
        ("horizon=short", {"VM-01"}),
        ("horizon=none", {"WH-01"}),
        ("urgency=high", {"VM-01"}),
        ("urgency=unknown", {"WH-01"}),
        ("status=running", {"VM-01"}),
        ("status=unknown", {"WH-01"}),
        ("unit=amt", {"VM-01"}),
        ("unit=none", {"WH-01"}),
        ("budget=1", {"VM-01"}),
        ("budget=none", {"WH-01"}),
        ("q=vm-01", {"VM-01"}),
        ("q=bahnhof", {"VM-01"}),
        ("q=SICHER", {"VM-01"}),
        ("q=schranken", {"VM-01"}),
        ("q=radweg+schranken", {"VM-01"}),
        ("q=radweg+leerstand", set()),
        ("plan=vm&horizon=short&goal=3&status=running", {"VM-01"}),
        ("plan=vm&horizon=none", set()),
        ("utm_source=mail", {"VM-01", "WH-01"}),
    ],
)
def test_a_filter_finds_what_it_says(query: str, codes: set[str], two: tuple[Measure, Measure]) -> None:
    assert found(query) == codes


def test_counting_leaves_withdrawn_and_superseded_measures_out(db: None) -> None:
    make_measure("VM-01")
    for number, status in enumerate([Status.WITHDRAWN, Status.SUPERSEDED], start=2):
        make_measure(f"VM-{number:02}", status=status, status_reason="Grund")
    assert found("counting=1") == {"VM-01"}
    assert len(found("")) == 3


def test_an_audience_only_narrows_what_the_reader_may_see(planner: User) -> None:
    for level in Visibility:
        make_measure(f"VM-{level.value[:1].encode().hex()}", visibility=level)
    assert len(found("", planner)) == 3
    assert len(found("audience=council", planner)) == 2
    assert len(found("audience=public", planner)) == 1
    assert len(found("audience=council")) == 1


def test_a_measure_in_several_plans_and_places_is_found_once(db: None) -> None:
    make_measure(
        "VM-01", further_plans=[make_plan("KN"), make_plan("VM")], localities=[make_locality(), make_locality("a")]
    )
    rows = measures_for(QueryDict("plan=vm&locality=niederkorn"), AnonymousUser()).qs
    assert [measure.code for measure in rows] == ["VM-01"]


def test_text_is_searched_in_the_readers_language_and_in_german(db: None) -> None:
    make_measure("VM-01", title_de="Radweg", title_fr="Piste cyclable", title_pt="Ciclovia")
    with translation.override("fr"):
        assert found("q=piste") == found("q=radweg") == {"VM-01"}
        assert found("q=ciclovia") == set()


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("code", ["KN-01", "VM-01", "WH-01"]),
        ("title", ["WH-01", "KN-01", "VM-01"]),
        ("urgency", ["VM-01", "KN-01", "WH-01"]),
        ("horizon", ["WH-01", "VM-01", "KN-01"]),
        ("status", ["KN-01", "VM-01", "WH-01"]),
        ("newest", ["WH-01", "VM-01", "KN-01"]),
    ],
)
def test_the_list_is_sorted(sort: str, codes: list[str], db: None) -> None:
    make_measure("KN-01", lead_plan=make_plan("KN"), title="beta", urgency="medium")
    make_measure("VM-01", title="Gamma", urgency="high", horizon=make_horizon("long", 2030), status="running")
    make_measure("WH-01", lead_plan=make_plan("WH"), title="Alpha", horizon=make_horizon("short"), status="done")
    rows = measures_for(QueryDict(f"sort={sort}"), AnonymousUser()).qs
    assert [measure.code for measure in rows] == codes


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_value_that_does_not_exist_is_told_and_left_out(name: str, value: str, client: Client, db: None) -> None:
    make_measure("VM-01")
    response = client.get(URL, {name: value})
    assert response.status_code == 200
    assert response.context["filters"].form.errors
    assert response.context["total"] == 1
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("value", ["x" * 100_000, "\x00", "<script>alert(1)</script>", "%' OR 1=1", "\\", "_"])
def test_any_text_can_be_searched_for(value: str, client: Client, db: None) -> None:
    response = client.get(URL, {"q": value})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["x", "-1", "0", "999999", "1e9", "\x00"])
def test_any_page_number_shows_a_page(page: str, client: Client, db: None) -> None:
    make_measure()
    assert client.get(URL, {"page": page}).context["total"] == 1


def test_an_active_filter_is_a_chip_that_takes_it_away(client: Client, two: tuple[Measure, Measure]) -> None:
    response = client.get(URL, {"plan": "vm", "horizon": "short", "page": "2"})
    chips = {str(chip.name): chip for chip in response.context["filters"].chosen}
    assert len(chips) == 2
    assert {chip.query for chip in chips.values()} == {"plan=vm", "horizon=short"}


def test_nothing_found_offers_to_begin_again(client: Client, two: tuple[Measure, Measure]) -> None:
    page = client.get(URL, {"plan": "vm", "horizon": "none"}).content.decode()
    assert f'href="{URL}"' in page
    assert "measure-card" not in page


def test_the_list_has_pages_that_keep_the_filters(client: Client, db: None) -> None:
    for _number in range(30):
        make_measure()
    make_measure(lead_plan=make_plan("KN"))
    response = client.get(URL, {"plan": "vm"})
    assert len(response.context["page_obj"]) == 24
    assert response.context["total"] == 30
    assert "?plan=vm&amp;page=2" in response.content.decode()
