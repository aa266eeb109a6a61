"""Many people at the same moment, each in a thread and a connection of their own, on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from participation.models import Ballot, PollAnswer, QuestionKind, Seat
from participation.services import events
from participation.services.polls import Mark, cast_vote
from tests.factories.events import make_event
from tests.factories.polls import add_question, make_poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def real_database() -> None:
    """SQLite in memory is one connection for all threads: it cannot be in two places at once."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("needs a database that several connections share: PostgreSQL, or SQLite in a file")


def at_once(number: int, act: Callable[[int], object]) -> list[object]:
    def alone(index: int) -> object:
        try:
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as people:
        return list(people.map(alone, range(number)))


def test_fifty_registrations_for_ten_places_give_exactly_ten_and_an_ordered_waiting_list() -> None:
    event = make_event(capacity=10)
    at_once(50, lambda index: events.register(event=event, email=f"p{index}@example.lu"))
    rows = list(event.registrations.order_by("number").values_list("number", "status"))
    assert [number for number, _status in rows] == list(range(1, 51))
    assert [status for _number, status in rows] == [Seat.PLACE] * 10 + [Seat.WAITING] * 40


def test_ten_cancellations_at_once_move_up_exactly_the_first_ten() -> None:
    event = make_event(capacity=10)
    people = [events.register(event=event, email=f"p{index}@example.lu") for index in range(30)]
    at_once(10, lambda index: events.cancel(registration=people[index]))
    statuses = list(event.registrations.order_by("number").values_list("status", flat=True))
    assert statuses == [Seat.CANCELLED] * 10 + [Seat.PLACE] * 10 + [Seat.WAITING] * 10


def test_one_person_who_registers_twenty_times_at_once_has_one_place() -> None:
    event = make_event(capacity=10)
    at_once(20, lambda _index: events.register(event=event, email="ana@example.lu"))
    assert event.registrations.count() == 1


def test_one_voter_who_votes_twenty_times_at_once_has_one_ballot() -> None:
    poll = make_poll()
    scale = add_question(poll, QuestionKind.SCALE)
    today = timezone.localdate()
    at_once(20, lambda index: cast_vote(poll=poll, keys=["k"], marks=[Mark(scale, value=1 + index % 5)], day=today))
    assert Ballot.objects.count() == 1
    assert PollAnswer.objects.count() == 1
