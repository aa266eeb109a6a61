"""Feeds: valid Atom, in the language of their address, only what everyone may see."""

import datetime as dt
from collections.abc import Callable

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from participation import services
from participation.models import Point, Publication, Result
from participation.public_news import LIMIT
from step.models import Status, Visibility
from step.services import change_status
from tests.factories.dialogue import make_dialogue, make_loop, make_voice, office
from tests.factories.step import make_locality, make_measure, make_plan

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> feedparser.FeedParserDict:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def texts(feed: feedparser.FeedParserDict) -> str:
    return " ".join(f"{entry.title} {entry.get('summary', '')} {entry.link}" for entry in feed.entries)


def test_the_whole_story_of_a_dialogue_is_in_its_feed(client: Client, planner: User, office_lead: User) -> None:
    loop = make_loop(make_dialogue(slug="platz", title="Der Platz"))
    voice = make_voice("Mehr Schatten.", loop=loop, author_name="Rosa")
    make_voice("Anderswo.")
    services.answer(contribution=voice, by=planner, result=Result.ADOPTED, reason="Drei Bäume.", unit=office())
    services.close_loop(loop=loop, by=office_lead, summary="Es wird schattig.")
    feed = read(client, "/fr/dialog/feeds/dialogue/platz.atom")
    assert feed.feed.language == "fr"
    assert len(feed.entries) == 4
    assert len({entry.id for entry in feed.entries}) == 4
    told = texts(feed)
    for words in ("Rosa", "Mehr Schatten.", "Drei Bäume.", "Es wird schattig.", "/fr/dialog/"):
        assert words in told
    assert "Anderswo" not in told
    assert feed.entries[-1].link.endswith("/dialog/platz/")  # the invitation is the oldest


def test_measures_plans_and_localities_have_feeds_of_their_own(client: Client, office_lead: User) -> None:
    place = make_locality()
    measure = make_measure("VM-100", title="Radweg", localities=[place])
    make_voice("Breiter bitte.", measure=measure)
    make_voice("Anderswo.", measure=make_measure(lead_plan=make_plan("KN")))
    change_status(measure=measure, to=Status.DELAYED, reason="Ein Grund für die Akten.", actor=office_lead)
    for path in ("measure/VM-100", f"plan/{make_plan().slug}", "locality/niederkorn"):
        told = texts(read(client, f"/de/dialog/feeds/{path}.atom"))
        assert "Radweg" in told
        assert "Breiter bitte." in told
        assert "Anderswo" not in told
        assert "Akten" not in told
    assert "Anderswo" in texts(read(client, "/de/dialog/neuigkeiten.atom"))


def test_what_everyone_may_not_see_is_in_no_feed_not_even_for_staff(
    as_role: Callable[..., Client], office_lead: User, planner: User
) -> None:
    place = make_locality()
    secret = make_measure(title="Geheim", localities=[place], visibility=Visibility.INTERNAL)
    change_status(measure=secret, to=Status.RUNNING, reason="", actor=office_lead)
    make_voice("Geheim dazu.", measure=secret)
    private = make_loop(make_dialogue(title="Geheimer Dialog", is_public=False))
    make_voice("Geheim darin.", loop=private)
    for status in (Publication.WAITING, Publication.HIDDEN, Publication.WITHDRAWN):
        voice = make_voice("Geheim verborgen.", locality=place)
        treatment = services.answer(
            contribution=voice, by=planner, result=Result.ADOPTED, reason="Geheime Antwort.", unit=office()
        )
        type(voice).objects.filter(pk=voice.pk).update(status=status)
        assert Point.objects.filter(treatment=treatment).exists()
    client = as_role("office_lead")
    for path in ("neuigkeiten", f"feeds/plan/{make_plan().slug}", "feeds/locality/niederkorn"):
        assert "eheim" not in texts(read(client, f"/de/dialog/{path}.atom"))


def test_markup_and_control_signs_cannot_break_a_feed(client: Client) -> None:
    make_voice("<script>alert(1)</script> & \x0b\x00 ]]> ﷽ 👩‍👧".replace("\x00", ""), author_name="<b>Rosa</b>")
    feed = read(client, "/de/dialog/neuigkeiten.atom")
    assert "<script>" not in feed.entries[0].summary
    assert "👩‍👧" in feed.entries[0].summary


def test_a_feed_is_limited_and_costs_the_same_however_much_there_is(client: Client, office_lead: User) -> None:
    path = "/de/dialog/neuigkeiten.atom"
    loop = make_loop()

    def add(number: int) -> None:
        for index in range(number):
            moment = timezone.now() - dt.timedelta(minutes=index)
            voice = make_voice(loop=loop, published_at=moment)
            services.answer(contribution=voice, by=office_lead, result=Result.PLANNED, reason="Ja.", unit=office())
            change_status(measure=make_measure(), to=Status.RUNNING, reason="", actor=office_lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, path)
        return len(captured)

    add(3)
    few = queries()
    add(27)
    assert queries() == few
    assert len(read(client, path).entries) == LIMIT


def test_the_pages_tell_browsers_where_their_feed_is(client: Client) -> None:
    measure, place, loop = make_measure("VM-100"), make_locality(), make_loop()
    for record in (measure, place, loop.dialogue, make_plan()):
        page = client.get(record.get_absolute_url()).content.decode()
        start = page.index('rel="alternate" type="application/atom+xml"')
        address = page[start:].split('href="')[1].split('"')[0]
        read(client, address)
    assert "/de/dialog/neuigkeiten.atom" in client.get("/de/dialog/").content.decode()
