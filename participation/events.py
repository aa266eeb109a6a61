"""What is news: which acts of the audit trail are told, and to whom. The table `EVENTS` stands at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from accounts.models import AuditEntry
from participation.models import Contribution, Dialogue, Loop, News, Publication, Subscription, Why
from participation.models.following import SubscriptionQuerySet
from participation.recipients import Recipient, around_contribution, around_measure, concerned, following, near
from step.models import Measure, Visibility


@dataclass
class Item:
    """One kind of news to some people, about some records."""

    kind: News
    recipients: Iterable[Recipient]
    about: dict[str, Any] = field(default_factory=dict)
    value: str = ""


def _record(entry: AuditEntry, rows: models.QuerySet[Any]) -> Any:
    """The record of an entry; None where it is gone."""
    return rows.filter(pk=int(entry.record.rpartition(":")[2])).first()


def _contribution(entry: AuditEntry) -> tuple[Contribution | None, Any]:
    """The contribution, and as a queryset of one for those whom it concerns."""
    found = _record(entry, Contribution.objects.select_related("loop"))
    return found, Contribution.objects.filter(pk__in=[found.pk] if found else [])


def _submitted(entry: AuditEntry) -> Iterator[Item]:
    """News only in a dialogue where contributions appear at once."""
    if entry.after.get("status") == Publication.PUBLISHED:
        found, _rows = _contribution(entry)
        if found:
            mine = {f"u{found.author_id}"}
            others = (r for r in following(around_contribution(found)) if r.key not in mine)
            yield Item(News.NEW_CONTRIBUTION, others, {"contribution": found})


def _published(entry: AuditEntry) -> Iterator[Item]:
    found, rows = _contribution(entry)
    if found and entry.before.get("status") != Publication.PUBLISHED:
        yield Item(News.PUBLISHED, concerned(rows), {"contribution": found})
        yield Item(News.NEW_CONTRIBUTION, following(around_contribution(found)), {"contribution": found})


def _hidden(entry: AuditEntry) -> Iterator[Item]:
    """Only its author hears of it."""
    found, rows = _contribution(entry)
    if found:
        own = (recipient for recipient in concerned(rows) if recipient.why == Why.OWN)
        yield Item(News.HIDDEN, own, {"contribution": found})


def _answered(entry: AuditEntry) -> Iterator[Item]:
    found, rows = _contribution(entry)
    if found:
        value = str(entry.after.get("result", ""))
        yield Item(News.ANSWERED, concerned(rows), {"contribution": found}, value)
        yield Item(News.ANSWERED, following(around_contribution(found)), {"contribution": found}, value)


def _moved_on(entry: AuditEntry) -> Iterator[Item]:
    """A measure has another status: whoever had their say on it hears it, every time."""
    measure = _record(entry, Measure.objects.all())
    if measure:
        voices = Contribution.objects.voices_of(measure).published()
        value = str(entry.after["status"])
        yield Item(News.MEASURE_STATUS, concerned(voices), {"measure": measure}, value)
        yield Item(News.MEASURE_STATUS, following(around_measure(measure)), {"measure": measure}, value)


def _measure_public(entry: AuditEntry) -> Iterator[Item]:
    measure = _record(entry, Measure.objects.all())
    if measure and entry.after.get("visibility") == Visibility.PUBLIC:
        yield Item(News.NEW_MEASURE, following(around_measure(measure)), {"measure": measure})


def _loop_closed(entry: AuditEntry) -> Iterator[Item]:
    loop = _record(entry, Loop.objects.select_related("dialogue"))
    if loop:
        about = {"loop": loop, "dialogue": loop.dialogue}
        yield Item(News.LOOP_CLOSED, concerned(Contribution.objects.filter(loop=loop).published()), about)
        yield Item(News.LOOP_CLOSED, following(_around_dialogue(loop.dialogue)), about)


def _dialogue_public(entry: AuditEntry) -> Iterator[Item]:
    dialogue = _record(entry, Dialogue.objects.all())
    if dialogue:
        yield Item(News.NEW_DIALOGUE, following(_around_dialogue(dialogue)), {"dialogue": dialogue})


def _around_dialogue(dialogue: Dialogue) -> SubscriptionQuerySet:
    """Who follows the dialogue, what it is about, or a place near it."""
    rows = Subscription.objects.filter(dialogue=dialogue)
    if dialogue.measure:
        rows |= around_measure(dialogue.measure)
    if dialogue.plan_id:
        rows |= Subscription.objects.filter(plan=dialogue.plan_id)
    if dialogue.locality:
        rows |= Subscription.objects.filter(locality=dialogue.locality) | near(dialogue.locality.outline)
    return rows


EVENTS: dict[str, Callable[[AuditEntry], Iterator[Item]]] = {
    "contribution.submit": _submitted,
    "contribution.publish": _published,
    "contribution.hide": _hidden,
    "contribution.answer": _answered,
    "measure.status": _moved_on,
    "measure.visibility": _measure_public,
    "loop.close": _loop_closed,
    "dialogue.publish": _dialogue_public,
}
