"""Events: who sees them, who has a place, and the calendar files."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AuditEntry, OutboxMail, User
from participation.models import Contribution, Event, Registration, Seat
from participation.services import events as services
from tests.factories.events import make_event, make_registration
from tests.factories.polls import make_loop
from tests.factories.step import POINT
from tests.page import PageClient
from tests.step.test_growth import queries

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


def address(event: Event, more: str = "") -> str:
    return f"/de/dialog/termine/{event.pk}/{more}"


def seats(event: Event) -> list[tuple[str, str]]:
    return list(event.registrations.order_by("number").values_list("email", "status"))


def link_to(email: str) -> str:
    """The path of the link in the last mail to somebody."""
    mail = OutboxMail.objects.filter(to=email).order_by("-pk").first()
    return re.search(r"/\w\w/dialog/anmeldung/\S+/", mail.body)[0]


# --- Reading


def test_the_list_parts_what_comes_from_what_was(client: Client) -> None:
    make_event(title="Kommt bald")
    make_event(title="War schon", starts_at=NOW - 5 * DAY, minutes="<p>Beschlossen.</p>")
    upcoming, past = client.get("/de/dialog/termine/").content.decode().split('id="past"')
    assert "Kommt bald" in upcoming
    assert "War schon" not in upcoming
    assert "War schon" in past


def test_an_event_that_is_not_public_leaves_no_trace(client: Client, citizen: User) -> None:
    loop = make_loop(is_public=False)
    hidden = [
        make_event(title="Geheim", is_public=False, dialogue=None),
        make_event(title="Geheim", dialogue=loop.dialogue),
    ]
    client.force_login(citizen)
    month = timezone.localdate(hidden[0].starts_at)
    for path in ("/de/", "/de/dialog/", "/de/dialog/termine/", f"/de/dialog/termine/{month.year}/{month.month}/"):
        assert "Geheim" not in client.get(path).content.decode()
    assert b"Geheim" not in client.get("/de/dialog/termine/kalender.ics").content
    for event in hidden:
        assert client.get(address(event)).status_code == 404
        assert client.post(address(event), {"email": "a@b.lu"}).status_code == 404
        assert client.get(address(event, "termin.ics")).status_code == 404


def test_the_next_events_stand_on_the_home_page_and_on_their_dialogue(client: Client) -> None:
    loop = make_loop()
    make_event(title="Rundgang", dialogue=loop.dialogue)
    make_event(title="Anderswo")
    assert "Rundgang" in client.get("/de/").content.decode()
    page = client.get(loop.dialogue.get_absolute_url()).content.decode()
    assert "Rundgang" in page
    assert "Anderswo" not in page


def test_a_page_tells_time_in_luxembourg_and_what_is_known_of_the_place(client: Client) -> None:
    begins = dt.datetime(2027, 7, 1, 16, 0, tzinfo=dt.UTC)
    event = make_event(starts_at=begins, step_free=True, languages=["lb", "fr"], geometry=POINT, body="<p>Hallo</p>")
    page = client.get(address(event)).content.decode()
    assert "18:00" in page
    assert "Français" in page
    assert "place-data" in page


def test_markup_of_an_editor_cannot_run(client: Client) -> None:
    event = make_event(title="<script>alert(1)</script>", body="<p onclick=x>Text</p><script>alert(1)</script>")
    page = client.get(address(event)).content.decode()
    assert "<script>alert" not in page


def test_the_month_lists_its_days_and_leads_to_its_neighbours(client: Client) -> None:
    make_event(title="Silvester", starts_at=dt.datetime(2027, 12, 31, 22, 30, tzinfo=dt.UTC))
    december = client.get("/de/dialog/termine/2027/12/").content.decode()
    assert "Silvester" in december
    assert "/termine/2028/1/" in december
    assert "Silvester" in client.get("/de/dialog/termine/2028/1/").content.decode()
    for wrong in ("1999/1", "2027/0", "2027/13", "99999999/1"):
        assert client.get(f"/de/dialog/termine/{wrong}/").status_code == 404


@pytest.mark.parametrize("path", ["/de/dialog/termine/", "/de/dialog/termine/kalender.ics", "/de/"])
def test_thirty_events_cost_as_many_queries_as_three(client: Client, path: str) -> None:
    loop = make_loop()
    for _index in range(3):
        make_registration(make_event(dialogue=loop.dialogue))
        make_event(starts_at=NOW - 5 * DAY)
    queries(client, path)
    few = queries(client, path)
    for _index in range(30):
        make_registration(make_event(dialogue=loop.dialogue))
        make_event(starts_at=NOW - 5 * DAY)
    assert queries(client, path) == few


def test_what_was_said_there_is_shown_once_published(client: Client) -> None:
    loop, event = make_loop(), make_event()
    for status in ("published", "waiting"):
        Contribution.objects.create(loop=loop, event=event, text=f"Wort {status}", status=status)
    page = client.get(address(event)).content.decode()
    assert "Wort published" in page
    assert "Wort waiting" not in page


# --- Calendars


def test_a_calendar_file_says_the_same_after_reading_it_back(client: Client) -> None:
    begins = dt.datetime(2027, 3, 28, 12, 0, tzinfo=dt.UTC)  # the day on which summer time begins
    title = "Werkstatt; mit, Zeichen\\ und Ümläuten " + "lang " * 20
    event = make_event(title=title[:150], starts_at=begins, geometry=POINT, body="<p>Über &amp; unter<br>Grund</p>")
    response = client.get(address(event, "termin.ics"))
    assert response["Content-Type"].startswith("text/calendar")
    entry = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert str(entry["summary"]) == event.title
    assert entry.decoded("dtstart") == begins
    assert entry.decoded("dtend") == event.ends_at
    assert str(entry["description"]) == "Über & unter Grund"
    assert entry["geo"].latitude == pytest.approx(49.5234)
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))


def test_the_feed_holds_all_public_events_and_says_which_do_not_take_place(client: Client) -> None:
    make_event()
    make_event(is_cancelled=True)
    make_event(is_public=False)
    entries = Calendar.from_ical(client.get("/fr/dialog/termine/kalender.ics").content).walk("VEVENT")
    assert sorted(str(entry["status"]) for entry in entries) == ["CANCELLED", "CONFIRMED"]
    assert len({str(entry["uid"]) for entry in entries}) == 2


# --- Registering


def test_registering_gives_a_place_and_a_mail_whose_link_confirms_and_cancels(client: Client) -> None:
    event = make_event()
    client.post(address(event).replace("/de/", "/fr/"), {"email": "Ana@Example.lu", "name": "Ana"})
    assert seats(event) == [("ana@example.lu", Seat.PLACE)]
    assert OutboxMail.objects.get().language == "fr"
    path = link_to("ana@example.lu")
    assert path.startswith("/fr/")
    client.get(path)
    assert Registration.objects.get().confirmed_at is None  # a scanner that opens links confirms nothing
    client.post(path, {"action": "confirm"})
    assert Registration.objects.get().confirmed_at
    client.post(path, {"action": "cancel"})
    client.post(path, {"action": "cancel"})
    assert seats(event) == [("ana@example.lu", Seat.CANCELLED)]
    assert OutboxMail.objects.filter(key__endswith=":cancelled").count() == 1


def test_registering_twice_gives_one_place_and_nobody_learns_who_comes(client: Client) -> None:
    event = make_event()
    first = client.post(address(event), {"email": "ana@example.lu"}, follow=True)
    again = PageClient().post(address(event), {"email": "ANA@example.lu"}, follow=True)
    assert len(seats(event)) == 1
    told = [str(next(iter(response.context["messages"]))) for response in (first, again)]
    assert told[0] == told[1]
    assert OutboxMail.objects.count() == 1


def test_after_cancelling_one_can_register_again_at_the_end_of_the_queue() -> None:
    event = make_event(capacity=1)
    ana = services.register(event=event, email="ana@example.lu")
    services.register(event=event, email="ben@example.lu")
    services.cancel(registration=ana)
    services.register(event=event, email="ana@example.lu")
    standing = event.registrations.standing().values_list("email", "status")
    assert list(standing) == [("ben@example.lu", Seat.PLACE), ("ana@example.lu", Seat.WAITING)]


def test_a_full_event_has_a_waiting_list_that_moves_up_in_its_order() -> None:
    event = make_event(capacity=2)
    people = [services.register(event=event, email=f"{name}@example.lu") for name in "abcd"]
    assert [status for _email, status in seats(event)] == ["place", "place", "waiting", "waiting"]
    services.cancel(registration=people[0])
    assert [status for _email, status in seats(event)] == ["cancelled", "place", "place", "waiting"]
    assert OutboxMail.objects.filter(key__endswith=":promoted").get().to == "c@example.lu"
    services.cancel(registration=people[2])
    services.cancel(registration=people[1])
    assert [status for _email, status in seats(event)] == ["cancelled", "cancelled", "cancelled", "place"]


def test_a_place_that_nobody_confirms_in_two_days_goes_to_the_next() -> None:
    event = make_event(capacity=1)
    services.register(event=event, email="vergisst@example.lu", now=NOW - 2 * DAY - dt.timedelta(minutes=1))
    waits = services.register(event=event, email="wartet@example.lu", now=NOW - DAY)
    services.release_lapsed(NOW)
    waits.refresh_from_db()
    assert waits.status == Seat.PLACE
    assert seats(event)[0][1] == Seat.CANCELLED


def test_a_confirmed_place_stays() -> None:
    event = make_event(capacity=1)
    ana = services.register(event=event, email="ana@example.lu", now=NOW - 3 * DAY)
    services.confirm(registration=ana, now=NOW - 3 * DAY)
    services.release_lapsed(NOW)
    assert seats(event) == [("ana@example.lu", Seat.PLACE)]


def test_confirming_too_late_is_told_and_gives_nothing(client: Client) -> None:
    event = make_event(capacity=1)
    services.register(event=event, email="spaet@example.lu", now=NOW - 3 * DAY)
    services.release_lapsed(NOW)
    page = client.post(link_to("spaet@example.lu"), {"action": "confirm"}, follow=True).content.decode()
    assert "notice-error" in page
    assert seats(event) == [("spaet@example.lu", Seat.CANCELLED)]


@pytest.mark.parametrize(
    "fields",
    [
        {"registration_until": NOW - DAY},
        {"starts_at": NOW - DAY},
        {"is_cancelled": True},
        {"needs_registration": False},
    ],
)
def test_where_registration_is_not_open_typed_words_come_back_with_the_reason(client: Client, fields: dict) -> None:
    event = make_event(**fields)
    page = client.post(address(event), {"email": "ana@example.lu", "name": "Ana M."}).content.decode()
    assert 'id="form-errors"' in page
    assert 'value="Ana M."' in page
    assert not event.registrations.exists()


@pytest.mark.parametrize("email", ["", "keine", "a@b", "x" * 300 + "@example.lu", "a\r\nBcc: b@example.lu"])
def test_a_wrong_address_is_explained(client: Client, email: str) -> None:
    event = make_event()
    page = client.post(address(event), {"email": email, "name": "<b>Ana</b>"}).content.decode()
    assert 'href="#register_email"' in page
    assert "&lt;b&gt;Ana" in page


def test_a_program_that_fills_in_the_trap_gets_no_place_and_no_hint(client: Client) -> None:
    event = make_event()
    assert client.post(address(event), {"email": "a@example.lu", "website": "x"}).status_code == 302
    assert not event.registrations.exists()


def test_a_flood_of_registrations_from_one_address_is_stopped(client: Client) -> None:
    event = make_event(capacity=None)
    for number in range(12):
        client.post(address(event), {"email": f"p{number}@example.lu"})
    assert event.registrations.count() == 10


def test_a_forged_link_and_one_of_another_purpose_open_nothing(client: Client) -> None:
    registration = make_registration(make_event())
    token = services.token_of(registration)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "1", "x:y:z", str(registration.pk)):
        assert client.get(f"/de/dialog/anmeldung/{wrong}/").status_code == 404
    registration.delete()
    assert client.get(f"/de/dialog/anmeldung/{token}/").status_code == 404


# --- Afterwards


def test_registrations_are_deleted_some_weeks_after_the_event_and_it_is_noted() -> None:
    old, recent = make_event(starts_at=NOW - 40 * DAY), make_event(starts_at=NOW - 10 * DAY)
    make_registration(old)
    make_registration(recent)
    call_command("purge_registrations", "--dry-run", verbosity=0)
    assert Registration.objects.count() == 2
    call_command("purge_registrations", verbosity=0)
    assert list(Registration.objects.values_list("event", flat=True)) == [recent.pk]
    assert AuditEntry.objects.get(action="event.purge").after == {"registrations": 1}
    assert services.purge_registrations(NOW) == 0


def test_the_audit_trail_names_no_participant() -> None:
    event = make_event()
    services.cancel(registration=services.register(event=event, email="ana@example.lu", name="Ana"))
    for entry in AuditEntry.objects.all():
        assert "ana" not in f"{entry.label}{entry.before}{entry.after}".lower()


def test_only_who_prepares_events_cancels_for_others(planner: User, moderator: User) -> None:
    registration = make_registration(make_event())
    with pytest.raises(PermissionDenied):
        services.cancel(registration=registration, by=moderator)
    services.cancel(registration=registration, by=planner)
    registration.refresh_from_db()
    assert registration.status == Seat.CANCELLED


def test_time_decides_what_a_page_offers(client: Client) -> None:
    event = make_event()
    assert 'name="email"' in client.get(address(event)).content.decode()
    with time_machine.travel(event.starts_at + dt.timedelta(minutes=1), tick=False):
        assert 'name="email"' not in client.get(address(event)).content.decode()
