"""Lists of what people said: their filters, their doors, and their cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from participation import services
from participation.models import Publication, Result
from step.models import Visibility
from tests.factories.participation import make_contribution, make_dialogue, make_loop
from tests.factories.step import make_locality, make_measure, make_unit

pytestmark = pytest.mark.django_db


def texts(client: Client, **query: str) -> str:
    return client.get(reverse("participation:contributions"), query).content.decode()


def test_each_filter_narrows_the_list_to_what_it_says(client: Client, planner: User) -> None:
    place, measure = make_locality("niederkorn"), make_measure("VM-10")
    answered = make_contribution(text="Wort eins", locality=place)
    make_contribution(text="Wort zwei", measure=measure)
    services.answer(contribution=answered, by=planner, result=Result.ADOPTED, reason="Ja.", unit=make_unit())
    for query, found, gone in [
        ({"locality": "niederkorn"}, "Wort eins", "Wort zwei"),
        ({"plan": "vm"}, "Wort zwei", "Wort eins"),
        ({"answered": "yes"}, "Wort eins", "Wort zwei"),
        ({"answered": "no"}, "Wort zwei", "Wort eins"),
        ({"q": "zwei"}, "Wort zwei", "Wort eins"),
        ({"dialogue": answered.loop.dialogue.slug}, "Wort eins", "Wort zwei"),
    ]:
        page = texts(client, **query)
        assert found in page, query
        assert gone not in page, query


@pytest.mark.parametrize(
    "name", ["dialogue", "question", "plan", "locality", "answered", "changed", "audience", "sort"]
)
@pytest.mark.parametrize("value", ["nein", "-1", "9" * 40, "<script>alert(1)</script>", "\x00", "ä" * 3000])
def test_a_wrong_value_in_a_filter_is_told_and_never_breaks_the_page(client: Client, name: str, value: str) -> None:
    make_contribution(text="Noch da")
    answer = client.get(reverse("participation:contributions"), {name: value})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_voices_on_an_internal_measure_or_in_a_hidden_dialogue_leave_no_trace(client: Client) -> None:
    internal = make_measure("VM-11", visibility=Visibility.INTERNAL)
    voices = [
        make_contribution(text="Geheimes Wort", measure=internal),
        make_contribution(make_loop(make_dialogue(is_public=False)), text="Geheimes Wort"),
        make_contribution(make_loop(make_dialogue(measure=internal)), text="Geheimes Wort"),
        make_contribution(text="Geheimes Wort", status=Publication.HIDDEN),
    ]
    assert "Geheimes Wort" not in texts(client)
    assert "Geheimes Wort" not in client.get(reverse("search"), {"q": "Wort"}).content.decode()
    assert all(client.get(voice.get_absolute_url()).status_code == 404 for voice in voices)


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["contributions", "dialogue", "moderation", "answers"])
def test_thirty_voices_cost_as_many_queries_as_three(client: Client, administrator: User, name: str) -> None:
    client.force_login(administrator)
    loop, place = make_loop(), make_locality()
    path = loop.dialogue.get_absolute_url() if name == "dialogue" else reverse(f"participation:{name}")

    def speak(number: int) -> None:
        for _voice in range(number):
            make_contribution(loop, locality=place)
            make_contribution(measure=make_measure(localities=[place]))
            make_contribution(loop, status=Publication.WAITING)

    speak(3)
    cost(client, path)  # warms what is read once
    few = cost(client, path)
    speak(6)  # still one page: twenty rows
    assert cost(client, path) == few
