"""Reminders: one calm mail per person, with everything that waits for them.

| rule | |
|---|---|
| who | the responsible person; the deputy where that person no longer works here |
| what | open measures that are late, due soon, without a fresh report or incomplete, if the person may see them |
| when | as soon as there is a new reason; of what is late again on days 7 and 30, while nothing happens |
| never | more than one mail in five days to a person: what falls due meanwhile waits for the next mail |
| escalation | a week after the third mail without an answer, the deputy is told, once |

An answer is any change of the measure, or “still true”: from then on it counts anew.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User
from accounts.outbox import enqueue
from step.models import Measure
from step.models.access import visible_levels
from step.models.reminders import Reason, ReminderSent
from step.models.signals import OPEN, due_within

PAUSE = dt.timedelta(days=5)  # between two mails to one person
SILENCE = dt.timedelta(days=7)  # after the third mail, until the deputy is told
SHOWN = 20  # measures in one mail; the list at the desk has them all


@dataclass(frozen=True)
class Item:
    """One measure in a mail. `fresh` are the reasons for which the mail is sent now; the others are told along."""

    measure: Measure
    reasons: tuple[Reason, ...]
    fresh: tuple[Reason, ...]
    is_escalation: bool = False

    @property
    def url(self) -> str:
        return f"{settings.PORTAL_URL}{reverse('admin:step_measure_change', args=[self.measure.pk])}"


@dataclass
class Digest:
    person: User
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.items) - len(self.shown)

    @property
    def list_url(self) -> str:
        return f"{settings.PORTAL_URL}{reverse('admin:step_measure_changelist')}?whose=mine"


def digests(now: dt.datetime) -> list[Digest]:
    """The mails that are due, by person. Three queries, and one per person for their roles."""
    today = timezone.localdate(now)
    sent: dict[int, list[ReminderSent]] = defaultdict(list)
    last: dict[int, dt.date] = {}
    for row in ReminderSent.objects.order_by("sent_at"):
        sent[row.measure_id].append(row)
        last[row.person_id] = row.sent_on
    found: dict[int, Digest] = {}
    for measure in _waiting(today):
        for person, item in _items(measure, sent[measure.pk], today):
            digest = found.setdefault(person.pk, Digest(person))
            if measure.visibility in visible_levels(digest.person):
                digest.items.append(item)
    return [
        digest
        for key, digest in sorted(found.items())
        if any(item.fresh for item in digest.items) and (key not in last or today - last[key] >= PAUSE)
    ]


def _waiting(today: dt.date) -> Any:
    due = models.Case(
        models.When(due_within(today, settings.DUE_SOON_DAYS), then=True),
        default=False,
        output_field=models.BooleanField(),
    )
    rows = Measure.objects.filter(OPEN).with_signals(today).annotate(is_due=due)
    named = models.Q(responsible_person__isnull=False) | models.Q(deputy_person__isnull=False)
    return rows.filter(named).select_related("responsible_person", "deputy_person").order_by("-is_late", "code")


def _items(measure: Any, sent: list[ReminderSent], today: dt.date) -> Iterator[tuple[User, Item]]:
    reasons = tuple(reason for reason in Reason if getattr(measure, f"is_{reason.value}"))
    if not reasons:
        return
    silent = [row for row in sent if not row.is_answered(measure)]
    person, deputy = _at_work(measure.responsible_person), _at_work(measure.deputy_person)
    owner = person or deputy
    if owner is None:
        return
    own = [row for row in silent if row.person_id == owner.pk and not row.is_escalation]
    fresh = tuple(reason for reason in reasons if _is_due(reason, own, today))
    yield owner, Item(measure, reasons, fresh)
    if deputy is not None and deputy != owner and Reason.LATE in reasons and _is_ignored(own, today):
        is_told = any(row.is_escalation and row.person_id == deputy.pk for row in silent)
        yield deputy, Item(measure, reasons, () if is_told else (Reason.LATE,), is_escalation=True)


def _at_work(person: User | None) -> User | None:
    return person if person is not None and person.is_active and person.is_staff else None


def _is_due(reason: Reason, sent: list[ReminderSent], today: dt.date) -> bool:
    days = [row.sent_on for row in sent if row.reason == reason]
    if len(days) >= len(reason.days):
        return False
    return not days or today >= days[0] + dt.timedelta(days=reason.days[len(days)])


def _is_ignored(sent: list[ReminderSent], today: dt.date) -> bool:
    days = [row.sent_on for row in sent if row.reason == Reason.LATE]
    return len(days) >= len(Reason.LATE.days) and today >= days[-1] + SILENCE


def send(digest: Digest, now: dt.datetime) -> bool:
    """Put the mail into the outbox and note what it told, both or neither; False if it is there already."""
    person = digest.person
    with translation.override(person.language):
        number = len(digest.items)
        told = ngettext("%(number)d measure waits for you", "%(number)d measures wait for you", number)
        subject = told % {"number": number}
        body = render_to_string("emails/reminder.txt", {"digest": digest})
    with transaction.atomic():
        key = f"remind:{person.pk}:{timezone.localdate(now).isoformat()}"
        if not enqueue(key=key, to=person.email, language=person.language, subject=subject, body=body):
            return False
        rows = [
            ReminderSent(
                person=person, measure=item.measure, reason=reason, is_escalation=item.is_escalation, sent_at=now
            )
            for item in digest.items
            for reason in item.fresh
        ]
        ReminderSent.objects.bulk_create(rows)
    return True
