"""The transitions of a measure, and the services that guard them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import AuditEntry, User
from step import services
from step.models import Measure, Status, Visibility
from tests.factories.step import make_measure

ALLOWED = {
    "unknown": "proposed planned running delayed blocked done withdrawn superseded",
    "proposed": "planned running blocked withdrawn superseded",
    "planned": "proposed running delayed blocked withdrawn superseded",
    "running": "delayed blocked done withdrawn superseded",
    "delayed": "planned running blocked done withdrawn superseded",
    "blocked": "planned running delayed withdrawn superseded",
    "done": "running",
    "withdrawn": "proposed",
    "superseded": "proposed",
}
PAIRS = [(before, to) for before in Status for to in Status]


@pytest.mark.parametrize(("before", "to"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
@pytest.mark.django_db
def test_only_the_transitions_of_the_table_are_made(before: Status, to: Status, office_lead: User) -> None:
    measure = make_measure(status=before, status_reason="Weil es so ist.")
    if to.value in ALLOWED[before].split():
        services.change_status(measure=measure, to=to, reason="Darum.", actor=office_lead)
        measure.refresh_from_db()
        assert measure.status == to
    else:
        with pytest.raises(ValidationError):
            services.change_status(measure=measure, to=to, reason="Darum.", actor=office_lead)
        measure.refresh_from_db()
        assert measure.status == before


def test_a_change_of_status_is_in_the_audit_trail(office_lead: User) -> None:
    measure = make_measure(status=Status.PLANNED)
    services.change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    entry = AuditEntry.objects.get(action="measure.status")
    assert (entry.actor, entry.before, entry.after["status"]) == (office_lead, {"status": "planned"}, "running")


@pytest.mark.parametrize("to", [status for status in Status if status.deviates])
def test_a_deviating_status_needs_a_reason(to: Status, office_lead: User) -> None:
    measure = make_measure(status=Status.RUNNING)
    with pytest.raises(ValidationError) as error:
        services.change_status(measure=measure, to=to, reason="  ", actor=office_lead)
    assert error.value.code == "reason"
    assert not AuditEntry.objects.exists()


def test_the_database_itself_refuses_a_deviation_without_a_reason(db: None) -> None:
    measure = make_measure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(status=Status.DELAYED)


def test_the_reason_is_stored_in_german_whatever_language_is_active(office_lead: User) -> None:
    measure = make_measure(status=Status.RUNNING, status_reason_fr="Ancienne raison")
    with translation.override("fr"):
        services.change_status(measure=measure, to=Status.DELAYED, reason="Lieferung fehlt", actor=office_lead)
    measure.refresh_from_db()
    assert measure.status_reason_de == "Lieferung fehlt"
    assert not measure.status_reason_fr


def test_who_may_not_change_a_measure_cannot_move_it(citizen: User) -> None:
    with pytest.raises(PermissionDenied):
        services.change_status(measure=make_measure(), to=Status.RUNNING, reason="", actor=citizen)


def test_a_planner_proposes_and_does_not_publish(planner: User) -> None:
    measure = make_measure(visibility=Visibility.DRAFT)
    planner.plans.add(measure.lead_plan)
    services.set_visibility(measure=measure, to=Visibility.INTERNAL, actor=planner)
    with pytest.raises(PermissionDenied):
        services.publish_measure(measure=measure, actor=planner)
    measure.refresh_from_db()
    assert measure.visibility == Visibility.INTERNAL


def test_a_planner_does_not_take_back_what_is_public(planner: User) -> None:
    measure = make_measure()
    planner.plans.add(measure.lead_plan)
    with pytest.raises(PermissionDenied):
        services.set_visibility(measure=measure, to=Visibility.DRAFT, actor=planner)


def test_the_head_of_office_publishes_and_it_is_in_the_audit_trail(office_lead: User) -> None:
    measure = make_measure(visibility=Visibility.INTERNAL)
    services.publish_measure(measure=measure, actor=office_lead)
    measure.refresh_from_db()
    assert measure.visibility == Visibility.PUBLIC
    entry = AuditEntry.objects.get(action="measure.visibility")
    assert (entry.before["visibility"], entry.after["visibility"]) == ("internal", "public")


def test_setting_the_same_visibility_changes_nothing(planner: User) -> None:
    services.set_visibility(measure=make_measure(), to=Visibility.PUBLIC, actor=planner)
    assert not AuditEntry.objects.exists()
