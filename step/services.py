"""Writes that need a rule: where a measure stands, and who may see it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from accounts.audit import record
from accounts.models import User
from step.models import Measure, Status, Visibility

REASONS = [build_localized_fieldname("status_reason", code) for code, _name in settings.LANGUAGES]


def change_status(*, measure: Measure, to: Status, reason: str, actor: User) -> Measure:
    """Move a measure along one of the allowed transitions.

    `reason` is German, the office's language; a deviating status needs one. Reasons in other languages told about
    the former status and are emptied. Raises PermissionDenied or ValidationError and then changes nothing.
    """
    if not actor.has_perm("step.change_measure", measure):
        raise PermissionDenied
    before = measure.status_enum
    guard_transition(before, to)
    if to.deviates and not reason.strip():
        raise ValidationError(_("Say why: the status deviates from the plan."), code="reason")
    with transaction.atomic():
        measure.status = to
        for column in REASONS:
            setattr(measure, column, "")
        setattr(measure, build_localized_fieldname("status_reason", "de"), reason.strip())
        measure.save(update_fields=["status", *REASONS, "updated_at"])
        record(
            "measure.status",
            measure,
            actor=actor,
            before={"status": before.value},
            after={"status": to.value, "reason": reason.strip()},
        )
    return measure


def guard_transition(before: Status, to: Status) -> None:
    """ValidationError if no measure can go from the one status to the other."""
    if to in before.next:
        return
    raise ValidationError(
        _("From “%(before)s” a measure cannot go to “%(to)s”. Possible are: %(possible)s."),
        code="transition",
        params={
            "before": before.label,
            "to": to.label,
            "possible": ", ".join(str(status.label) for status in Status if status in before.next),
        },
    )


def set_visibility(*, measure: Measure, to: Visibility, actor: User) -> Measure:
    """Who may see the measure. A planner proposes (draft, internal); the head of office publishes and takes back."""
    before = Visibility(measure.visibility)
    if before == to:
        return measure
    if not may_set_visibility(measure, to, actor):
        raise PermissionDenied
    with transaction.atomic():
        measure.visibility = to
        measure.save(update_fields=["visibility", "updated_at"])
        record(
            "measure.visibility",
            measure,
            actor=actor,
            before={"visibility": before.value},
            after={"visibility": to.value},
        )
    return measure


def may_set_visibility(measure: Measure, to: Visibility, actor: User) -> bool:
    """Publishing and taking back need their own right; the rest is part of editing."""
    if Visibility.PUBLIC in {to, Visibility(measure.visibility)}:
        return actor.has_perm("step.publish_measure", measure)
    return actor.has_perm("step.change_measure", measure)


def publish_measure(*, measure: Measure, actor: User) -> Measure:
    return set_visibility(measure=measure, to=Visibility.PUBLIC, actor=actor)
