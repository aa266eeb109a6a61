"""A moderator publishes or hides; the author hears why."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation import mails
from participation.models import Contribution, ModerationDecision, Publication


def publish(*, contribution: Contribution, by: User) -> Contribution:
    """A moderator lets everyone read it."""
    return _moderate(contribution, by, ModerationDecision.Action.PUBLISH, "")


def hide(*, contribution: Contribution, by: User, reason: str) -> Contribution:
    """A moderator takes it out of sight, with a reason that the author sees."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. The author sees the reason.")})
    return _moderate(contribution, by, ModerationDecision.Action.HIDE, reason.strip())


def _moderate(contribution: Contribution, by: User, action: ModerationDecision.Action, reason: str) -> Contribution:
    if not by.has_perm("participation.moderate", contribution):
        raise PermissionDenied
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if contribution.status == Publication.WITHDRAWN:
            raise ValidationError(_("Its author has withdrawn this contribution."), code="withdrawn")
        to = Publication.PUBLISHED if action == ModerationDecision.Action.PUBLISH else Publication.HIDDEN
        if contribution.status == to:
            return contribution  # a second click changes nothing and tells nobody twice
        before = contribution.status
        contribution.status = to
        if to is Publication.PUBLISHED and contribution.published_at is None:
            contribution.published_at = timezone.now()
        contribution.save(update_fields=["status", "published_at"])
        ModerationDecision.objects.create(contribution=contribution, action=action, reason=reason, by=by)
        record(
            f"contribution.{action.value}",
            contribution,
            actor=by,
            before={"status": before},
            after={"status": to.value},
        )
        transaction.on_commit(lambda: mails.tell_moderation(contribution, action, reason))
    return contribution
