"""The desk's own pages: start page, “still true”, proposing, sending back, the preview, who may open what."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from model_bakery import baker

from accounts.models import AuditEntry, User
from accounts.roles import Role
from participation.models import Contribution
from step.models import Approval, Locality, Measure, Milestone, Plan, Status, TimeHorizon, Visibility
from tests.browser_form import sent
from tests.factories.step import make_goal, make_horizon, make_locality, make_measure, make_plan

LIST = "/admin/step/measure/"
FORM = "measure_form"
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_role: Callable[..., Client], planner: User) -> Client:
    """A planner bound to the traffic plan."""
    make_plan("VM").planners.add(planner)
    return as_role(Role.PLANNER)


@pytest.fixture
def lead(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.OFFICE_LEAD)


def some_measures() -> None:
    """Of two plans: late, incomplete, due soon, proposed and sent back ones."""
    today = timezone.localdate()
    for plan in (make_plan("VM"), make_plan("KN")):
        make_measure(lead_plan=plan, status=Status.RUNNING, forecast_end=today - dt.timedelta(days=1))
        soon = make_measure(lead_plan=plan, status=Status.RUNNING)
        Milestone.objects.create(measure=soon, title="Entwurf", due_on=today)
        old = make_measure(lead_plan=plan, status=Status.PLANNED)
        Measure.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=400))
        make_measure(lead_plan=plan, visibility=Visibility.INTERNAL, approval=Approval.PROPOSED)
        make_measure(
            lead_plan=plan, visibility=Visibility.INTERNAL, approval=Approval.SENT_BACK, approval_note="Quelle fehlt"
        )


@pytest.mark.parametrize(("role", "factor"), [(Role.PLANNER, 1), (Role.OFFICE_LEAD, 2)])
def test_every_number_of_the_start_page_links_to_exactly_its_list(
    role: Role, factor: int, as_role: Callable[..., Client], desk: Client
) -> None:
    some_measures()
    client = as_role(role)
    waiting = client.get("/admin/").context["waiting"]
    ours = [item for item in waiting if item.url.startswith(LIST)]
    assert [item.count for item in ours] == [factor, factor, factor, 5 * factor, factor]
    for item in ours:
        assert client.get(item.url).context["cl"].result_count == item.count, item.label


def test_the_numbers_of_the_dialogue_are_those_of_its_pages(as_role: Callable[..., Client]) -> None:
    measure = make_measure()
    baker.make(Contribution, measure=measure, text="Hallo", status="waiting", _quantity=2)
    baker.make(Contribution, measure=measure, text="Hallo", status="published", published_at=timezone.now())
    client = as_role(Role.ADMINISTRATOR)
    found = [item for item in client.get("/admin/").context["waiting"] if "/dialog/" in item.url]
    assert [item.count for item in found] == [2, 1]
    for item in found:
        assert client.get(item.url).context["total"] == item.count


def test_the_council_has_nothing_waiting_and_no_measures_of_its_own(as_role: Callable[..., Client]) -> None:
    make_measure()
    context = as_role(Role.COUNCIL).get("/admin/").context
    assert (context["waiting"], context["my_number"]) == ([], 0)


def test_a_person_finds_what_they_are_responsible_for_beside_their_plans(desk: Client, planner: User) -> None:
    mine = [make_measure(), make_measure(lead_plan=make_plan("KN"), responsible_person=planner)]
    mine.append(make_measure(lead_plan=make_plan("KN"), deputy_person=planner))
    make_measure(lead_plan=make_plan("KN"))
    context = desk.get("/admin/").context
    assert {measure.pk: may for measure, may in context["my_measures"]} == {
        mine[0].pk: True,
        mine[1].pk: False,
        mine[2].pk: False,
    }  # named in another plan: to read, not to change
    assert context["my_number"] == 3


def test_the_start_page_asks_the_same_number_of_questions_for_three_and_for_thirty(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):
        make_measure()
    with django_assert_max_num_queries(60) as three:
        desk.get("/admin/")
    for _n in range(27):
        make_measure()
    with django_assert_max_num_queries(60) as thirty:
        desk.get("/admin/")
    assert len(thirty) == len(three)


def test_the_list_asks_the_same_number_of_questions_for_three_and_for_thirty(
    lead: Client, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):
        make_measure(goals=[make_goal()])
    with django_assert_max_num_queries(60) as three:
        lead.get(LIST)
    for _n in range(27):
        make_measure(goals=[make_goal()])
    with django_assert_max_num_queries(60) as thirty:
        lead.get(LIST)
    assert len(thirty) == len(three)


def test_one_click_says_that_it_is_still_true_and_leads_back(desk: Client) -> None:
    measure = make_measure()
    answer = desk.post(f"{LIST}{measure.pk}/still-true/", {"next": "/admin/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    measure.refresh_from_db()
    assert measure.confirmed_on == timezone.localdate()
    away = desk.post(f"{LIST}{measure.pk}/still-true/", {"next": "https://anderswo.example/"})
    assert away["Location"] == f"{LIST}{measure.pk}/change/"


def test_save_and_propose_puts_it_on_the_desk_of_the_head_of_office(desk: Client, lead: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    address = f"{LIST}{measure.pk}/change/"
    html = desk.get(address).content.decode()
    assert 'name="_propose"' in html
    assert 'name="_publish"' not in html
    assert desk.post(address, sent(html, FORM, _propose="1", title_de="Fertig")).status_code == 302
    measure.refresh_from_db()
    assert (measure.title, measure.approval, measure.visibility) == ("Fertig", "proposed", "internal")
    back = lead.post(f"{LIST}{measure.pk}/send-back/", {"reason": "Die Quelle fehlt."})
    assert back.status_code == 302
    assert "Die Quelle fehlt." in desk.get(address).content.decode()
    html = lead.get(address).content.decode()
    assert lead.post(address, sent(html, FORM, _publish="1")).status_code == 302
    measure.refresh_from_db()
    assert (measure.visibility, measure.approval) == ("public", "")


def test_a_planner_who_forges_the_button_does_not_publish(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    address = f"{LIST}{measure.pk}/change/"
    desk.post(address, sent(desk.get(address).content.decode(), FORM, _publish="1"))
    measure.refresh_from_db()
    assert measure.visibility == Visibility.DRAFT


def test_saving_the_form_keeps_a_proposal(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.INTERNAL, approval=Approval.PROPOSED)
    address = f"{LIST}{measure.pk}/change/"
    desk.post(address, sent(desk.get(address).content.decode(), FORM, title_de="Besser"))
    measure.refresh_from_db()
    assert (measure.title, measure.approval) == ("Besser", "proposed")


def test_the_preview_shows_what_is_typed_with_its_rows_and_stores_nothing(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    html = desk.get(f"{LIST}{measure.pk}/change/").content.decode()
    place = make_locality("oberkorn")
    rows = {"milestones-TOTAL_FORMS": 1, "milestones-0-title_de": "Spatenstich", "milestones-0-position": 1}
    data = sent(html, FORM, title_de="Getippt", localities=[place.pk], **rows)
    page = desk.post(f"{LIST}{measure.pk}/preview/", data)
    assert page.status_code == 200
    for text in ("Getippt", "Spatenstich", place.name):
        assert text in page.content.decode()
    measure.refresh_from_db()
    assert (measure.title != "Getippt", measure.milestones.count(), measure.localities.count()) == (True, 0, 0)
    assert not AuditEntry.objects.exists()


def test_the_preview_is_what_a_visitor_sees(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT, internal_note="Streng geheim")
    measure.reports.create(reported_on=dt.date(2026, 1, 1), text="<p>Nur intern</p>")
    page = desk.get(f"{LIST}{measure.pk}/preview/").content.decode()
    assert "Streng geheim" not in page
    assert "Nur intern" not in page


def test_a_new_measure_can_be_previewed_before_it_exists(desk: Client) -> None:
    html = desk.get(f"{LIST}add/").content.decode()
    data = sent(html, FORM, code="VM-777", title_de="Ganz neu", lead_plan=make_plan("VM").pk)
    page = desk.post(f"{LIST}preview/", data)
    assert "Ganz neu" in page.content.decode()
    assert not Measure.objects.exists()


def test_a_preview_of_a_form_with_mistakes_names_them(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    html = desk.get(f"{LIST}{measure.pk}/change/").content.decode()
    page = desk.post(f"{LIST}{measure.pk}/preview/", sent(html, FORM, forecast_end="gestern", title_de="<script>"))
    assert page.status_code == 200
    assert "step/preview_errors.html" in [template.name for template in page.templates]
    assert "<script>gestern" not in page.content.decode()


def test_the_form_names_the_circle_that_a_link_would_close(lead: Client) -> None:
    first, second = make_measure("VM-91"), make_measure("VM-92")
    first.links.create(kind="prerequisite", target=second)
    address = f"{LIST}{second.pk}/change/"
    row = {"links-TOTAL_FORMS": 1, "links-0-kind": "prerequisite", "links-0-target": first.pk}
    answer = lead.post(address, sent(lead.get(address).content.decode(), FORM, **row))
    assert "VM-92 → VM-91 → VM-92" in answer.content.decode()


def test_the_whole_city_and_a_single_place_exclude_each_other(lead: Client) -> None:
    measure = make_measure(localities=[make_locality()])
    address = f"{LIST}{measure.pk}/change/"
    answer = lead.post(address, sent(lead.get(address).content.decode(), FORM, is_citywide="on"))
    assert "is_citywide" in answer.context["adminform"].form.errors


def test_german_comes_first_and_the_other_languages_are_folded(lead: Client) -> None:
    measure = make_measure(title_fr="Titre")
    html = lead.get(f"{LIST}{measure.pk}/change/").content.decode()
    german, fold, french = (html.index(text) for text in ('name="title_de"', 'class="languages"', 'name="title_fr"'))
    assert german < fold < french
    summary = re.sub(r"\s+", " ", html[fold:french])
    assert 'is-filled">FR' in summary
    assert 'is-filled">LB' not in summary


def test_a_mistake_in_another_language_opens_the_fold(lead: Client) -> None:
    measure = make_measure()
    address = f"{LIST}{measure.pk}/change/"
    html = lead.post(address, sent(lead.get(address).content.decode(), FORM, title_fr="x" * 300)).content.decode()
    assert '<details class="languages" open>' in html


def test_without_a_script_empty_rows_are_offered_on_request(lead: Client) -> None:
    address = f"{LIST}{make_measure().pk}/change/"
    assert 'name="milestones-0-title_de"' not in lead.get(address).content.decode()
    assert 'name="milestones-0-title_de"' in lead.get(address, {"rows": 1}).content.decode()


def test_a_measure_without_a_voice_is_found(lead: Client) -> None:
    silent, heard = make_measure(), make_measure()
    baker.make(Contribution, measure=heard, text="Hallo", status="published", published_at=timezone.now())
    baker.make(Contribution, measure=silent, text="Hallo", status="waiting")
    assert [m.pk for m in lead.get(LIST, {"missing": "voice"}).context["cl"].result_list] == [silent.pk]


# role: (open list, open form, save own plan's, save another plan's, add, delete) as status codes
DESK = {
    None: (302, 302, 302, 302, 302, 302),
    Role.CITIZEN: (302, 302, 302, 302, 302, 302),
    Role.MODERATOR: (200, 200, 403, 403, 403, 403),
    Role.COUNCIL: (200, 200, 403, 403, 403, 403),
    Role.PLANNER: (200, 200, 200, 403, 200, 403),
    Role.OFFICE_LEAD: (200, 200, 200, 200, 200, 200),
    Role.ADMINISTRATOR: (200, 200, 200, 200, 200, 200),
}
# role: (still true, preview, send back) on a measure of the planner's own plan, then of another plan
ACTS = {
    None: ((302, 302, 302), (302, 302, 302)),
    Role.CITIZEN: ((302, 302, 302), (302, 302, 302)),
    Role.MODERATOR: ((403, 403, 403), (403, 403, 403)),
    Role.COUNCIL: ((403, 403, 403), (403, 403, 403)),
    Role.PLANNER: ((302, 200, 403), (403, 403, 403)),
    Role.OFFICE_LEAD: ((302, 200, 302), (302, 200, 302)),
    Role.ADMINISTRATOR: ((302, 200, 302), (302, 200, 302)),
}
ACTIONS = {"bulk_status", "bulk_plan", "bulk_unit", "bulk_visibility"}


@pytest.mark.parametrize("role", DESK, ids=str)
def test_who_may_open_change_add_and_delete_measures(role: Role | None, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    own, foreign = make_measure(), make_measure(lead_plan=make_plan("KN"))
    make_plan("VM").planners.set(User.objects.all())
    found = (
        client.get(LIST).status_code,
        client.get(f"{LIST}{own.pk}/change/").status_code,
        client.post(f"{LIST}{own.pk}/change/", {"code": "falsch"}).status_code,
        client.post(f"{LIST}{foreign.pk}/change/", {"code": "falsch"}).status_code,
        client.get(f"{LIST}add/").status_code,
        client.get(f"{LIST}{own.pk}/delete/").status_code,
    )
    assert found == DESK[role]


@pytest.mark.parametrize("role", ACTS, ids=str)
def test_who_may_confirm_preview_and_send_back(role: Role | None, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    make_plan("VM").planners.set(User.objects.all())
    for plan, expected in zip(("VM", "KN"), ACTS[role], strict=True):
        measure = make_measure(lead_plan=make_plan(plan), visibility=Visibility.INTERNAL, approval=Approval.PROPOSED)
        if role is Role.MODERATOR:
            Measure.objects.filter(pk=measure.pk).update(visibility=Visibility.PUBLIC)
        base = f"{LIST}{measure.pk}/"
        found = (
            client.post(f"{base}still-true/").status_code,
            client.get(f"{base}preview/").status_code,
            client.post(f"{base}send-back/", {"reason": "Darum"}).status_code,
        )
        assert found == expected


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.COUNCIL])
@pytest.mark.parametrize("page", ["still-true", "send-back", "preview"])
def test_what_one_may_not_see_leaves_no_trace(role: Role, page: str, as_role: Callable[..., Client]) -> None:
    hidden = make_measure(visibility=Visibility.DRAFT)
    assert as_role(role).post(f"{LIST}{hidden.pk}/{page}/").status_code == 404
    assert as_role(role).post(f"{LIST}987654/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["still-true", "send-back"])
def test_a_link_alone_changes_nothing(page: str, lead: Client) -> None:
    assert lead.get(f"{LIST}{make_measure().pk}/{page}/").status_code == 405


@pytest.mark.parametrize("role", [r for r in DESK if r in Role.staff()])
def test_the_actions_offered_are_those_of_the_role(role: Role, as_role: Callable[..., Client]) -> None:
    make_measure()
    form = as_role(role).get(LIST).context["cl"]
    offered = {name for name, _label in form.model_admin.get_action_choices(form_request(role, as_role)) if name}
    changes = role in {Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR}
    deletes = {"delete_selected"} if role in {Role.OFFICE_LEAD, Role.ADMINISTRATOR} else set()
    assert offered == (ACTIONS if changes else set()) | deletes


def form_request(role: Role, as_role: Callable[..., Client]) -> Any:
    return as_role(role).get(LIST).wsgi_request


# model: roles that may open the empty form
ADDS = {
    Plan: {Role.OFFICE_LEAD, Role.ADMINISTRATOR},
    Locality: {Role.OFFICE_LEAD, Role.ADMINISTRATOR},
    TimeHorizon: {Role.OFFICE_LEAD, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("role", [r for r in DESK if r in Role.staff()])
def test_the_frame_is_changed_by_the_head_of_office_only(role: Role, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    records = {Plan: make_plan(), Locality: make_locality(), TimeHorizon: make_horizon()}
    for model, roles in ADDS.items():
        base = f"/admin/step/{model._meta.model_name}/"
        expected = 200 if role in roles else 403
        assert client.get(f"{base}add/").status_code == expected, base
        assert client.get(f"{base}{records[model].pk}/delete/").status_code == expected, base
