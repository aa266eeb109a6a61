"""Voting, moderating what people wrote in polls, and sealing ballots after the end."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.outbox import enqueue
from participation.models import Ballot, Poll, PollAnswer, PollOption, PollQuestion, Publication


class Outcome(Enum):
    """What became of a vote that was sent."""

    COUNTED = "counted"
    CHANGED = "changed"
    COUNTED_BEFORE = "counted_before"


@dataclass(frozen=True)
class Mark:
    """One mark on a ballot, as the form understood it."""

    question: PollQuestion
    option: PollOption | None = None
    row: PollOption | None = None
    value: int | None = None
    text: str = ""


def cast_vote(*, poll: Poll, keys: Sequence[str], marks: Sequence[Mark], day: dt.date) -> Outcome:
    """Store a vote under the first key. Under any of the keys one vote counts, however often it is sent.

    The row of the poll is locked, so that two clicks at once are one after the other; the unique constraint holds it
    too. Nothing of the act is written to the audit trail: its time would lead to the voter. Raises ValidationError.
    """
    with transaction.atomic():
        poll = Poll.objects.select_for_update(of=("self",)).select_related("loop").get(pk=poll.pk)
        if not poll.is_open(day):
            raise ValidationError(_("This poll takes no votes at the moment."), code="closed")
        if not marks:
            raise ValidationError(_("Please answer at least one question."), code="empty")
        ballot = Ballot.objects.filter(poll=poll, voter_key__in=keys).first()
        if ballot and not poll.may_change:
            return Outcome.COUNTED_BEFORE
        outcome = Outcome.CHANGED if ballot else Outcome.COUNTED
        if ballot:
            ballot.answers.all().delete()
        else:
            ballot = Ballot.objects.create(poll=poll, voter_key=keys[0])
        PollAnswer.objects.bulk_create(_answer(ballot, mark) for mark in marks)
    return outcome


def _answer(ballot: Ballot, mark: Mark) -> PollAnswer:
    return PollAnswer(
        ballot=ballot, question=mark.question, option=mark.option, row=mark.row, value=mark.value, text=mark.text
    )


def has_voted(poll: Poll, keys: Sequence[str]) -> bool:
    return Ballot.objects.filter(poll=poll, voter_key__in=keys).exists()


def send_link(*, poll: Poll, email: str, url: str, key: str) -> bool:
    """Mail the link that lets its reader vote; False if one left within the hour. `key`: the hashed address."""
    language = translation.get_language() or "de"
    hour = timezone.now().strftime("%Y%m%d%H")
    return enqueue(
        key=f"poll-link:{poll.pk}:{key[:32]}:{hour}",
        to=email,
        language=language[:2],
        subject=_("Your link to the poll: %(title)s") % {"title": poll.title},
        body=render_to_string("emails/poll_link.txt", {"poll": poll, "url": url}),
    )


def moderate_text(*, answer: PollAnswer, by: User, publish: bool) -> PollAnswer:
    """Let everyone read what somebody wrote in a poll, or keep it out of sight."""
    if not by.has_perm("participation.moderate"):
        raise PermissionDenied
    to = Publication.PUBLISHED if publish else Publication.HIDDEN
    with transaction.atomic():
        answer = PollAnswer.objects.select_for_update(of=("self",)).select_related("question__poll").get(pk=answer.pk)
        if answer.status == to:
            return answer
        before, answer.status = answer.status, to
        answer.save(update_fields=["status"])
        action = "poll.publish_text" if publish else "poll.hide_text"
        record(action, answer.question.poll, actor=by, before={"status": before}, after={"status": to.value})
    return answer


def seal_ended(day: dt.date) -> int:
    """Replace the voter keys of polls that are over by random ones: nobody can trace a vote any more.

    How many polls were sealed. A sealed poll takes no votes, even if its dates are moved.
    """
    sealed = 0
    for poll in Poll.objects.ended_on(day).filter(sealed_on=None):
        with transaction.atomic():
            Poll.objects.select_for_update().get(pk=poll.pk)
            ballots = list(Ballot.objects.filter(poll=poll).only("pk", "poll_id"))
            for ballot in ballots:
                ballot.voter_key = secrets.token_hex(32)
            Ballot.objects.bulk_update(ballots, ["voter_key"], batch_size=500)
            Poll.objects.filter(pk=poll.pk).update(sealed_on=day)
            record("poll.seal", poll, after={"ballots": len(ballots)})
        sealed += 1
    return sealed
