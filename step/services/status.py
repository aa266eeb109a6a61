"""Moving a measure along, with the reason and the way out where it deviates."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from accounts.audit import record
from accounts.models import User
from step.models import Measure, Status

TOLD = ("status_reason", "unblocked_by", "must_act")
COLUMNS = [build_localized_fieldname(name, code) for name in TOLD for code, _language in settings.LANGUAGES]


def change_status(
    *, measure: Measure, to: Status, reason: str, actor: User, unblocked_by: str = "", must_act: str = ""
) -> Measure:
    """Move a measure along one of the allowed transitions.

    The texts are German, the office's language: a deviating status needs a reason, a delayed or blocked measure also
    what would free it and who must act. Texts in other languages told about the former status and are emptied.
    Raises PermissionDenied or ValidationError and then changes nothing.
    """
    if not actor.has_perm("step.change_measure", measure):
        raise PermissionDenied
    before = measure.status_enum
    guard_transition(before, to)
    texts = {"status_reason": reason.strip()}
    if to.is_stuck:
        texts |= {"unblocked_by": unblocked_by.strip(), "must_act": must_act.strip()}
    guard_texts(to, texts)
    with transaction.atomic():
        measure.status = to
        for column in COLUMNS:
            setattr(measure, column, "")
        for name, text in texts.items():
            setattr(measure, build_localized_fieldname(name, "de"), text)
        measure.save(update_fields=["status", *COLUMNS, "updated_at"])
        after = {"status": to.value, "reason": texts.pop("status_reason"), **texts}
        record("measure.status", measure, actor=actor, before={"status": before.value}, after=after)
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


def guard_texts(to: Status, texts: dict[str, str]) -> None:
    """ValidationError if the status asks for a text that is empty; its code names the text."""
    if to.deviates and not texts["status_reason"]:
        raise ValidationError(_("Say why: the status deviates from the plan."), code="reason")
    if not to.is_stuck:
        return
    if not texts["unblocked_by"]:
        raise ValidationError(_("Say what would free it: the measure is delayed or blocked."), code="unblocked_by")
    if not texts["must_act"]:
        raise ValidationError(_("Say who must act: the measure is delayed or blocked."), code="must_act")
