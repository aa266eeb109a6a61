"""Draining the outbox: each mail is claimed, handed to the mail server, and marked as sent.

| killed …                    | what it leaves     | what happens next                                         |
|-----------------------------|--------------------|-----------------------------------------------------------|
| before the claim            | a waiting mail     | the next run sends it                                     |
| between claim and handing   | a claim            | it expires after ten minutes, then a run sends the mail   |
| between handing and marking | an *unclear* mail  | nobody sends it again by itself: staff see it and decide  |
| after marking               | a sent mail        | nothing                                                   |

So no mail goes out twice by itself and none is lost without a trace; docs/decisions/025 weighs the trade. Claim and
handing are conditional updates, so that any number of workers on any number of machines share one outbox. The
Message-ID is derived from the key: whoever sends an unclear mail again sends the same message.
"""

import datetime as dt
import hashlib
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.utils import DNS_NAME
from django.db.models import F
from django.utils import timezone

from accounts.models import OutboxMail

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
FIRST_DELAY = dt.timedelta(minutes=1)
LONGEST_DELAY = dt.timedelta(days=1)
AWAY_DELAY = dt.timedelta(minutes=1)
# The server answered, and its answer was no; or the mail cannot be written at all. Anything else may have gone out.
REFUSED = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    ValueError,
)


@dataclass
class Tally:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    unclear: int = 0
    server_away: bool = False


def never() -> bool:
    return False


def send_due(*, limit: int = 200, stop: Callable[[], bool] = never) -> Tally:
    """Send up to `limit` mails whose time has come. `stop` is asked between two mails."""
    tally = Tally()
    keys = OutboxMail.objects.due(timezone.now()).values_list("pk", flat=True)[:limit]
    for pk in list(keys):
        if stop() or tally.server_away:
            break
        if mail := _claim(pk):
            _send(mail, tally)
    return tally


def delay_after(attempts: int) -> dt.timedelta:
    """1 minute, 4, 16, about an hour, 4 hours, 17 hours, then a day."""
    return min(FIRST_DELAY * 4 ** (attempts - 1), LONGEST_DELAY)


def _claim(pk: int) -> OutboxMail | None:
    """The mail, if it is ours now; None if another worker was faster."""
    now = timezone.now()
    if not OutboxMail.objects.due(now).order_by().filter(pk=pk).update(claimed_at=now):
        return None
    return OutboxMail.objects.get(pk=pk)


def _send(mail: OutboxMail, tally: Tally) -> None:
    """Each mail has a connection of its own, so that one that breaks says something about this mail only."""
    connection = get_connection()
    try:
        message = message_of(mail, connection)
        message.message()  # what cannot be written is found before it is handed over
    except ValueError as error:
        _failed(mail, error, tally)
        return
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _server_away(mail, error, tally)
        return
    try:
        if _hand(mail):
            _deliver(mail, message, tally)
    finally:
        connection.close()


def _hand(mail: OutboxMail) -> bool:
    """Note that it goes to the server now; False if our claim had expired and another worker took it."""
    now = timezone.now()
    ours = OutboxMail.objects.filter(pk=mail.pk, claimed_at=mail.claimed_at, handed_at=None, sent_at=None)
    return bool(ours.update(handed_at=now, attempts=F("attempts") + 1))


def _deliver(mail: OutboxMail, message: EmailMessage, tally: Tally) -> None:
    try:
        message.send()
    except REFUSED as error:
        _failed(mail, error, tally)
    except Exception as error:  # whatever a mail backend raises: the mail may have gone out or not
        logger.exception("mail %s: unclear whether it went out", mail.pk)
        OutboxMail.objects.filter(pk=mail.pk).update(last_error=_told(error))
        tally.unclear += 1
    else:
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), claimed_at=None, last_error="")
        tally.sent += 1


def _failed(mail: OutboxMail, error: Exception, tally: Tally) -> None:
    """Surely not sent: try again later, or give up and keep the reason."""
    now = timezone.now()
    attempts = mail.attempts + 1
    fields: dict[str, Any] = {"attempts": attempts, "claimed_at": None, "handed_at": None, "last_error": _told(error)}
    if attempts >= MAX_ATTEMPTS:
        logger.error("mail %s given up after %d attempts: %s", mail.pk, attempts, error)
        fields["given_up_at"] = now
    else:
        fields["not_before"] = now + delay_after(attempts)
    OutboxMail.objects.filter(pk=mail.pk).update(**fields)
    tally.failed += 1


def _server_away(mail: OutboxMail, error: Exception, tally: Tally) -> None:
    """Not this mail's fault, so it costs no attempt: mails outlast any outage of the server."""
    logger.error("the mail server cannot be reached: %s", error)
    OutboxMail.objects.filter(pk=mail.pk).update(
        claimed_at=None, not_before=timezone.now() + AWAY_DELAY, last_error=_told(error)
    )
    tally.server_away = True


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def message_of(mail: OutboxMail, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The mail as it goes out."""
    headers = {
        "Message-ID": message_id(mail.key),
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers, connection=connection
    )


def message_id(key: str) -> str:
    """The same for the same key, and not to be turned back into it."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:40]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or str(DNS_NAME)
    return f"<{digest}@{domain}>"
