"""Who may see a measure, and the way to the public: a planner proposes, the head of office publishes or sends back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from step.models import Approval, Measure, Visibility

FIELDS = ("visibility", "approval", "approval_note")


def set_visibility(*, measure: Measure, to: Visibility, actor: User) -> Measure:
    """Who may see the measure. The head of office publishes and takes back; the rest is part of editing.

    Whatever the decision, a proposal that is published or drafted again is settled.
    """
    if Visibility(measure.visibility) == to:
        return measure
    if not may_set_visibility(measure, to, actor):
        raise PermissionDenied
    settled = {} if to == Visibility.INTERNAL else {"approval": Approval.NONE, "approval_note": ""}
    return _write("measure.visibility", measure, actor, visibility=to, **settled)


def may_set_visibility(measure: Measure, to: Visibility, actor: User) -> bool:
    """Publishing and taking back need their own right; the rest is part of editing."""
    if Visibility.PUBLIC in {to, Visibility(measure.visibility)}:
        return actor.has_perm("step.publish_measure", measure)
    return actor.has_perm("step.change_measure", measure)


def publish_measure(*, measure: Measure, actor: User) -> Measure:
    return set_visibility(measure=measure, to=Visibility.PUBLIC, actor=actor)


def propose_measure(*, measure: Measure, actor: User) -> Measure:
    """Ask the head of office to publish; from then on the council sees it too. A second click changes nothing."""
    if not actor.has_perm("step.change_measure", measure):
        raise PermissionDenied
    if measure.visibility == Visibility.PUBLIC:
        raise ValidationError(_("This measure is public already."), code="public")
    if measure.approval == Approval.PROPOSED:
        return measure
    return _write(
        "measure.propose",
        measure,
        actor,
        visibility=Visibility.INTERNAL,
        approval=Approval.PROPOSED,
        approval_note="",
        proposed_by=actor,
    )


def send_back_measure(*, measure: Measure, reason: str, actor: User) -> Measure:
    """The head of office does not publish yet and says why; it waits at the desk of who proposed it."""
    if not actor.has_perm("step.publish_measure", measure):
        raise PermissionDenied
    if measure.approval != Approval.PROPOSED:
        raise ValidationError(_("Only a proposed measure can be sent back."), code="not_proposed")
    if not reason.strip():
        raise ValidationError(_("Say why it is sent back. Who proposed it reads the reason."), code="reason")
    return _write("measure.send_back", measure, actor, approval=Approval.SENT_BACK, approval_note=reason.strip())


def _write(action: str, measure: Measure, actor: User, **values: Any) -> Measure:
    """Save the values and note from what to what they changed."""
    before = {name: getattr(measure, name) for name in FIELDS if name in values}
    with transaction.atomic():
        for name, value in values.items():
            setattr(measure, name, value)
        measure.save(update_fields=[*values, "updated_at"])
        after = {name: str(values[name]) for name in before}
        record(action, measure, actor=actor, before={name: str(value) for name, value in before.items()}, after=after)
    return measure
