"""Mails are first written to the database, with what they tell about, and sent afterwards by `send_outbox`.

So none is lost when the mail server or the process is away, and the unique key keeps any from being written twice.
"""

import datetime as dt

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
) -> bool:
    """Put a mail into the outbox; False if one with this key is there already.

    `key` says what is told to whom, for example `answered:17:ana@example.lu`. Call it inside the transaction of the
    change, so that both are stored or neither.
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
        },
    )
    return created
