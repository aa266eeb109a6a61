"""Writes of the dialogue that need a rule: submit, moderate, answer, withdraw, close."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from leitbild.models import OrganisationUnit
from participation import mails
from participation.models import (
    Access,
    Act,
    Contribution,
    Loop,
    Moderation,
    ModerationDecision,
    Point,
    Publication,
    Result,
    Treatment,
)
from step.models import Measure

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


def answer(
    *,
    contribution: Contribution,
    by: User,
    result: Result,
    reason: str,
    unit: OrganisationUnit,
    measure: Measure | None = None,
    points: Sequence[Point] = (),
) -> Treatment:
    """Treat points of a contribution by one reasoned answer; without points, all that are still untreated.

    A contribution that nobody has split is one point: the whole text. Raises ValidationError or PermissionDenied.
    """
    if not by.has_perm("participation.answer", contribution):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("An answer needs a reason.")})
    if contribution.status != Publication.PUBLISHED:
        raise ValidationError(_("Only published contributions are answered."), code="unpublished")
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        open_points = _open_points(contribution, points)
        treatment = Treatment.objects.create(
            result=result, reason=reason.strip(), unit=unit, measure=measure, decided_by=by
        )
        Point.objects.filter(pk__in=[point.pk for point in open_points]).update(treatment=treatment)
        record("contribution.answer", contribution, actor=by, after={"result": result.value})
        transaction.on_commit(lambda: mails.tell_answer(contribution, treatment))
    return treatment


def _open_points(contribution: Contribution, points: Sequence[Point]) -> list[Point]:
    if not contribution.points.exists():
        contribution.points.create(position=1, text=contribution.text)
    chosen = contribution.points.filter(treatment=None)
    if points:
        chosen = chosen.filter(pk__in=[point.pk for point in points])
    if not chosen:
        raise ValidationError(_("Every point of this contribution has its answer already."), code="answered")
    return list(chosen)


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


def close_loop(*, loop: Loop, by: User, summary: str) -> Loop:
    """End the loop. Refused while a point is untreated or the summary is missing: that is the portal's promise.

    The row of the loop is locked, and `submit_contribution` refuses what comes after the participation step, so that
    nothing slips in between counting and closing.
    """
    if not by.has_perm("participation.answer"):
        raise PermissionDenied
    with transaction.atomic():
        loop = Loop.objects.select_for_update().select_related("dialogue").get(pk=loop.pk)
        loop.summary = summary.strip()
        loop.closed_at = timezone.now()
        loop.save()  # refuses by itself while something is untreated
        record("loop.close", loop, actor=by, after={"closed_at": loop.closed_at.isoformat()})
    return loop
