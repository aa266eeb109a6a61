"""A moderator publishes or hides; the author hears why. What readers flagged is settled by either."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation import mails
from participation.models import Contribution, HideReason, ModerationDecision, Publication

Action = ModerationDecision.Action


def publish(*, contribution: Contribution, by: User) -> Contribution:
    """A moderator lets everyone read it. On what is published already: it was looked at and stays."""
    return moderate(contribution=contribution, by=by, action=Action.PUBLISH)


def hide(*, contribution: Contribution, by: User, reason: str, category: HideReason = HideReason.OTHER) -> Contribution:
    """A moderator takes it out of sight, with a reason that the author sees and a kind that the figures count."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. The author sees the reason.")})
    return moderate(contribution=contribution, by=by, action=Action.HIDE, reason=reason.strip(), category=category)


def moderate(
    *, contribution: Contribution, by: User, action: Action, reason: str = "", category: HideReason | None = None
) -> Contribution:
    """Store one decision, settle the flags, tell the author if anything changed. Raises ValidationError."""
    if not by.has_perm("participation.moderate", contribution):
        raise PermissionDenied
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if contribution.status == Publication.WITHDRAWN:
            raise ValidationError(_("Its author has withdrawn this contribution."), code="withdrawn")
        to = Publication.PUBLISHED if action == Action.PUBLISH else Publication.HIDDEN
        changed = contribution.status != to
        if not changed and not _is_worth_noting(contribution):
            return contribution  # a second click changes nothing and tells nobody twice
        _store(contribution, by, action, reason, category)
        if changed:
            _switch(contribution, by, action, to)
            mails.tell_moderation(contribution, action, reason)
    return contribution


def _is_worth_noting(contribution: Contribution) -> bool:
    """Published or hidden already, but somebody flagged it since, or nobody has looked at it yet."""
    return contribution.flags.filter(settled_at=None).exists() or not contribution.decisions.exists()


def _store(
    contribution: Contribution, by: User, action: Action, reason: str, category: HideReason | None
) -> ModerationDecision:
    contribution.flags.filter(settled_at=None).update(settled_at=timezone.now())
    return ModerationDecision.objects.create(
        contribution=contribution, action=action, reason=reason, category=category or "", by=by
    )


def _switch(contribution: Contribution, by: User, action: Action, to: Publication) -> None:
    before = contribution.status
    contribution.status = to
    if to is Publication.PUBLISHED and contribution.published_at is None:
        contribution.published_at = timezone.now()
    contribution.save(update_fields=["status", "published_at"])
    record(
        f"contribution.{action.value}", contribution, actor=by, before={"status": before}, after={"status": to.value}
    )
