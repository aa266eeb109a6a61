"""Drafts and internal measures are found behind no door, whatever the page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from step.models import MeasureLink, ProgressReport, Visibility
from tests.factories.step import POINT, make_goal, make_locality, make_measure

SEES = {
    None: {"public"},
    Role.CITIZEN: {"public"},
    Role.MODERATOR: {"public"},
    Role.COUNCIL: {"public", "internal"},
    Role.PLANNER: {"public", "internal", "draft"},
    Role.OFFICE_LEAD: {"public", "internal", "draft"},
    Role.ADMINISTRATOR: {"public", "internal", "draft"},
}
WORDS = {"public": "Öffentliches", "internal": "Vertrauliches", "draft": "Entworfenes"}


@pytest.fixture
def measures(db: None) -> dict[str, str]:
    """One measure per level, all linked to a public one; the address of each."""
    niederkorn, goal = make_locality(), make_goal()
    centre = make_measure("VM-900", title="Mitte")
    addresses = {}
    for number, level in enumerate(Visibility, start=1):
        measure = make_measure(
            f"VM-00{number}",
            title=WORDS[level.value],
            summary=WORDS[level.value],
            visibility=level,
            localities=[niederkorn],
            goals=[goal],
            geometry=POINT if number % 2 else None,
        )
        MeasureLink.objects.create(source=centre, kind="synergy", target=measure)
        MeasureLink.objects.create(source=measure, kind="prerequisite", target=centre)
        addresses[level.value] = measure.get_absolute_url()
    return addresses


@pytest.mark.parametrize("role", SEES)
@pytest.mark.parametrize(
    "path",
    [
        "/de/massnahmen/",
        "/de/massnahmen/?q=es&sort=title",
        "/de/massnahmen/VM-900/",
        "/de/step/verkehr/",
        "/de/orte/niederkorn/",
        "/de/karte/",
    ],
)
def test_a_page_names_only_what_the_role_may_see(
    path: str, role: Role | None, measures: dict[str, str], as_role: Callable[..., Client]
) -> None:
    page = as_role(role).get(path).content.decode()
    assert {level for level, word in WORDS.items() if word in page} == SEES[role]


@pytest.mark.parametrize("role", SEES)
def test_map_data_holds_only_what_the_role_may_see(
    role: Role | None, measures: dict[str, str], as_role: Callable[..., Client]
) -> None:
    answer = as_role(role).get("/de/karte/daten.geojson").json()
    text = str(answer)
    located = {"draft", "public"}  # the internal one has no geometry
    assert {level for level in located if WORDS[level] in text} == SEES[role] & located
    niederkorn = next(f for f in answer["features"] if f["properties"]["kind"] == "locality")
    assert niederkorn["properties"]["count"] == len(SEES[role])


@pytest.mark.parametrize("role", SEES)
def test_a_hidden_measure_has_no_page(
    role: Role | None, measures: dict[str, str], as_role: Callable[..., Client]
) -> None:
    client = as_role(role)
    for level, address in measures.items():
        assert client.get(address).status_code == (200 if level in SEES[role] else 404)


@pytest.mark.parametrize("role", SEES)
def test_numbers_count_only_what_the_role_may_see(
    role: Role | None, measures: dict[str, str], as_role: Callable[..., Client]
) -> None:
    client = as_role(role)
    expected = len(SEES[role]) + 1
    assert client.get("/de/step/").context["plans"].get(code="VM").measure_count == expected
    assert client.get("/de/orte/").context["localities"].get().measure_count == expected - 1
    assert client.get("/de/step/verkehr/").context["measure_count"] == expected
    assert client.get("/de/step/verkehr/").context["goals"].get().measure_count == expected - 1


@pytest.mark.parametrize(
    ("role", "seen"), [(None, False), (Role.CITIZEN, False), (Role.COUNCIL, True), (Role.PLANNER, True)]
)
def test_internal_reports_are_for_council_and_office(
    role: Role | None, seen: bool, as_role: Callable[..., Client], db: None
) -> None:
    measure = make_measure(internal_note="Nur für uns")
    ProgressReport.objects.create(measure=measure, reported_on="2026-05-01", text="<p>Offen</p>", is_public=True)
    ProgressReport.objects.create(measure=measure, reported_on="2026-06-01", text="<p>Hausintern</p>")
    page = as_role(role).get(measure.get_absolute_url()).content.decode()
    assert "Offen" in page
    assert ("Hausintern" in page) == seen
    assert "Nur für uns" not in page


def test_unknown_addresses_are_not_found(client: Client, db: None) -> None:
    for path in ("massnahmen/XX-99/", "massnahmen/../", "step/keiner/", "orte/nirgends/"):
        assert client.get(f"/de/{path}").status_code == 404


def test_a_code_in_small_letters_finds_its_measure(client: Client, db: None) -> None:
    make_measure("VM-01")
    assert client.get(reverse("step:measure", args=["vm-01"])).status_code == 200
