"""Mails wait in the database."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import OutboxMail
from accounts.outbox import enqueue

pytestmark = pytest.mark.django_db
MAIL = {"to": "ana@example.lu", "language": "pt", "subject": "Resposta", "body": "Obrigado."}


def test_the_same_news_is_put_in_the_outbox_once() -> None:
    assert enqueue(key="answered:1:ana", **MAIL)
    assert not enqueue(key="answered:1:ana", **{**MAIL, "body": "Outra vez."})
    assert OutboxMail.objects.get().body == "Obrigado."


def test_a_mail_is_not_written_when_the_change_that_it_tells_about_fails() -> None:
    with transaction.atomic():
        enqueue(key="answered:1:ana", **MAIL)
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


def test_a_line_break_in_the_subject_cannot_add_a_header() -> None:
    enqueue(key="k", **{**MAIL, "subject": "Hello\r\nBcc: all@example.lu"})
    assert OutboxMail.objects.get().subject == "Hello Bcc: all@example.lu"


def test_only_what_is_unsent_and_whose_time_has_come_is_due() -> None:
    now = timezone.now()
    enqueue(key="due", **MAIL)
    enqueue(key="later", not_before=now + dt.timedelta(days=1), **MAIL)
    enqueue(key="sent", **MAIL)
    OutboxMail.objects.filter(key="sent").update(sent_at=now)
    assert [mail.key for mail in OutboxMail.objects.due(timezone.now())] == ["due"]
