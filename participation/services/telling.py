"""Turning the audit trail into news: each entry is told once, to whoever it concerns.

The trail is the log of events: it is written in the transaction of each change, so nothing that happened is missed and
nothing that failed is told. `participation.events` says which acts are news. An entry's news and the note that it was
told are stored together, so a run that dies is simply repeated. See docs/decisions/026.
"""

import datetime as dt
import logging
from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import AuditEntry
from participation.events import EVENTS, Item
from participation.models import Frequency, News, NewsCursor, Notification, ToldEntry, Why
from participation.recipients import Recipient, each_once

logger = logging.getLogger(__name__)
LONGEST_TRANSACTION = dt.timedelta(days=1)
BATCH = 1000
# Authors get these by `participation.mails`, in the transaction of the act itself.
TOLD_BY_MAIL = {News.PUBLISHED, News.HIDDEN, News.ANSWERED}


def tell_news() -> int:
    """Tell what the audit trail holds and nobody has told yet; returns the number of notifications."""
    told = 0
    for pk in list(_untold().values_list("pk", flat=True).order_by("pk")):
        try:
            told += _tell_once(AuditEntry.objects.get(pk=pk))
        except Exception:  # one broken entry must not silence the others; it is tried again by the next run
            logger.exception("entry %s of the audit trail could not be told", pk)
    _advance()
    return told


def _untold() -> models.QuerySet[AuditEntry]:
    told = ToldEntry.objects.filter(entry=OuterRef("pk"))
    cursor = NewsCursor.objects.order_by("pk").values_list("told_until", flat=True).first() or 0
    return AuditEntry.objects.filter(~Exists(told), action__in=list(EVENTS), pk__gt=cursor)


def _tell_once(entry: AuditEntry) -> int:
    with transaction.atomic():
        _note, is_ours = ToldEntry.objects.get_or_create(entry=entry.pk)
        if not is_ours:
            return 0
        rows = list(_notifications(entry))
        Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _notifications(entry: AuditEntry) -> Iterator[Notification]:
    seen = {f"u{entry.actor_id}"}  # nobody needs to hear of their own act
    for item in EVENTS[entry.action](entry):
        for key, recipient in each_once(item.recipients).items():
            directly = recipient.why == Why.OWN and item.kind in TOLD_BY_MAIL
            if key not in seen and (recipient.user or not directly):  # without an inbox, the mail has told it
                yield _notification(f"{entry.pk}:{key}", item, recipient, directly)
            seen.add(key)


def _notification(key: str, item: Item, recipient: Recipient, directly: bool) -> Notification:
    now = timezone.now()
    no_mail = recipient.frequency == Frequency.NEVER or (directly and recipient.frequency == Frequency.NOW)
    return Notification(
        key=key,
        user_id=recipient.user,
        email=recipient.email,
        language=recipient.language,
        kind=item.kind,
        why=recipient.why,
        value=item.value,
        subscription_id=recipient.subscription,
        frequency=recipient.frequency,
        mail_done_at=now if no_mail else None,
        created_at=now,
        **item.about,
    )


def _advance() -> None:
    """Move the cursor over what is older than any transaction can last, and drop the notes below it."""
    old = AuditEntry.objects.filter(at__lt=timezone.now() - LONGEST_TRANSACTION)
    if first := _untold().filter(at__lt=timezone.now() - LONGEST_TRANSACTION).order_by("pk").first():
        old = old.filter(pk__lt=first.pk)
    last = old.aggregate(last=models.Max("pk"))["last"]
    if last and NewsCursor.objects.filter(told_until__lt=last).update(told_until=last):
        ToldEntry.objects.filter(entry__lte=last).delete()
