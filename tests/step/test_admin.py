"""The desk: what a planner, the council and the head of office can do there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from step.admin.filters import MissingFilter
from step.models import BudgetLine, InterventionArea, Locality, Measure, Visibility
from tests.factories.step import make_chapter, make_locality, make_measure, make_plan

LIST = "/admin/step/measure/"
INLINES = ("milestones", "budget_lines", "reports", "links")


def address(measure: Measure) -> str:
    return f"{LIST}{measure.pk}/change/"


def posted(measure: Measure, **changes: Any) -> dict[str, Any]:
    """What the form sends when nothing is changed but `changes`."""
    data = {
        "code": measure.code,
        "lead_plan": measure.lead_plan_id,
        "title_de": measure.title,
        "urgency": measure.urgency,
        "status": measure.status,
        "status_reason_de": measure.reason_in_german,
        "visibility": measure.visibility,
        "geometry": "",
    }
    for prefix in INLINES:
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**data, **changes}


@pytest.fixture
def desk(as_role: Callable[..., Client], planner: User) -> Client:
    """A planner bound to the traffic plan."""
    make_plan("VM").planners.add(planner)
    return as_role(Role.PLANNER)


def errors(response: Any) -> dict[str, Any]:
    return response.context["adminform"].form.errors


def test_a_planner_changes_a_measure_of_a_bound_plan(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    assert desk.post(address(measure), posted(measure, title_de="Neu")).status_code == 302
    measure.refresh_from_db()
    assert measure.title == "Neu"


def test_a_planner_reads_the_measures_of_other_plans_and_cannot_change_them(desk: Client) -> None:
    measure = make_measure(lead_plan=make_plan("KN"))
    page = desk.get(address(measure))
    assert page.status_code == 200
    assert 'name="title_de"' not in page.content.decode()
    assert desk.post(address(measure), posted(measure, title_de="Neu")).status_code == 403


def test_a_planner_cannot_publish(desk: Client) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    response = desk.post(address(measure), posted(measure, visibility="public"))
    assert "visibility" in errors(response)
    measure.refresh_from_db()
    assert measure.visibility == Visibility.DRAFT


def test_a_planner_cannot_take_back_what_is_public_but_may_edit_it(desk: Client) -> None:
    measure = make_measure()
    assert "visibility" in errors(desk.post(address(measure), posted(measure, visibility="draft")))
    assert desk.post(address(measure), posted(measure, title_de="Neu")).status_code == 302


def test_a_planner_proposes_a_new_measure_in_a_bound_plan_only(desk: Client) -> None:
    new = Measure(code="VM-77", lead_plan=make_plan("VM"), title="Neu", visibility="internal")
    assert desk.post(f"{LIST}add/", posted(new)).status_code == 302
    assert Measure.objects.get(code="VM-77").visibility == Visibility.INTERNAL
    foreign = Measure(code="KN-77", lead_plan=make_plan("KN"), title="Neu", visibility="draft")
    assert "lead_plan" in errors(desk.post(f"{LIST}add/", posted(foreign)))
    public = Measure(code="VM-78", lead_plan=make_plan("VM"), title="Neu", visibility="public")
    assert "visibility" in errors(desk.post(f"{LIST}add/", posted(public)))


def test_a_planner_without_a_plan_gets_a_message_and_no_error(as_role: Callable[..., Client]) -> None:
    new = Measure(code="VM-77", lead_plan=make_plan("VM"), title="Neu", visibility="draft")
    client = as_role(Role.PLANNER)
    assert client.get(f"{LIST}add/").status_code == 200
    assert "lead_plan" in errors(client.post(f"{LIST}add/", posted(new)))


def test_a_planner_cannot_delete(desk: Client) -> None:
    assert desk.post(f"{LIST}{make_measure().pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_head_of_office_publishes_at_the_desk_with_an_audit_entry(as_role: Callable[..., Client]) -> None:
    measure = make_measure(visibility=Visibility.INTERNAL)
    response = as_role(Role.OFFICE_LEAD).post(address(measure), posted(measure, visibility="public"))
    assert response.status_code == 302
    assert AuditEntry.objects.filter(action="measure.visibility", record=f"step.measure:{measure.pk}").exists()


def test_only_allowed_steps_can_be_chosen_and_the_message_says_which(as_role: Callable[..., Client]) -> None:
    measure = make_measure(status="done")
    response = as_role(Role.OFFICE_LEAD).post(address(measure), posted(measure, status="planned"))
    assert "“" in errors(response)["status"][0]
    measure.refresh_from_db()
    assert measure.status == "done"


def test_a_deviating_status_without_reason_is_refused_at_the_desk(as_role: Callable[..., Client]) -> None:
    measure = make_measure(status="running")
    client = as_role(Role.OFFICE_LEAD)
    assert "status_reason_de" in errors(client.post(address(measure), posted(measure, status="delayed")))
    other = posted(measure, status="delayed", status_reason_fr="En retard")
    assert "status_reason_de" in errors(client.post(address(measure), other))
    told = posted(measure, status="delayed", status_reason_de="Baugrund", status_reason_fr="Sol")
    assert client.post(address(measure), told).status_code == 302
    measure.refresh_from_db()
    assert (measure.status, measure.status_reason_de, measure.status_reason_fr) == ("delayed", "Baugrund", "Sol")
    assert AuditEntry.objects.filter(action="measure.status").count() == 1


def test_a_deviation_that_ends_may_lose_its_reason(as_role: Callable[..., Client]) -> None:
    measure = make_measure(status="delayed", status_reason="Baugrund")
    data = posted(measure, status="running", status_reason_de="")
    assert as_role(Role.OFFICE_LEAD).post(address(measure), data).status_code == 302
    measure.refresh_from_db()
    assert (measure.status, measure.reason_in_german) == ("running", "")


@pytest.mark.parametrize("text", ["{", "[" * 50_000, '{"type":"Point","coordinates":[49.5,5.9]}', "<script>"])
def test_broken_geojson_gets_a_message_and_stays_typed(text: str, as_role: Callable[..., Client]) -> None:
    measure = make_measure()
    response = as_role(Role.OFFICE_LEAD).post(address(measure), posted(measure, geometry=text))
    assert response.status_code == 200
    assert errors(response)["geometry"]
    assert "<script></textarea>" not in response.content.decode()


def test_an_end_before_the_start_is_told(as_role: Callable[..., Client]) -> None:
    measure = make_measure()
    dates = {"forecast_start": "01.02.2027", "forecast_end": "01.01.2027"}
    response = as_role(Role.OFFICE_LEAD).post(address(measure), posted(measure, **dates))
    assert "forecast_end" in errors(response)


def test_the_council_reads_internal_measures_and_changes_nothing(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.COUNCIL)
    internal, draft = make_measure(visibility=Visibility.INTERNAL), make_measure(visibility=Visibility.DRAFT)
    assert client.get(address(internal)).status_code == 200
    assert client.post(address(internal), posted(internal, title_de="Neu")).status_code == 403
    assert client.get(address(draft)).status_code == 302  # "does not exist", back to the index
    assert draft.title not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}add/").status_code == 403


def test_a_citizen_has_no_desk(as_role: Callable[..., Client]) -> None:
    assert as_role(Role.CITIZEN).get(LIST).status_code == 302


def test_a_planner_edits_the_texts_of_a_plan_but_not_its_frame(desk: Client) -> None:
    page = desk.get(f"/admin/step/plan/{make_plan('VM').pk}/change/").content.decode()
    assert 'name="summary_de"' in page
    assert 'name="code"' not in page
    other = desk.get(f"/admin/step/plan/{make_plan('KN').pk}/change/").content.decode()
    assert 'name="summary_de"' not in other


def test_a_planner_draws_areas_in_bound_plans_only(desk: Client) -> None:
    foreign = InterventionArea.objects.create(slug="a", plan=make_plan("KN"), name="A", chapter=make_chapter())
    assert desk.post(f"/admin/step/interventionarea/{foreign.pk}/change/", {}).status_code == 403
    own = InterventionArea.objects.create(slug="b", plan=make_plan("VM"), name="B", chapter=make_chapter())
    assert desk.get(f"/admin/step/interventionarea/{own.pk}/change/").status_code == 200


@pytest.mark.parametrize(
    "what", ["unit", "horizon", "urgency", "status", "goal", "place", "budget", "next", "source", "x"]
)
def test_what_is_missing_can_be_listed(what: str, as_role: Callable[..., Client]) -> None:
    measure = make_measure()
    BudgetLine.objects.create(measure=measure, year=2027)
    response = as_role(Role.OFFICE_LEAD).get(LIST, {MissingFilter.parameter_name: what})
    assert response.context["cl"].result_count == 1


@pytest.mark.parametrize("model", ["plan", "measure", "locality", "interventionarea", "timehorizon"])
@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PLANNER, Role.COUNCIL, Role.OFFICE_LEAD, Role.ADMINISTRATOR])
def test_every_list_opens_and_searches_for_every_role_of_the_house(
    model: str, role: Role, as_role: Callable[..., Client]
) -> None:
    make_measure(localities=[make_locality()])
    client = as_role(role)
    assert client.get(f"/admin/step/{model}/").status_code == 200
    assert client.get(f"/admin/step/{model}/", {"q": "niederkorn"}).status_code == 200


@pytest.mark.parametrize("model", ["plan", "measure", "locality", "interventionarea", "timehorizon"])
def test_every_form_opens_for_the_head_of_office(model: str, as_role: Callable[..., Client]) -> None:
    assert as_role(Role.OFFICE_LEAD).get(f"/admin/step/{model}/add/").status_code == 200


def test_a_locality_is_drawn_and_stored(as_role: Callable[..., Client]) -> None:
    data = {
        "name_de": "Fousbann",
        "slug": "fousbann",
        "position": 9,
        "outline": '{"type":"Point","coordinates":[5.88,49.52]}',
    }
    assert as_role(Role.OFFICE_LEAD).post("/admin/step/locality/add/", data).status_code == 302
    assert Locality.objects.get(slug="fousbann").outline == {"type": "Point", "coordinates": [5.88, 49.52]}
