"""Submitting and taking back a contribution."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation.models import Access, Act, Contribution, Loop, Moderation, Publication

Person = User | AnonymousUser


@dataclass(frozen=True)
class Refusal:
    """Why somebody cannot contribute, and whether an account would help."""

    reason: str
    login_helps: bool = False


def refusal(loop: Loop, person: Person, day: dt.date) -> Refusal | None:
    """Why `person` cannot contribute to the loop on that day; None if they can."""
    if not loop.allows(Act.CONTRIBUTE, day):
        return Refusal(str(_("This dialogue does not take contributions at the moment.")))
    if loop.dialogue.access == Access.ACCOUNT and not isinstance(person, User):
        return Refusal(str(_("This dialogue needs an account. What you typed is kept.")), login_helps=True)
    return None


def submit_contribution(
    *, contribution: Contribution, person: Person, submission_key: uuid.UUID | None
) -> Contribution:
    """Store a contribution. Sent twice with the same key, it is stored once and the first one comes back.

    In a dialogue that moderates afterwards it appears at once; everywhere else it waits. Raises ValidationError.
    """
    if contribution.loop and (why := refusal(contribution.loop, person, timezone.localdate())):
        raise ValidationError(why.reason, code="closed")
    if contribution.loop and contribution.loop.dialogue.access == Access.EMAIL and not _reachable(contribution, person):
        raise ValidationError({"email": _("This dialogue needs your e-mail address. It is never published.")})
    contribution.author = person if isinstance(person, User) else None
    contribution.submission_key = submission_key
    contribution.status = Publication.WAITING
    contribution.full_clean(exclude=["receipt_code", "submission_key"])
    if contribution.loop and contribution.loop.dialogue.moderation == Moderation.AFTER:
        contribution.status = Publication.PUBLISHED
        contribution.published_at = timezone.now()
    try:
        with transaction.atomic():
            contribution.save()
            record("contribution.submit", contribution, after={"status": contribution.status})
    except IntegrityError:
        first = Contribution.objects.filter(submission_key=submission_key).first() if submission_key else None
        if first is None:
            raise
        return first
    return contribution


def _reachable(contribution: Contribution, person: Person) -> bool:
    return bool(contribution.email) or isinstance(person, User)


def withdraw(*, contribution: Contribution) -> Contribution:
    """The author takes it back, as long as no office has answered. Whoever calls has proved the right to it."""
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if contribution.points.exclude(treatment=None).exists():
            raise ValidationError(_("An office has answered already; the contribution stays with its answer."))
        contribution.status = Publication.WITHDRAWN
        contribution.save(update_fields=["status"])
        record("contribution.withdraw", contribution, after={"status": contribution.status})
    return contribution
