"""Reminders: one calm mail, on days 1, 7 and 30, then to the deputy."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import OutboxMail, User
from accounts.roles import Role
from step.models import Measure, ReminderSent, Visibility
from step.reminders import digests
from tests.conftest import make_person
from tests.factories.step import make_budget, make_goal, make_measure, make_unit

START = dt.datetime(2026, 3, 2, 7, 0, tzinfo=dt.UTC)
LATE = {"status": "running", "forecast_end": dt.date(2026, 2, 1)}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def on_day(clock: Any, number: int) -> int:
    """Run the command on the n-th day, the first being 1; how many mails there are by then."""
    clock.move_to(START + dt.timedelta(days=number - 1))
    call_command("remind", verbosity=0)
    return OutboxMail.objects.count()


def complete(code: str = "VM-91", **fields: Any) -> Measure:
    """A measure without any gap."""
    values = {"responsible_unit": make_unit(), "goals": [make_goal()], "is_citywide": True, **LATE, **fields}
    measure = make_measure(code, **values)
    make_budget(measure, planned=1)
    return measure


def test_what_is_late_is_told_on_days_1_7_and_30_and_then_no_more(planner: User, clock: Any) -> None:
    complete(responsible_person=planner)
    sent = [on_day(clock, day) for day in range(1, 60)]
    assert [day for day, number in enumerate(sent, start=1) if number > (sent[day - 2] if day > 1 else 0)] == [1, 7, 30]


def test_one_mail_lists_everything_in_the_language_of_the_person_with_its_form(planner: User, settings: Any) -> None:
    settings.PORTAL_URL = "https://portal.example.lu"
    planner.language = "en"
    planner.save()
    late = complete("VM-91", responsible_person=planner, title="Radweg & Allee")
    make_measure("VM-92", responsible_person=planner, status="planned")
    make_measure("VM-93", responsible_person=planner, status="done")
    call_command("remind", verbosity=0)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.language) == (planner.email, "en")
    assert f"https://portal.example.lu/admin/step/measure/{late.pk}/change/" in mail.body
    assert "Radweg & Allee" in mail.body
    assert "VM-92" in mail.body
    assert "VM-93" not in mail.body


def test_a_second_run_and_a_dry_run_send_nothing(planner: User, capsys: Any) -> None:
    complete(responsible_person=planner)
    call_command("remind", "--dry-run")
    assert not OutboxMail.objects.exists()
    assert not ReminderSent.objects.exists()
    assert "VM-91 (late)" in capsys.readouterr().out
    call_command("remind")
    call_command("remind")
    assert OutboxMail.objects.count() == 1


def test_never_more_than_one_mail_in_five_days(planner: User, clock: Any) -> None:
    complete("VM-91", responsible_person=planner)
    assert on_day(clock, 1) == 1
    complete("VM-92", responsible_person=planner)
    assert [on_day(clock, day) for day in (2, 3, 4, 5)] == [1] * 4
    assert on_day(clock, 6) == 2
    assert "VM-92" in OutboxMail.objects.order_by("pk").last().body


def test_an_answer_counts_anew(planner: User, clock: Any) -> None:
    measure = complete(responsible_person=planner)
    on_day(clock, 1)
    clock.shift(dt.timedelta(hours=3))
    measure.save()
    assert on_day(clock, 6) == 2  # still late, so it begins again, though not within five days
    assert [row.is_answered(Measure.objects.get()) for row in ReminderSent.objects.all()] == [True, False]


def test_the_deputy_is_told_once_after_the_third(planner: User, office_lead: User, clock: Any) -> None:
    complete(responsible_person=planner, deputy_person=office_lead)
    for day in (1, 7, 30):
        on_day(clock, day)
    assert on_day(clock, 36) == 3
    assert on_day(clock, 37) == 4
    mail = OutboxMail.objects.order_by("pk").last()
    assert mail.to == office_lead.email
    assert [on_day(clock, day) for day in (38, 45, 60)] == [4, 4, 4]


def test_nobody_escalates_what_was_answered(planner: User, office_lead: User, clock: Any) -> None:
    measure = complete(responsible_person=planner, deputy_person=office_lead)
    for day in (1, 7, 30):
        on_day(clock, day)
    measure.confirmed_on = timezone.localdate()
    measure.save(update_fields=["confirmed_on"])
    on_day(clock, 40)
    assert not OutboxMail.objects.filter(to=office_lead.email).exists()


def test_the_deputy_stands_in_for_who_has_left(planner: User, office_lead: User) -> None:
    complete(responsible_person=planner, deputy_person=office_lead)
    User.objects.filter(pk=planner.pk).update(is_active=False)
    call_command("remind", verbosity=0)
    assert OutboxMail.objects.get().to == office_lead.email


def test_nobody_is_told_of_a_measure_they_may_not_see(db: None) -> None:
    council = make_person(Role.COUNCIL)
    complete(responsible_person=council, visibility=Visibility.DRAFT)
    call_command("remind", verbosity=0)
    assert not OutboxMail.objects.exists()


def test_it_asks_as_often_for_thirty_measures_as_for_three(planner: User) -> None:
    def queries(first: int, last: int) -> int:
        for number in range(first, last):
            make_measure(f"VM-{100 + number}", responsible_person=planner, **LATE)
        with CaptureQueriesContext(connection) as asked:
            assert digests(timezone.now())
        return len(asked)

    assert queries(0, 3) == queries(3, 30)
