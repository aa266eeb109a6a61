"""Following with and without an account, and stopping with one click."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import OutboxMail, User
from common.distance import metres_between
from participation import services, unsubscribing
from participation.models import Contribution, Frequency, Notification, Result, Subscription
from step.models import Status, Visibility
from step.services import change_status
from tests.factories.dialogue import another_citizen, make_voice, office
from tests.factories.step import POINT, make_locality, make_measure
from tests.page import PageClient

pytestmark = pytest.mark.django_db


def links(text: str) -> list[str]:
    return re.findall(r"http://[^/]+(/\S+)", text)


def test_one_click_follows_and_another_ends_it(citizen: User, as_role: Callable[..., Client]) -> None:
    measure = make_measure("VM-100")
    client = as_role("citizen")
    page = client.get(measure.get_absolute_url()).content.decode()
    assert f'action="/de/dialog/folgen/measure/{measure.pk}/"' in page
    for _click in range(2):
        assert client.post(f"/de/dialog/folgen/measure/{measure.pk}/").status_code == 302
    followed = Subscription.objects.get()
    assert (followed.user, followed.measure, followed.frequency) == (citizen, measure, Frequency.DAILY)
    page = client.get(measure.get_absolute_url()).content.decode()
    assert f"/de/dialog/abos/{followed.pk}/beenden/" in page
    answer = client.post(f"/de/dialog/abos/{followed.pk}/beenden/", {"next": measure.get_absolute_url()})
    assert answer["Location"] == measure.get_absolute_url()
    assert not Subscription.objects.exists()


def test_somebody_elses_contribution_can_be_followed_and_its_answer_is_told(
    citizen: User, planner: User, as_role: Callable[..., Client]
) -> None:
    voice = make_voice(author=another_citizen())
    client = as_role("citizen")
    path = f"/de/dialog/folgen/contribution/{voice.pk}/"
    assert path in client.get(voice.get_absolute_url()).content.decode()
    client.post(path)
    services.answer(contribution=voice, by=planner, result=Result.PARTLY, reason="Zum Teil.", unit=office())
    services.tell_news()
    assert list(Notification.objects.filter(user=citizen).values_list("kind", "why")) == [("answered", "followed")]


def test_ending_leads_to_no_other_host(citizen: User, as_role: Callable[..., Client]) -> None:
    followed = services.follow(user=citizen, record=make_measure())
    answer = as_role("citizen").post(f"/de/dialog/abos/{followed.pk}/beenden/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/de/dialog/abos/"


def test_nobody_changes_or_ends_what_another_follows(citizen: User, as_role: Callable[..., Client]) -> None:
    followed = services.follow(user=another_citizen(), record=make_measure())
    client = as_role("citizen")
    for path in (f"/de/dialog/abos/{followed.pk}/", f"/de/dialog/abos/{followed.pk}/beenden/"):
        assert client.post(path, {"frequency": "never"}).status_code == 404
    followed.refresh_from_db()
    assert followed.frequency == Frequency.DAILY


def test_how_often_mails_come_is_changed_also_for_what_waits(citizen: User, as_role: Callable[..., Client]) -> None:
    followed = services.follow(user=citizen, record=make_measure())
    Notification.objects.create(
        key="k", user=citizen, kind="new_measure", why="followed", frequency="daily", subscription=followed
    )
    client = as_role("citizen")
    client.post(f"/de/dialog/abos/{followed.pk}/", {"frequency": "weekly"})
    client.post(f"/de/dialog/abos/{followed.pk}/", {"frequency": "hourly"})
    followed.refresh_from_db()
    assert followed.frequency == Notification.objects.get().frequency == Frequency.WEEKLY


def test_a_measure_that_is_not_public_cannot_be_followed(as_role: Callable[..., Client]) -> None:
    measure = make_measure(visibility=Visibility.INTERNAL)
    for role in (None, "citizen"):
        assert as_role(role).post(f"/de/dialog/folgen/measure/{measure.pk}/", {"email": "a@b.lu"}).status_code == 404


def test_without_an_account_an_address_counts_once_its_owner_presses_the_button(
    client: Client, office_lead: User
) -> None:
    measure = make_measure("VM-100")
    path = f"/fr/dialog/folgen/measure/{measure.pk}/"
    for _twice in range(2):
        assert client.post(path, {"email": "Rosa@example.lu", "frequency": "now"}).status_code == 200
    call_command("work")
    (asked,) = mail.outbox
    assert asked.to == ["rosa@example.lu"]
    link = next(path for path in links(asked.body) if "bestaetigen" in path)
    assert link.startswith("/fr/")
    assert client.get(link).status_code == 200
    change_status(measure=measure, to=Status.PLANNED, reason="", actor=office_lead)
    call_command("work")
    assert len(mail.outbox) == 1  # opening the link alone confirms nothing
    client.post(link)
    change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    call_command("work")
    assert len(mail.outbox) == 2
    assert mail.outbox[1].to == ["rosa@example.lu"]


def test_a_link_to_confirm_works_for_a_week(client: Client) -> None:
    followed = services.follow_by_mail(
        email="a@example.lu", language="de", record=make_measure(), frequency=Frequency.NOW
    )
    token = services.following.confirmation(followed)
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert client.post(f"/de/dialog/abos/bestaetigen/{token}/").status_code == 404


def test_programs_and_floods_get_no_mail_sent(client: Client) -> None:
    path = f"/de/dialog/folgen/locality/{make_locality().pk}/"
    client.post(path, {"email": "a@example.lu", "frequency": "now", "website": "http://spam"})
    assert not OutboxMail.objects.exists()
    for number in range(15):
        page = client.post(path, {"email": f"a{number}@example.lu", "frequency": "now"})
    assert OutboxMail.objects.count() == 10
    assert "a14@example.lu" in page.content.decode()  # what was typed is kept


def test_one_click_ends_the_mails_without_a_login_or_a_token(citizen: User, office_lead: User) -> None:
    measure = make_measure()
    services.follow(user=citizen, record=measure, frequency=Frequency.NOW)
    change_status(measure=measure, to=Status.PLANNED, reason="", actor=office_lead)
    call_command("work")
    header = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = links(header)[0]
    robot = PageClient(enforce_csrf_checks=True)
    assert robot.get(path).status_code == 200
    assert Subscription.objects.get().frequency == Frequency.NOW  # opening it ends nothing
    assert robot.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert robot.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    measure.refresh_from_db()
    change_status(measure=measure, to=Status.RUNNING, reason="", actor=office_lead)
    call_command("work")
    assert len(mail.outbox) == 1
    assert Notification.objects.filter(user=citizen).count() == 2  # on the portal the news go on


def test_an_author_without_an_account_ends_the_mails_and_the_address_is_deleted(
    client: Client, moderator: User
) -> None:
    voice = make_voice(email="rosa@example.lu", status="waiting")
    services.publish(contribution=voice, by=moderator)
    call_command("work")
    client.post(links(mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>"))[0])
    voice.refresh_from_db()
    assert voice.email == ""
    services.hide(contribution=voice, by=moderator, reason="Weil.")
    call_command("work")
    assert len(mail.outbox) == 1


def test_an_author_with_an_account_hears_no_more_by_mail_about_this_contribution_only(
    citizen: User, moderator: User, client: Client
) -> None:
    first, second = (make_voice(author=citizen, status="waiting") for _n in range(2))
    client.post(links(unsubscribing.url_for("c", first.pk))[0])
    for voice in (first, second):
        services.publish(contribution=voice, by=moderator)
    call_command("work")
    assert len(mail.outbox) == 1
    assert Notification.objects.filter(user=citizen).count() == 2


def test_the_link_of_a_digest_ends_all_mails_to_its_reader(citizen: User, client: Client) -> None:
    for _n in range(2):
        services.follow(user=citizen, record=make_measure())
    voice = make_voice(author=citizen)
    client.post(links(unsubscribing.url_for("u", citizen.pk))[0])
    assert set(Subscription.objects.values_list("frequency", flat=True)) == {Frequency.NEVER}
    assert Subscription.objects.filter(contribution=voice).exists()


def test_all_subscriptions_of_an_address_end_together(client: Client) -> None:
    rows = [
        services.follow_by_mail(email="a@example.lu", language="de", record=make_measure(), frequency=Frequency.WEEKLY)
        for _n in range(2)
    ]
    voice = make_voice(email="a@example.lu")
    client.post(links(unsubscribing.url_for("e", rows[0].pk))[0])
    assert not Subscription.objects.exists()
    assert Contribution.objects.get(pk=voice.pk).email == ""


@pytest.mark.parametrize("token", ["x", "WzEsMl0:abc:def", "%00", "a" * 2000])
def test_a_forged_link_is_refused_with_a_page(client: Client, token: str) -> None:
    assert client.post(f"/de/dialog/abmelden/{token}/").status_code == 404


def test_a_place_is_followed_by_its_part_of_town_or_by_a_point(citizen: User, as_role: Callable[..., Client]) -> None:
    place = make_locality()
    client = as_role("citizen")
    common = {"radius_m": "250", "frequency": "daily", "label": "Zuhause"}
    page = client.post("/de/dialog/folgen/umkreis/", common)
    assert page.status_code == 200  # says what is missing
    assert client.post("/de/dialog/folgen/umkreis/", {**common, "locality": place.pk}).status_code == 302
    point = '{"type": "Point", "coordinates": [5.8901, 49.5231]}'
    for _double_click in range(2):
        assert client.post("/de/dialog/folgen/umkreis/", {**common, "place": point}).status_code == 302
    assert Subscription.objects.filter(geometry__isnull=False).count() == 2
    page = client.get("/de/dialog/abos/").content.decode()
    assert page.count("Zuhause</span>") >= 2
    assert "250" in page
    for bad in ('{"type": "Point", "coordinates": [0, 0]}', "kein GeoJSON", "[" * 5000):
        page = client.post("/de/dialog/folgen/umkreis/", {**common, "place": bad})
        assert page.status_code == 200
        assert Subscription.objects.count() == 2


def test_places_are_limited(citizen: User, as_role: Callable[..., Client]) -> None:
    for number in range(services.following.PLACES):
        point = {"type": "Point", "coordinates": [5.88 + number / 10000, 49.52]}
        services.follow_place(user=citizen, geometry=point, radius_m=500, label="", frequency=Frequency.DAILY)
    place = make_locality()
    form = {"radius_m": "250", "frequency": "daily", "locality": place.pk}
    assert as_role("citizen").post("/de/dialog/folgen/umkreis/", form).status_code == 200
    assert Subscription.objects.count() == services.following.PLACES


def test_the_database_keeps_one_target_and_one_person(citizen: User) -> None:
    measure, place = make_measure(), make_locality()
    wrong = [
        {"user": citizen},
        {"user": citizen, "measure": measure, "locality": place},
        {"user": citizen, "email": "a@example.lu", "measure": measure},
        {"measure": measure},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(**fields)
    Subscription.objects.create(user=citizen, measure=measure)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(user=citizen, measure=measure)


def test_distances_are_those_of_the_national_grid() -> None:
    """Known: 0.01° of latitude are 1,112 m there, 0.01° of longitude 725 m."""
    here = {"type": "Point", "coordinates": [5.88, 49.52]}
    north = {"type": "Point", "coordinates": [5.88, 49.53]}
    east = {"type": "Point", "coordinates": [5.89, 49.52]}
    assert metres_between(here, north) == pytest.approx(1112.3, abs=2)
    assert metres_between(here, east) == pytest.approx(724.5, abs=2)
    assert metres_between(POINT, POINT) == 0
