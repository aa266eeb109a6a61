"""Readers flag; authors appeal against hiding; a second person decides."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation import mails_office
from participation.models import Appeal, Contribution, Flag, HideReason, ModerationDecision, Publication


def flag(*, contribution: Contribution, visitor: str, category: HideReason, note: str = "") -> Flag:
    """Ask a moderator to look at it. One visitor counts once for each contribution; the first one comes back."""
    if contribution.status != Publication.PUBLISHED:
        raise ValidationError(_("This contribution is not published."), code="unpublished")
    values = {"category": category, "note": note.strip()}
    found, created = Flag.objects.get_or_create(contribution=contribution, visitor=visitor, defaults=values)
    if created:
        record("contribution.flag", contribution, after={"category": category.value})
    return found


def last_hiding(contribution: Contribution) -> ModerationDecision | None:
    """The decision that hides it now; None if it is not hidden."""
    if contribution.status != Publication.HIDDEN:
        return None
    hiding = contribution.decisions.filter(action=ModerationDecision.Action.HIDE)
    return hiding.select_related("appeal").first()


def appeal(*, contribution: Contribution, text: str) -> Appeal:
    """The author asks for a second look. Whoever calls has proved the right to it. Raises ValidationError."""
    decision = last_hiding(contribution)
    if decision is None:
        raise ValidationError(_("Only a hidden contribution can be appealed."), code="not-hidden")
    if not text.strip():
        raise ValidationError({"text": _("Say why it should be published.")})
    with transaction.atomic():
        made, created = Appeal.objects.get_or_create(decision=decision, defaults={"text": text.strip()[:2000]})
        if created:
            record("contribution.appeal", contribution)
    return made


def decide_appeal(*, appeal: Appeal, by: User, outcome: Appeal.Outcome, reason: str) -> Appeal:
    """A second person decides: not the one who hid it. The author is told the outcome with its reason."""
    if not by.has_perm("participation.decide_appeal", appeal):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. The author sees the reason.")})
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update().select_related("decision__contribution").get(pk=appeal.pk)
        if appeal.decided_at:
            raise ValidationError(_("This appeal has been decided already."), code="decided")
        appeal.outcome, appeal.reason = outcome, reason.strip()
        appeal.decided_by, appeal.decided_at = by, timezone.now()
        appeal.save()
        if outcome == Appeal.Outcome.GRANTED:
            _publish(appeal, by)
        record("contribution.decide_appeal", appeal.decision.contribution, actor=by, after={"outcome": outcome.value})
        mails_office.tell_appeal_decided(appeal)
    return appeal


def _publish(appeal: Appeal, by: User) -> None:
    """Without the mail of an ordinary publication: the author hears of it by the decision on the appeal."""
    contribution = Contribution.objects.select_for_update().get(pk=appeal.decision.contribution_id)
    if contribution.status != Publication.HIDDEN:
        return  # withdrawn meanwhile
    contribution.status = Publication.PUBLISHED
    contribution.published_at = contribution.published_at or timezone.now()
    contribution.save(update_fields=["status", "published_at"])
    ModerationDecision.objects.create(
        contribution=contribution, action=ModerationDecision.Action.PUBLISH, reason=appeal.reason, by=by
    )
