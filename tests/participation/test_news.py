"""Whoever contributed or follows hears of it: once, and nothing that they may not see."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEntry, OutboxMail, User
from participation import services
from participation.models import (
    Dialogue,
    Frequency,
    Moderation,
    News,
    NewsCursor,
    Notification,
    Publication,
    Result,
    Subscription,
    ToldEntry,
    Why,
)
from step.models import Status, Visibility
from step.services import change_status, set_visibility
from tests.factories.dialogue import another_citizen, make_dialogue, make_loop, make_voice, office
from tests.factories.step import POINT, make_locality, make_measure, make_plan

pytestmark = pytest.mark.django_db
LUXEMBOURG = ZoneInfo("Europe/Luxembourg")


def told(person: User) -> list[tuple[str, str]]:
    return list(Notification.objects.inbox(person).order_by("pk").values_list("kind", "why"))


def test_an_author_hears_of_moderation_answer_every_status_and_the_end_in_their_language(
    citizen: User, moderator: User, planner: User, office_lead: User
) -> None:
    User.objects.filter(pk=citizen.pk).update(language="fr")
    loop = make_loop()
    voice = make_voice(loop=loop, author=citizen, status=Publication.WAITING, published_at=None)
    measure = make_measure("VM-100")
    services.publish(contribution=voice, by=moderator)
    voice.refresh_from_db()
    services.answer(
        contribution=voice, by=planner, result=Result.ADOPTED, reason="Gut.", unit=office(), measure=measure
    )
    services.close_loop(loop=loop, by=office_lead, summary="Neue Bänke.")
    for status in (Status.PLANNED, Status.RUNNING, Status.DONE):
        measure.refresh_from_db()
        change_status(measure=measure, to=status, reason="", actor=office_lead)
    call_command("work")
    assert told(citizen) == [
        (News.PUBLISHED, Why.OWN),
        (News.ANSWERED, Why.OWN),
        (News.LOOP_CLOSED, Why.OWN),
        (News.MEASURE_STATUS, Why.OWN),
        (News.MEASURE_STATUS, Why.OWN),
        (News.MEASURE_STATUS, Why.OWN),
    ]
    assert len(mail.outbox) == 6
    assert {tuple(m.to) for m in mail.outbox} == {(citizen.email,)}
    assert all(m.extra_headers["Content-Language"] == "fr" and "/fr/" in m.body for m in mail.outbox)
    assert all(m.extra_headers["List-Unsubscribe"].startswith("<http") for m in mail.outbox)


def test_no_mail_repeats_what_the_citizen_wrote(citizen: User, moderator: User, planner: User) -> None:
    voice = make_voice("Mein Garten ist nass.", author=citizen, status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    voice.refresh_from_db()
    services.answer(contribution=voice, by=planner, result=Result.REJECTED, reason="Nein, weil.", unit=office())
    call_command("work")
    assert len(mail.outbox) == 2
    assert not any("Garten" in m.body + m.subject for m in mail.outbox)
    assert "Nein, weil." in mail.outbox[1].body


def test_a_second_run_tells_nothing_twice(citizen: User, moderator: User) -> None:
    voice = make_voice(author=citizen, status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    for _run in range(3):
        call_command("work")
    assert len(mail.outbox) == Notification.objects.count() == 1


def test_two_workers_tell_an_entry_once(citizen: User, moderator: User) -> None:
    voice = make_voice(author=citizen, status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    ToldEntry.objects.create(entry=AuditEntry.objects.get(action="contribution.publish").pk)  # the other one
    services.tell_news()
    assert not Notification.objects.exists()


def test_an_entry_that_was_committed_late_is_told_although_later_ones_are(citizen: User) -> None:
    """A transaction may end after one that began later: its entry has the lower number."""
    measure = make_measure()
    services.follow(user=citizen, record=measure)
    late, early = (AuditEntry.objects.count() + n for n in (1000, 2000))
    fields = {"action": "measure.status", "record": f"step.measure:{measure.pk}", "after": {"status": "running"}}
    AuditEntry.objects.bulk_create([AuditEntry(pk=early, **fields)])
    assert services.tell_news() == 1
    AuditEntry.objects.bulk_create([AuditEntry(pk=late, **fields)])
    assert services.tell_news() == 1


def test_the_cursor_follows_after_a_day_and_the_notes_below_it_go(citizen: User, moderator: User) -> None:
    voice = make_voice(author=citizen, status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    services.tell_news()
    assert ToldEntry.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert services.tell_news() == 0
    assert not ToldEntry.objects.exists()
    assert NewsCursor.objects.get().told_until == AuditEntry.objects.latest("pk").pk


def test_one_broken_entry_does_not_silence_the_others(citizen: User, moderator: User) -> None:
    measure = make_measure()
    record("measure.status", measure)  # without the status
    voice = make_voice(author=citizen, status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    services.tell_news()
    assert told(citizen) == [(News.PUBLISHED, Why.OWN)]


def test_followers_hear_of_what_they_follow_and_nobody_of_their_own_act(
    citizen: User, office_lead: User, moderator: User
) -> None:
    plan, place = make_plan(), make_locality()
    measure = make_measure(localities=[place], geometry=POINT)
    people = {name: another_citizen(name) for name in ("Plan", "Ort", "Nah", "Fern")}
    for person, followed in (
        (citizen, measure),
        (office_lead, measure),
        (people["Plan"], plan),
        (people["Ort"], place),
    ):
        services.follow(user=person, record=followed)
    services.follow(user=citizen, record=plan)  # two reasons, one piece of news
    near, far = [5.8908, 49.5236], [5.8402, 49.5210]
    for name, point in (("Nah", near), ("Fern", far)):
        Subscription.objects.create(
            user=people[name], geometry={"type": "Point", "coordinates": point}, confirmed_at=timezone.now()
        )
    change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    services.tell_news()
    heard = set(Notification.objects.values_list("user__pseudonym", flat=True))
    assert heard == {"Ana", "Plan", "Ort", "Nah"}
    assert Notification.objects.count() == 4


def test_a_new_dialogue_is_told_to_whoever_follows_its_locality(as_role: Callable[..., Client], citizen: User) -> None:
    place = make_locality()
    services.follow(user=citizen, record=place)
    dialogue = make_dialogue(is_public=False, locality=place)
    client = as_role("office_lead")
    page = f"/admin/participation/dialogue/{dialogue.pk}/change/"
    form = client.get(page).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"is_public": "on"}
    for prefix in ("loops", "questions"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert client.post(page, data).status_code == 302
    assert Dialogue.objects.get().is_public
    services.tell_news()
    assert told(citizen) == [(News.NEW_DIALOGUE, Why.FOLLOWED)]


def test_in_a_dialogue_that_publishes_at_once_followers_hear_of_a_new_contribution(citizen: User) -> None:
    loop = make_loop(make_dialogue(moderation=Moderation.AFTER))
    services.follow(user=citizen, record=loop.dialogue)
    voice = make_voice(loop=loop, status=Publication.PUBLISHED)
    record("contribution.submit", voice, after={"status": "published"})
    services.tell_news()
    assert told(citizen) == [(News.NEW_CONTRIBUTION, Why.FOLLOWED)]


def test_of_a_hidden_contribution_only_its_author_hears(citizen: User, moderator: User) -> None:
    voice = make_voice(author=citizen)
    bruno = another_citizen()
    services.follow(user=bruno, record=voice.loop.dialogue)
    services.follow(user=bruno, record=voice)
    services.hide(contribution=voice, by=moderator, reason="Nennt einen Nachbarn.")
    services.tell_news()
    assert told(citizen) == [(News.HIDDEN, Why.OWN)]
    assert told(bruno) == []


def test_news_of_what_has_become_internal_or_hidden_vanish_from_page_count_and_mail(
    citizen: User, office_lead: User, moderator: User, as_role: Callable[..., Client]
) -> None:
    measure = make_measure(title="Geheime Halle")
    voice = make_voice(measure=measure)
    services.follow(user=citizen, record=measure, frequency=Frequency.NOW)
    change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    record("contribution.submit", voice, after={"status": "published"})
    assert services.tell_news() == 2
    client = as_role("citizen")
    assert client.get("/de/dialog/neuigkeiten/").context["unread"] == 2
    services.hide(contribution=voice, by=moderator, reason="Weil.")
    assert client.get("/de/dialog/neuigkeiten/").context["unread"] == 1
    set_visibility(measure=measure, to=Visibility.INTERNAL, actor=office_lead)
    page = client.get("/de/dialog/neuigkeiten/")
    assert page.context["unread"] == 0
    assert "Halle" not in page.content.decode()
    services.mail_news(timezone.now())
    assert not OutboxMail.objects.filter(to=citizen.email).exists()


@pytest.mark.parametrize(
    ("frequency", "day", "hour", "last"),
    [
        (Frequency.DAILY, 25, 6, (24, 7)),
        (Frequency.DAILY, 25, 7, (25, 7)),
        (Frequency.WEEKLY, 23, 6, (16, 7)),  # a Monday
        (Frequency.WEEKLY, 23, 7, (23, 7)),
        (Frequency.WEEKLY, 25, 5, (23, 7)),
    ],
)
def test_a_digest_falls_due_in_the_morning_of_luxembourg(
    frequency: Frequency, day: int, hour: int, last: tuple[int, int]
) -> None:
    now = dt.datetime(2026, 11, day, hour, 0, tzinfo=LUXEMBOURG)
    assert frequency.period_end(now) == dt.datetime(2026, 11, *last, tzinfo=LUXEMBOURG)


def test_a_digest_gathers_the_news_of_the_day_in_one_mail(citizen: User, office_lead: User) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 25, 15, 0, tzinfo=LUXEMBOURG)) as clock:
        for _number in range(3):
            measure = make_measure()
            services.follow(user=citizen, record=measure, frequency=Frequency.DAILY)
            change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
        services.tell_news()
        assert services.mail_news(timezone.now()) == 0
        clock.move_to(dt.datetime(2026, 11, 26, 7, 1, tzinfo=LUXEMBOURG))
        assert [services.mail_news(timezone.now()) for _run in range(2)] == [1, 0]
    row = OutboxMail.objects.get()
    assert "3" in row.subject
    assert row.body.count("http") == 4  # three pages, and the way to stop
    assert row.unsubscribe_url in row.body


def test_what_comes_after_a_digest_waits_for_the_next_one(citizen: User, office_lead: User) -> None:
    measure = make_measure()
    services.follow(user=citizen, record=measure, frequency=Frequency.DAILY)
    with time_machine.travel(dt.datetime(2026, 11, 26, 8, 0, tzinfo=LUXEMBOURG), tick=False) as clock:
        change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
        services.tell_news()
        yesterday = timezone.now() - dt.timedelta(hours=12)
        Notification.objects.update(created_at=yesterday)
        assert services.mail_news(timezone.now()) == 1
        Notification.objects.update(mail_done_at=None)  # stored late by a slow transaction
        assert services.mail_news(timezone.now()) == 0
        clock.move_to(dt.datetime(2026, 11, 27, 8, 0, tzinfo=LUXEMBOURG))
        assert services.mail_news(timezone.now()) == 1


def test_news_are_marked_as_read_one_by_one_or_all_and_only_by_their_reader(
    citizen: User, office_lead: User, as_role: Callable[..., Client]
) -> None:
    measure = make_measure()
    for person in (citizen, another_citizen()):
        services.follow(user=person, record=measure)
    for status in (Status.RUNNING, Status.DONE):
        measure.refresh_from_db()
        change_status(measure=measure, to=status, reason="", actor=office_lead)
    services.tell_news()
    client = as_role("citizen")
    assert 'class="badge-count">2<' in client.get("/de/").content.decode()
    mine, other = (Notification.objects.filter(user=p).first() for p in (citizen, User.objects.get(pseudonym="Bruno")))
    client.post("/de/dialog/neuigkeiten/gelesen/", {"news": other.pk})
    client.post("/de/dialog/neuigkeiten/gelesen/", {"news": mine.pk})
    assert Notification.objects.unread().filter(user=citizen).count() == 1
    client.post("/de/dialog/neuigkeiten/gelesen/")
    assert not Notification.objects.unread().filter(user=citizen).exists()
    assert Notification.objects.unread().filter(pk=other.pk).exists()
    assert "badge-count" not in client.get("/de/").content.decode()


@pytest.mark.parametrize("path", ["/de/dialog/neuigkeiten/", "/de/dialog/abos/", "/de/konto/meine-daten/"])
def test_thirty_rows_cost_as_many_queries_as_three(
    path: str, citizen: User, office_lead: User, as_role: Callable[..., Client]
) -> None:
    client = as_role("citizen")

    def add(number: int) -> None:
        for _row in range(number):
            measure = make_measure()
            services.follow(user=citizen, record=measure)
            voice = make_voice(author=citizen)
            services.follow(user=citizen, record=voice.loop.dialogue)
            record("contribution.answer", voice, after={"result": "adopted"})
            change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
        services.tell_news()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    add(3)
    queries()
    few = queries()
    add(27)
    assert queries() == few


def test_the_unread_count_costs_one_query(citizen: User, as_role: Callable[..., Client]) -> None:
    client = as_role("citizen")
    client.get("/de/impressum/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/de/impressum/")
    assert len([q for q in captured if "participation_notification" in q["sql"]]) == 1


def test_telling_hundreds_of_people_takes_no_query_for_each(office_lead: User) -> None:
    def cost(number: int) -> int:
        measure = make_measure()
        people = [User(email=f"p{measure.pk}-{n}@example.lu") for n in range(number)]
        now = timezone.now()
        Subscription.objects.bulk_create(
            Subscription(user=person, measure=measure, confirmed_at=now) for person in User.objects.bulk_create(people)
        )
        change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
        with CaptureQueriesContext(connection) as captured:
            assert services.tell_news() == number
        return len(captured)

    cost(1)
    assert cost(300) <= cost(3) + 6  # SQLite takes long lists of rows in several pieces
