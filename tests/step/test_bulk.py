"""Bulk actions: the preview changes nothing and promises exactly what the confirmation does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from step.bulk import StatusChange, VisibilityChange, digest, make_all, try_all
from step.models import Measure, Status, Visibility
from tests.factories.step import make_measure, make_plan, make_unit

LIST = "/admin/step/measure/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.OFFICE_LEAD)


def posted(action: str, measures: list[Measure], **data: Any) -> dict[str, Any]:
    return {"action": action, "_selected_action": [measure.pk for measure in measures], **data}


def statuses() -> list[str]:
    return list(Measure.objects.order_by("code").values_list("status", flat=True))


def test_choosing_an_action_asks_and_changes_nothing(lead: Client) -> None:
    measures = [make_measure(status=Status.PLANNED)]
    page = lead.post(LIST, posted("bulk_status", measures))
    assert page.status_code == 200
    assert 'name="reason"' in page.content.decode()
    assert statuses() == ["planned"]


def test_the_preview_tells_from_what_to_what_and_who_refuses(lead: Client) -> None:
    measures = [make_measure("VM-91", status="planned"), make_measure("VM-92", status="done")]
    page = lead.post(LIST, posted("bulk_status", measures, step="preview", status="withdrawn", reason="Kein Geld"))
    first, second = page.context["outcomes"]
    assert (first.code, first.changes, first.refusal) == ("VM-91", True, "")
    assert (second.code, second.changes) == ("VM-92", False)
    assert "„" in second.refusal or "“" in second.refusal
    assert statuses() == ["planned", "done"]
    assert not AuditEntry.objects.exists()


def test_the_confirmation_does_what_the_preview_promised(lead: Client) -> None:
    measures = [make_measure("VM-91", status="planned"), make_measure("VM-92", status="done")]
    data = {"status": "withdrawn", "reason": "Kein Geld"}
    seen = lead.post(LIST, posted("bulk_status", measures, step="preview", **data)).context["seen"]
    answer = lead.post(LIST, posted("bulk_status", measures, step="confirm", seen=seen, **data))
    assert answer.status_code == 302
    assert statuses() == ["withdrawn", "done"]
    assert AuditEntry.objects.filter(action="measure.status").count() == 1


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_stored(lead: Client) -> None:
    measures = [make_measure("VM-91", status="planned"), make_measure("VM-92", status="planned")]
    data = {"status": "withdrawn", "reason": "Kein Geld"}
    seen = lead.post(LIST, posted("bulk_status", measures, step="preview", **data)).context["seen"]
    Measure.objects.filter(code="VM-92").update(status="done")
    answer = lead.post(LIST, posted("bulk_status", measures, step="confirm", seen=seen, **data))
    assert answer.context["is_outdated"]
    assert statuses() == ["planned", "done"]


def test_a_form_without_reason_keeps_what_was_typed(lead: Client) -> None:
    page = lead.post(LIST, posted("bulk_status", [make_measure(status="running")], step="preview", status="delayed"))
    assert page.context["form"].errors
    assert "outcomes" not in page.context


@pytest.mark.parametrize("name", ["bulk_plan", "bulk_unit", "bulk_visibility"])
def test_every_action_has_its_preview(name: str, lead: Client) -> None:
    values = {"plan": make_plan("KN").pk, "unit": make_unit().pk, "visibility": "internal"}
    page = lead.post(LIST, posted(name, [make_measure()], step="preview", **values))
    assert [outcome.changes for outcome in page.context["outcomes"]] == [True]


def test_a_planner_is_refused_for_other_plans_and_for_publishing(as_role: Callable[..., Client], planner: User) -> None:
    make_plan("VM").planners.add(planner)
    own = make_measure("VM-91", visibility=Visibility.DRAFT)
    foreign = make_measure("KN-91", lead_plan=make_plan("KN"), visibility=Visibility.DRAFT)
    client = as_role(Role.PLANNER)
    page = client.post(LIST, posted("bulk_visibility", [own, foreign], step="preview", visibility="internal"))
    assert [(o.code, o.changes) for o in page.context["outcomes"]] == [("KN-91", False), ("VM-91", True)]
    page = client.post(LIST, posted("bulk_visibility", [own, foreign], step="preview", visibility="public"))
    assert page.context["changing"] == 0


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.MODERATOR])
def test_who_only_reads_has_no_actions(role: Role, as_role: Callable[..., Client]) -> None:
    measure = make_measure(status="planned")
    data = {"status": "withdrawn", "reason": "Darum", "step": "confirm", "seen": "x"}
    as_role(role).post(LIST, posted("bulk_status", [measure], **data))
    assert statuses() == ["planned"]


def test_all_or_none(office_lead: User) -> None:
    make_measure(status="planned")
    change = StatusChange(Status.RUNNING)
    outcomes = try_all(measures=Measure.objects.all(), change=change, actor=office_lead)
    assert make_all(measures=Measure.objects.all(), change=change, actor=office_lead, seen="other")[1] is False
    assert statuses() == ["planned"]
    stored = make_all(measures=Measure.objects.all(), change=change, actor=office_lead, seen=digest(outcomes))
    assert stored == (outcomes, True)
    assert statuses() == ["running"]


def test_what_is_so_already_is_no_change(office_lead: User) -> None:
    make_measure()
    change = VisibilityChange(Visibility.PUBLIC)
    (outcome,) = try_all(measures=Measure.objects.all(), change=change, actor=office_lead)
    assert (outcome.changes, outcome.refusal) == (False, "")
