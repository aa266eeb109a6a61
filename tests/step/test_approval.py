"""The way to the public: a planner proposes, the head of office publishes or sends back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from step import services
from step.models import Approval, Measure, Status, Visibility
from tests.factories.step import make_measure, make_plan, make_unit

TODAY = dt.date(2026, 7, 2)


@pytest.fixture
def bound(planner: User) -> User:
    """A planner bound to the traffic plan."""
    make_plan("VM").planners.add(planner)
    return planner


def draft() -> Measure:
    return make_measure(visibility=Visibility.DRAFT)


def test_a_proposal_waits_for_the_head_of_office_and_is_internal(bound: User) -> None:
    measure = services.propose_measure(measure=draft(), actor=bound)
    measure.refresh_from_db()
    assert (measure.approval, measure.visibility, measure.proposed_by) == (Approval.PROPOSED, "internal", bound)
    entry = AuditEntry.objects.get(action="measure.propose")
    assert (entry.before["approval"], entry.after["approval"]) == ("", "proposed")


def test_a_second_proposal_changes_nothing(bound: User) -> None:
    measure = services.propose_measure(measure=draft(), actor=bound)
    services.propose_measure(measure=measure, actor=bound)
    assert AuditEntry.objects.filter(action="measure.propose").count() == 1


def test_what_is_public_cannot_be_proposed(bound: User) -> None:
    with pytest.raises(ValidationError):
        services.propose_measure(measure=make_measure(), actor=bound)


def test_publishing_settles_the_proposal(bound: User, office_lead: User) -> None:
    measure = services.propose_measure(measure=draft(), actor=bound)
    services.publish_measure(measure=measure, actor=office_lead)
    measure.refresh_from_db()
    assert (measure.visibility, measure.approval) == ("public", Approval.NONE)


def test_what_is_sent_back_says_why_and_can_be_proposed_again(bound: User, office_lead: User) -> None:
    measure = services.propose_measure(measure=draft(), actor=bound)
    services.send_back_measure(measure=measure, reason=" Die Quelle fehlt. ", actor=office_lead)
    measure.refresh_from_db()
    assert (measure.approval, measure.approval_note) == (Approval.SENT_BACK, "Die Quelle fehlt.")
    services.propose_measure(measure=measure, actor=bound)
    measure.refresh_from_db()
    assert (measure.approval, measure.approval_note) == (Approval.PROPOSED, "")


def test_sending_back_needs_a_proposal_and_a_reason(bound: User, office_lead: User) -> None:
    with pytest.raises(ValidationError) as error:
        services.send_back_measure(measure=draft(), reason="Darum", actor=office_lead)
    assert error.value.code == "not_proposed"
    measure = services.propose_measure(measure=draft(), actor=bound)
    with pytest.raises(ValidationError) as error:
        services.send_back_measure(measure=measure, reason=" ", actor=office_lead)
    assert error.value.code == "reason"
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(approval=Approval.SENT_BACK)


def test_a_draft_again_is_no_proposal_any_more(bound: User) -> None:
    measure = services.propose_measure(measure=draft(), actor=bound)
    services.set_visibility(measure=measure, to=Visibility.DRAFT, actor=bound)
    measure.refresh_from_db()
    assert measure.approval == Approval.NONE


def test_only_who_may_act_acts(citizen: User, bound: User) -> None:
    foreign = make_measure(lead_plan=make_plan("KN"), visibility=Visibility.DRAFT)
    for actor, measure in ((citizen, draft()), (bound, foreign)):
        with pytest.raises(PermissionDenied):
            services.propose_measure(measure=measure, actor=actor)
        with pytest.raises(PermissionDenied):
            services.confirm_measure(measure=measure, on=TODAY, actor=actor)
        with pytest.raises(PermissionDenied):
            services.set_responsible_unit(measure=measure, unit=make_unit(), actor=actor)
    measure = services.propose_measure(measure=draft(), actor=bound)
    with pytest.raises(PermissionDenied):
        services.send_back_measure(measure=measure, reason="Darum", actor=bound)


def test_still_true_renews_the_date_once_a_day_and_is_no_change_of_content(bound: User) -> None:
    measure = draft()
    changed = measure.updated_at
    for _click in range(2):
        services.confirm_measure(measure=measure, on=TODAY, actor=bound)
    measure.refresh_from_db()
    assert (measure.confirmed_on, measure.updated_at) == (TODAY, changed)
    assert AuditEntry.objects.get(action="measure.confirm").after == {"confirmed_on": "2026-07-02"}


def test_who_moves_a_measure_must_work_in_both_plans(bound: User, office_lead: User) -> None:
    measure, other = draft(), make_plan("KN")
    measure.further_plans.add(other)
    with pytest.raises(ValidationError):
        services.set_lead_plan(measure=measure, plan=other, actor=bound)
    services.set_lead_plan(measure=measure, plan=other, actor=office_lead)
    measure.refresh_from_db()
    assert measure.lead_plan == other
    assert not measure.further_plans.exists()
    assert AuditEntry.objects.get(action="measure.plan").after == {"plan": "KN"}


@pytest.mark.parametrize("to", [Status.DELAYED, Status.BLOCKED])
@pytest.mark.parametrize("missing", ["unblocked_by", "must_act"])
def test_a_stuck_measure_says_what_would_free_it_and_who_must_act(to: Status, missing: str, office_lead: User) -> None:
    measure = make_measure(status=Status.RUNNING)
    texts = {"unblocked_by": "Ein Angebot", "must_act": "Der Einkauf", missing: " "}
    with pytest.raises(ValidationError) as error:
        services.change_status(measure=measure, to=to, reason="Darum.", actor=office_lead, **texts)
    assert error.value.code == missing
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(
            status=to, status_reason_de="Darum.", **{f"{name}_de": text.strip() for name, text in texts.items()}
        )


def test_the_way_out_goes_when_the_measure_moves_on(office_lead: User) -> None:
    measure = make_measure(status=Status.DELAYED, status_reason="Darum.")
    services.change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    measure.refresh_from_db()
    assert not measure.unblocked_by_de
    assert not measure.must_act_de
