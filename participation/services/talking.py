"""Comments and supports. Counters change in the transaction of what they count, so that they stay exact."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation import comment_mails
from participation.models import (
    Access,
    Act,
    Comment,
    CommentDecision,
    Contribution,
    Moderation,
    Publication,
    Support,
    Voice,
)
from participation.services.contributing import Person, Refusal

CLOSED = {
    Act.COMMENT: _("This dialogue does not take comments at the moment."),
    Act.SUPPORT: _("This dialogue does not count supports at the moment."),
}


def talk_refusal(contribution: Contribution, person: Person, act: Act, day: dt.date) -> Refusal | None:
    """Why `person` cannot comment on or support a contribution on that day; None if they can."""
    if contribution.status != Publication.PUBLISHED:
        return Refusal(str(_("This contribution is not published.")))
    loop = contribution.loop
    if loop is None:
        return None
    if not loop.allows(act, day):
        return Refusal(str(CLOSED[act]))
    if loop.dialogue.access != Access.ANYONE and not isinstance(person, User):
        return Refusal(str(_("This dialogue needs an account. What you typed is kept.")), login_helps=True)
    return None


def add_comment(
    *, comment: Comment, person: Person, submission_key: uuid.UUID | None, holds_receipt: bool = False
) -> Comment:
    """Store a comment, once for each key. A reply to a reply goes to the first level, so that two levels are enough.

    `holds_receipt`: this visitor wrote the contribution without an account. Raises ValidationError.
    """
    contribution = comment.contribution
    if why := talk_refusal(contribution, person, Act.COMMENT, timezone.localdate()):
        raise ValidationError(why.reason, code="closed")
    _place(comment)
    comment.author = person if isinstance(person, User) else None
    comment.submission_key = submission_key
    comment.voice = _voice(contribution, person, holds_receipt)
    comment.status = _first_status(comment, person)
    comment.full_clean(exclude=["submission_key"])
    try:
        with transaction.atomic():
            comment.save()
            if comment.is_published:
                _count_comments(comment.contribution_id)
            record("comment.submit", comment, actor=comment.author, after={"status": comment.status})
    except IntegrityError:
        first = Comment.objects.filter(submission_key=submission_key).first() if submission_key else None
        if first is None:
            raise
        return first
    return comment


def _place(comment: Comment) -> None:
    parent = comment.parent
    if parent is None:
        return
    if parent.contribution_id != comment.contribution_id or not parent.is_published:
        raise ValidationError(_("The comment that you reply to is not there any more."), code="parent")
    comment.parent = parent.parent or parent


def _voice(contribution: Contribution, person: Person, holds_receipt: bool) -> Voice:
    if isinstance(person, User):
        if contribution.author_id == person.pk:
            return Voice.AUTHOR
        return Voice.OFFICE if person.has_perm("participation.answer") else Voice.VISITOR
    return Voice.AUTHOR if holds_receipt and contribution.author_id is None else Voice.VISITOR


def _first_status(comment: Comment, person: Person) -> Publication:
    """The office's words, and all words where moderators read afterwards, appear at once."""
    loop = comment.contribution.loop
    at_once = loop is not None and loop.dialogue.moderation == Moderation.AFTER
    trusted = isinstance(person, User) and (comment.voice == Voice.OFFICE or person.has_perm("participation.moderate"))
    return Publication.PUBLISHED if at_once or trusted else Publication.WAITING


def withdraw_comment(*, comment: Comment, by: User) -> Comment:
    """Its author takes it back; its place stays while replies hang on it, its words do not."""
    if comment.author_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        comment = _change(comment, Publication.WITHDRAWN)
        record("comment.withdraw", comment, actor=by, after={"status": comment.status})
    return comment


def publish_comment(*, comment: Comment, by: User) -> Comment:
    """A moderator lets everyone read it."""
    return _moderate(comment, by, CommentDecision.Action.PUBLISH, "")


def hide_comment(*, comment: Comment, by: User, reason: str) -> Comment:
    """A moderator takes it out of sight, with a reason that the author sees."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. The author sees the reason.")})
    return _moderate(comment, by, CommentDecision.Action.HIDE, reason.strip())


def _moderate(comment: Comment, by: User, action: CommentDecision.Action, reason: str) -> Comment:
    if not by.has_perm("participation.moderate"):
        raise PermissionDenied
    to = Publication.PUBLISHED if action == CommentDecision.Action.PUBLISH else Publication.HIDDEN
    with transaction.atomic():
        before = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk).status
        if before == Publication.WITHDRAWN:
            raise ValidationError(_("Its author has withdrawn this comment."), code="withdrawn")
        if before == to:
            return comment  # a second click changes nothing and tells nobody twice
        comment = _change(comment, to)
        decision = CommentDecision.objects.create(comment=comment, action=action, reason=reason, by=by)
        record(f"comment.{action.value}", comment, actor=by, before={"status": before}, after={"status": to.value})
        comment_mails.tell_moderation(decision)
    return comment


def _change(comment: Comment, to: Publication) -> Comment:
    """Set the status, and the counter with it."""
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    was, comment.status = comment.is_published, to.value
    comment.save(update_fields=["status"])
    if was != comment.is_published:
        _count_comments(comment.contribution_id)
    return comment


def _count_comments(key: int) -> None:
    """Counted anew under a lock, which is exact as well as self-healing.

    `no_key`: the rows that others insert at this moment hold a lock on the key, and must not wait for this one.
    """
    contribution = Contribution.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
    contribution.comment_count = contribution.comments.published().count()
    contribution.save(update_fields=["comment_count"])


def support(*, target: Contribution | Comment, person: Person, visitor: str = "") -> bool:
    """Count the support of a person, or of a visitor (a scrambled session); False if it counts already.

    The database holds each of them to one. Raises ValidationError where the dialogue takes no supports.
    """
    contribution = target.contribution if isinstance(target, Comment) else target
    if why := talk_refusal(contribution, person, Act.SUPPORT, timezone.localdate()):
        raise ValidationError(why.reason, code="login" if why.login_helps else "closed")
    if isinstance(target, Comment) and not target.is_published:
        raise ValidationError(_("This comment is not published."), code="unpublished")
    with transaction.atomic():
        _row, created = Support.objects.get_or_create(**_who_and_what(target, person, visitor))
        if created:
            _count_supports(target)
    return created


def withdraw_support(*, target: Contribution | Comment, person: Person, visitor: str = "") -> bool:
    """Take the support back, at any time; False if there was none."""
    with transaction.atomic():
        deleted, _rows = Support.objects.filter(**_who_and_what(target, person, visitor)).delete()
        if deleted:
            _count_supports(target)
    return bool(deleted)


def forget_supports(*, user: User) -> None:
    """Take all supports of a person back, before their account is deleted: the counters stay exact."""
    with transaction.atomic():
        for row in Support.objects.filter(user=user).select_related("contribution", "comment"):
            target = row.contribution or row.comment
            if target is not None:
                withdraw_support(target=target, person=user)


def _who_and_what(target: Contribution | Comment, person: Person, visitor: str) -> dict[str, Any]:
    name = "comment" if isinstance(target, Comment) else "contribution"
    who = {"user": person} if isinstance(person, User) else {"user": None, "visitor": visitor}
    return {name: target, **who}


def _count_supports(target: Contribution | Comment) -> None:
    locked: Any = type(target)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=target.pk)
    locked.support_count = locked.supports.count()
    locked.save(update_fields=["support_count"])
