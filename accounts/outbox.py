"""Mails are first written to the database, with what they tell about, and sent afterwards by `accounts.sending`.

So none is lost when the mail server or the process is away, and the unique key keeps any from being written twice.
"""

import datetime as dt

from django.db import models
from django.utils import timezone

from accounts.models import OutboxMail


def enqueue(
    *,
    key: str,
    to: str,
    language: str,
    subject: str,
    body: str,
    not_before: dt.datetime | None = None,
    unsubscribe_url: str = "",
    about: models.Model | None = None,
) -> bool:
    """Put a mail into the outbox; False if one with this key is there already.

    `key` says what is told to whom, for example `answered:17:ana@example.lu`. Call it inside the transaction of the
    change, so that both are stored or neither. `unsubscribe_url` is absolute and takes a POST (RFC 8058).
    `about` is the record whose words the mail may repeat: when they are deleted, `forget` deletes the mail with them.
    """
    _mail, created = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:200],  # a line break would be a second header
            "body": body,
            "not_before": not_before or timezone.now(),
            "unsubscribe_url": unsubscribe_url,
            "about": record_key(about) if about else "",
        },
    )
    return created


def record_key(obj: models.Model) -> str:
    """`app.model:pk`, as in the audit trail."""
    return f"{obj._meta.label_lower}:{obj.pk}"


def forget(about: models.Model) -> None:
    """Delete the mails about a record: what waits is not sent any more, and what was sent leaves no copy here."""
    OutboxMail.objects.filter(about=record_key(about)).delete()
