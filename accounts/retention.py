"""How long mails and sessions are kept."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models

from accounts.models import OutboxMail
from common.retention import Rule, months_before


def _with_text(now: dt.datetime) -> models.QuerySet[OutboxMail]:
    sent = OutboxMail.objects.filter(sent_at__lt=now - dt.timedelta(days=settings.RETENTION_MAIL_TEXT_DAYS))
    return sent.exclude(body="", to="")


def _old(now: dt.datetime) -> models.QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(created_at__lt=months_before(now, settings.RETENTION_MAIL_MONTHS))


RULES = [
    Rule(
        key="mail-text",
        what="text and recipient of sent mails",
        after=f"{settings.RETENTION_MAIL_TEXT_DAYS} days after sending",
        due=_with_text,
        apply=lambda rows: rows.update(body="", to="", unsubscribe_url=""),
    ),
    Rule(
        key="mail",
        what="the note that a mail was sent",
        after=f"{settings.RETENTION_MAIL_MONTHS} months",
        due=_old,
        apply=lambda rows: rows.delete(),
    ),
    Rule(
        key="session",
        what="expired sessions, with receipts and typed text in them",
        after="two weeks without a visit",
        due=lambda now: Session.objects.filter(expire_date__lt=now),
        apply=lambda rows: rows.delete(),
    ),
]
