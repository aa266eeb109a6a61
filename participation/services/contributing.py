"""Submitting and taking back a contribution."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation.models import Access, Act, Contribution, Loop, Publication, TextVersion
from participation.models.versions import PINNED
from participation.services.confirming import ask_to_confirm
from participation.services.erasing import forget_text
from participation.services.picturing import NewPhoto, add_photos
from participation.services.publishing import first_status, mark_published

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
    *,
    contribution: Contribution,
    person: Person,
    submission_key: uuid.UUID | None,
    photos: Sequence[NewPhoto] = (),
    site: str = "",
) -> Contribution:
    """Store a contribution. Sent twice with the same key, it is stored once and the first one comes back.

    In a dialogue that moderates afterwards it appears at once; where an e-mail address is needed, a mail with a link to
    `site` (scheme and host) is sent and it waits for that; everywhere else it waits for a moderator. A comment on a
    record remembers the words it was made on. Raises ValidationError.
    """
    if contribution.loop and (why := refusal(contribution.loop, person, timezone.localdate())):
        raise ValidationError(why.reason, code="closed")
    asks_for_email = bool(contribution.loop and contribution.loop.dialogue.access == Access.EMAIL)
    if asks_for_email and not _reachable(contribution, person):
        raise ValidationError({"email": _("This dialogue needs your e-mail address. It is never published.")})
    contribution.author = person if isinstance(person, User) else None
    contribution.submission_key = submission_key
    contribution.status = Publication.WAITING
    contribution.full_clean(exclude=["receipt_code", "submission_key"])
    needs_confirmation = asks_for_email and contribution.author is None
    contribution.status = Publication.UNCONFIRMED if needs_confirmation else first_status(contribution)
    mark_published(contribution)
    try:
        with transaction.atomic():
            _pin_text(contribution)
            contribution.save()
            add_photos(contribution=contribution, photos=photos)
            if needs_confirmation:
                ask_to_confirm(contribution=contribution, site=site)
            record("contribution.submit", contribution, after={"status": contribution.status})
    except IntegrityError:
        first = Contribution.objects.filter(submission_key=submission_key).first() if submission_key else None
        if first is None:
            raise
        return first
    return contribution


def _pin_text(contribution: Contribution) -> None:
    for name in PINNED:
        if record_commented := getattr(contribution, name):
            contribution.text_version = TextVersion.pin(record_commented, name)


def _reachable(contribution: Contribution, person: Person) -> bool:
    return bool(contribution.email) or isinstance(person, User)


def withdraw(*, contribution: Contribution) -> Contribution:
    """The author takes it back, as long as no office has answered: its text is deleted, its receipt still works.

    Whoever calls has proved the right to it.
    """
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if contribution.points.exclude(treatment=None).exists():
            raise ValidationError(_("An office has answered already; the contribution stays with its answer."))
        contribution.status = Publication.WITHDRAWN
        contribution.save(update_fields=["status"])
        record("contribution.withdraw", contribution, after={"status": contribution.status})
        forget_text(contribution=contribution, keep_author=True)
    return contribution
