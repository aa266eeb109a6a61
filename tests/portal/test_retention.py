"""What has been kept long enough goes by itself, and the register says the same as the rules."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.models import OutboxMail, User
from accounts.outbox import enqueue
from common.retention import months_before
from differdange_portal.management.commands.retention import RULES
from participation.models import Contribution, Loop, Notification, Subscription
from tests.factories.dialogue import make_loop, make_voice
from tests.factories.step import make_measure

db = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [((2026, 8, 31), 6, (2026, 2, 28)), ((2026, 1, 15), 1, (2025, 12, 15)), ((2028, 3, 31), 1, (2028, 2, 29))],
)
def test_months_are_counted_as_people_count_them(
    day: tuple[int, int, int], months: int, before: tuple[int, int, int]
) -> None:
    assert months_before(dt.datetime(*day), months) == dt.datetime(*before)


@db
def test_names_and_addresses_go_months_after_the_feedback_and_the_text_stays(citizen: User) -> None:
    now = timezone.now()
    loops = {age: make_loop() for age in (5, 7)}
    for age, loop in loops.items():
        make_voice(f"vor {age}", loop=loop, author_name="Rosa", email="rosa@example.lu")
        make_voice(f"Konto {age}", loop=loop, author=citizen, author_name="Ana")
        Loop.objects.filter(pk=loop.pk).update(closed_at=months_before(now, age), summary="Danke.")
    make_voice("noch offen", author_name="Rosa", email="rosa@example.lu")
    alone = [make_voice(f"allein {age}", measure=make_measure(), email="rosa@example.lu") for age in (11, 13)]
    for voice, age in zip(alone, (11, 13), strict=True):
        Contribution.objects.filter(pk=voice.pk).update(created_at=months_before(now, age))
    call_command("retention", "--dry-run", verbosity=0)
    assert Contribution.objects.filter(email="rosa@example.lu").count() == 5
    call_command("retention")
    kept = set(Contribution.objects.exclude(email="").values_list("text", flat=True))
    assert kept == {"vor 5", "noch offen", "allein 11"}
    assert Contribution.objects.get(text="vor 7").author_name == ""
    assert Contribution.objects.get(text="Konto 7").author == citizen  # with an account, they decide themselves


@db
def test_mails_news_sessions_and_unconfirmed_addresses_go_in_their_time(citizen: User) -> None:
    now = timezone.now()
    for key, days in (("new", 29), ("old", 31)):
        enqueue(key=key, to="a@example.lu", language="de", subject="S", body="Text")
        OutboxMail.objects.filter(key=key).update(sent_at=now - dt.timedelta(days=days))
    enqueue(key="unsent", to="a@example.lu", language="de", subject="S", body="Text")
    enqueue(key="ancient", to="a@example.lu", language="de", subject="S", body="Text")
    OutboxMail.objects.filter(key="ancient").update(created_at=now - dt.timedelta(days=400))
    for days in (6, 8):
        Subscription.objects.create(
            email="a@example.lu", measure=make_measure(), created_at=now - dt.timedelta(days=days)
        )
    for key, days in (("k", 700), ("l", 740)):
        Notification.objects.create(
            key=key, user=citizen, kind="new_measure", why="own", frequency="now",
            created_at=now - dt.timedelta(days=days),
        )  # fmt: skip
    Session.objects.create(session_key="s", session_data="", expire_date=now - dt.timedelta(days=1))
    call_command("retention")
    assert dict(OutboxMail.objects.values_list("key", "body")) == {"new": "Text", "old": "", "unsent": "Text"}
    assert OutboxMail.objects.get(key="old").to == ""
    assert Subscription.objects.count() == Notification.objects.count() == 1
    assert not Session.objects.exists()


def test_the_register_lists_every_rule_and_nothing_else() -> None:
    register = (settings.BASE_DIR / "docs" / "privacy.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in register.splitlines() if line.startswith("| `")}
    assert {rule.key for rule in RULES} == listed
