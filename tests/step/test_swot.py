"""The boards of strengths, weaknesses, opportunities and threats: pages, desk, rights."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from step.models import Status, SwotEntry, Visibility
from tests.factories.leitbild import make_indicator
from tests.factories.step import make_chapter, make_entry, make_locality, make_measure, make_plan

pytestmark = pytest.mark.django_db
CITY = "/de/staerken-schwaechen/"
DESK = "/admin/step/swotentry/"
LANGUAGES = ("fr", "lb", "en", "pt")
SEES = {
    None: {"public"},
    Role.CITIZEN: {"public"},
    Role.MODERATOR: {"public"},
    Role.COUNCIL: {"public", "internal"},
    Role.PLANNER: {"public", "internal", "draft"},
    Role.OFFICE_LEAD: {"public", "internal", "draft"},
}
WORDS = {"public": "Oeffentliches", "internal": "Vertrauliches", "draft": "Entworfenes"}


def board(client: Client, path: str = CITY) -> Any:
    return client.get(path).context["board"]


@pytest.mark.parametrize("role", SEES)
def test_an_entry_is_seen_behind_no_door_by_those_who_may_not(
    role: Role | None, as_role: Callable[..., Client]
) -> None:
    plan, place, measure = make_plan("VM"), make_locality(), make_measure("VM-500")
    for level, word in WORDS.items():
        for owner in ({}, {"plan": plan}, {"locality": place}):
            make_entry(word, text=word, visibility=level, measures=[measure], **owner)
    client = as_role(role)
    paths = ["staerken-schwaechen/", "step/verkehr/", "step/verkehr/staerken-schwaechen/", "orte/niederkorn/"]
    paths += ["orte/niederkorn/staerken-schwaechen/", "massnahmen/VM-500/", "suche/?q=es"]
    for path in paths:
        page = client.get(f"/de/{path}").content.decode()
        assert {level for level, word in WORDS.items() if word in page} == SEES[role], path
    doors = client.get(CITY).context["doors"]
    assert [door.entries for door in (*doors["plans"], *doors["localities"])] == [len(SEES[role])] * 2


@pytest.mark.parametrize("role", SEES)
def test_a_hidden_measure_leaves_no_trace_on_the_board(role: Role | None, as_role: Callable[..., Client]) -> None:
    hidden = {
        level: make_measure(f"VM-60{i}", title=word, visibility=level) for i, (level, word) in enumerate(WORDS.items())
    }
    make_entry("Stärke", measures=list(hidden.values()))
    page = as_role(role).get(CITY).content.decode()
    assert {level for level, word in WORDS.items() if word in page} == SEES[role]


def test_each_board_has_the_entries_of_its_owner_in_their_field(client: Client) -> None:
    plan, place = make_plan("VM"), make_locality()
    of_city = make_entry("Stadt", kind="weakness")
    of_plan = make_entry("Plan", kind="threat", plan=plan)
    of_place = make_entry("Ort", kind="opportunity", locality=place)
    boards = {
        of_city: CITY,
        of_plan: "/de/step/verkehr/staerken-schwaechen/",
        of_place: "/de/orte/niederkorn/staerken-schwaechen/",
    }
    for entry, path in boards.items():
        found = {field.kind.value: field.entries for field in board(client, path).fields}
        assert list(found) == ["strength", "weakness", "opportunity", "threat"]
        assert {kind: rows for kind, rows in found.items() if rows} == {entry.kind: [entry]}
        assert entry.get_absolute_url() == f"{path}#swot-{entry.slug}"
        assert f'id="swot-{entry.slug}"' in client.get(path).content.decode()


def test_the_board_tells_entries_without_measure_and_measures_without_entry(client: Client) -> None:
    led, alone = make_measure("VM-001"), make_measure("VM-002")
    make_measure("VM-003", status=Status.WITHDRAWN, status_reason="Weg")
    make_measure("VM-004", visibility=Visibility.DRAFT)
    make_entry("Führt weiter", measures=[led])
    open_entry = make_entry("Führt nirgends hin")
    hidden = make_entry("Führt zu einem Entwurf", measures=[make_measure("VM-005", visibility=Visibility.DRAFT)])
    found = board(client)
    assert found.open_entries == [open_entry, hidden]
    assert found.open_measures == [alone]
    assert found.open_measure_count == 1


def test_an_entry_that_the_reader_may_not_see_does_not_explain_a_measure(as_role: Callable[..., Client]) -> None:
    measure = make_measure("VM-001")
    make_entry(visibility=Visibility.INTERNAL, measures=[measure])
    assert board(as_role(None)).open_measures == [measure]
    assert board(as_role(Role.COUNCIL)).open_measures == []


@pytest.mark.parametrize("role", [None, Role.COUNCIL, Role.PLANNER])
@pytest.mark.parametrize(
    "path", ["staerken-schwaechen/", "step/verkehr/staerken-schwaechen/", "orte/niederkorn/staerken-schwaechen/"]
)
def test_the_number_of_measures_without_entry_is_that_of_the_list_it_links_to(
    path: str, role: Role | None, as_role: Callable[..., Client]
) -> None:
    place = make_locality()
    for index, level in enumerate([*Visibility] * 2):
        here = [place] if index % 2 else []
        measure = make_measure(visibility=level, localities=here, further_plans=[make_plan("KN")])
        if index > 2:
            make_entry(visibility=level, measures=[measure])
    make_measure(lead_plan=make_plan("KN"), further_plans=[make_plan("VM")], localities=[place])
    client = as_role(role)
    found = board(client, f"/de/{path}")
    assert found.open_measure_count > 0
    assert client.get(found.open_measures_url).context["total"] == found.open_measure_count


def test_a_measure_shows_what_led_to_it_and_the_board_where_it_stands(client: Client) -> None:
    measure = make_measure("VM-001")
    entry = make_entry("Schmale Gehwege", kind="weakness", plan=make_plan("VM"), measures=[measure])
    page = client.get(measure.get_absolute_url()).content.decode()
    assert "Schmale Gehwege" in page
    assert entry.get_absolute_url() in page
    assert "Weakness:" in page
    assert "has been linked to it yet" in client.get(make_measure("VM-002").get_absolute_url()).content.decode()


def test_hostile_texts_stay_texts(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    make_entry(evil, text=evil, source_note=evil, plan=make_plan("VM"))
    for path in ("step/verkehr/", "step/verkehr/staerken-schwaechen/"):
        assert evil not in client.get(f"/de/{path}").content.decode()


def test_an_entry_belongs_to_a_plan_or_to_a_locality_never_to_both() -> None:
    both = {"plan": make_plan("VM"), "locality": make_locality()}
    with pytest.raises(ValidationError):
        SwotEntry(slug="x", kind="strength", title="X", **both).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_entry(**both)


# --- The desk


def posted(**changes: Any) -> dict[str, Any]:
    texts = {f"{name}_{code}": "" for name in ("title", "text") for code in LANGUAGES}
    data = {"kind": "strength", "title_de": "Kurze Wege", "text_de": "", "slug": "kurze-wege", "position": 0}
    return {**texts, **data, "visibility": "draft", "source_note": "", **changes}


def test_the_board_at_the_desk_offers_forms_that_know_field_and_board(as_role: Callable[..., Client]) -> None:
    plan = make_plan("VM")
    make_entry("Ein Entwurf", plan=plan, visibility=Visibility.DRAFT)
    client = as_role(Role.OFFICE_LEAD)
    page = client.get(f"{DESK}board/?plan=vm").content.decode()
    assert "Ein Entwurf" in page
    assert f"/admin/step/swotentry/add/?kind=threat&amp;plan={plan.pk}" in page
    form = client.get(f"{DESK}add/?kind=threat&plan={plan.pk}").context["adminform"].form
    assert form.initial["kind"] == "threat"
    assert str(form.initial["plan"]) == str(plan.pk)
    assert "board/" in client.get(DESK).content.decode()


@pytest.mark.parametrize("query", ["plan=xx", "locality=nirgends", "plan=%00", "plan='"])
def test_a_board_that_does_not_exist_is_not_found(query: str, as_role: Callable[..., Client]) -> None:
    assert as_role(Role.OFFICE_LEAD).get(f"{DESK}board/?{query}").status_code == 404


def test_who_only_reads_gets_no_add_button_and_no_drafts(as_role: Callable[..., Client]) -> None:
    make_entry("Entworfenes", visibility=Visibility.DRAFT)
    page = as_role(Role.COUNCIL).get(f"{DESK}board/").content.decode()
    assert "swotentry/add/" not in page
    assert "Entworfenes" not in page
    assert as_role(Role.CITIZEN).get(f"{DESK}board/").status_code == 302
    assert as_role(None).get(f"{DESK}board/").status_code == 302


def test_a_planner_proposes_and_the_head_of_office_publishes(as_role: Callable[..., Client], planner: User) -> None:
    measure = make_measure("VM-001")
    refused = as_role(Role.PLANNER).post(f"{DESK}add/", posted(visibility="public"))
    assert "visibility" in refused.context["adminform"].form.errors
    sent = posted(visibility="internal", measures=[measure.pk])
    assert as_role(Role.PLANNER).post(f"{DESK}add/", sent).status_code == 302
    entry = SwotEntry.objects.get()
    assert list(entry.measures.all()) == [measure]
    url = f"{DESK}{entry.pk}/change/"
    assert as_role(Role.OFFICE_LEAD).post(url, {**sent, "visibility": "public"}).status_code == 302
    entry.refresh_from_db()
    assert entry.visibility == "public"
    assert AuditEntry.objects.filter(action="swotentry.visibility", after={"visibility": "public"}).count() == 1
    assert as_role(Role.PLANNER).post(url, {**sent, "title_de": "Anders"}).status_code == 403


@pytest.mark.parametrize(
    ("owner", "visibility", "may"),
    [
        ("mine", "public", True),
        ("mine", "draft", True),
        ("other", "draft", False),
        ("city", "draft", True),
        ("city", "internal", True),
        ("city", "public", False),
        ("place", "internal", True),
        ("place", "public", False),
    ],
)
def test_a_planner_keeps_entries_of_bound_plans_and_proposals_of_city_and_localities(
    owner: str, visibility: str, may: bool, planner: User
) -> None:
    make_plan("VM").planners.add(planner)
    owners = {
        "mine": {"plan": make_plan("VM")},
        "other": {"plan": make_plan("KN")},
        "city": {},
        "place": {"locality": make_locality()},
    }
    entry = make_entry(visibility=visibility, **owners[owner])
    assert planner.has_perm("step.change_swotentry", entry) == may
    assert not planner.has_perm("step.delete_swotentry", entry)
    assert not planner.has_perm("step.publish_swotentry", entry)


def test_both_owners_are_told_in_the_form(as_role: Callable[..., Client]) -> None:
    data = posted(plan=make_plan("VM").pk, locality=make_locality().pk)
    response = as_role(Role.OFFICE_LEAD).post(f"{DESK}add/", data)
    assert response.status_code == 200
    assert "locality" in response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gap=measure", {"leer", "ort"}),
        ("gap=text", {"leer", "ort"}),
        ("gap=source", {"leer", "ort"}),
        ("gap=nichts", {"leer", "voll", "ort"}),
        ("board=city", {"leer"}),
        ("board=plan-{plan}", {"voll"}),
        ("board=locality-{place}", {"ort"}),
        ("board=plan-x", {"leer", "voll", "ort"}),
    ],
)
def test_the_filters_find_boards_and_gaps(query: str, found: set[str], as_role: Callable[..., Client]) -> None:
    plan, place = make_plan("VM"), make_locality()
    make_entry("leer")
    make_entry("ort", locality=place)
    make_entry("voll", plan=plan, text="Text", chapter=make_chapter(), measures=[make_measure()])
    response = as_role(Role.OFFICE_LEAD).get(f"{DESK}?{query.format(plan=plan.pk, place=place.pk)}")
    assert {row.title for row in response.context["cl"].queryset} == found


def test_a_plan_gets_an_indicator_once(as_role: Callable[..., Client]) -> None:
    plan = make_plan("VM")
    indicator = make_indicator("radwege")
    plan.indicator_links.create(indicator=indicator)
    texts = {f"{name}_{code}": "" for name in ("name", "short_name", "summary", "body", "tasks") for code in LANGUAGES}
    data = {
        **texts,
        **{f"{name}_de": "X" for name in ("name", "short_name")},
        **{name: getattr(plan, name) for name in ("number", "code", "slug", "colour", "icon")},
        "chapter": plan.chapter_id,
        "indicator_links-TOTAL_FORMS": 1,
        "indicator_links-INITIAL_FORMS": 0,
        "indicator_links-0-indicator": indicator.pk,
        "indicator_links-0-position": 1,
    }
    response = as_role(Role.OFFICE_LEAD).post(f"/admin/step/plan/{plan.pk}/change/", data)
    assert response.status_code == 200
    assert plan.indicator_links.count() == 1
