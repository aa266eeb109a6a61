"""A form that comes back too fast is shown again, with what was typed; nobody has to solve a puzzle."""

import datetime as dt
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from participation import spam
from participation.models import Contribution
from tests.factories.loops import make_dialogue, make_loop

is_hasty = spam.is_hasty  # before the tests' own patch


def test_a_form_is_hasty_within_three_seconds_and_not_later() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        shown = spam.stamp()
        assert is_hasty(shown)
        clock.shift(2)
        assert is_hasty(shown)
        clock.shift(3)
        assert not is_hasty(shown)
        clock.shift(86_400)
        assert not is_hasty(shown)  # whoever thinks for a day may send


@pytest.mark.parametrize("stamped", ["", "x", "shown:1:2", spam.stamp.__name__])
def test_a_form_without_our_time_is_hasty(stamped: str) -> None:
    assert is_hasty(stamped)
    assert is_hasty(spam.stamp()[:-1] + "?")


@pytest.mark.django_db
def test_what_was_typed_too_fast_is_shown_again_and_arrives_when_sent_once_more(client: Client) -> None:
    make_loop(make_dialogue("platz"), feeds_back=False)
    page = client.get("/de/dialog/platz/")
    data = {"text": "Mehr Bänke", "language": "de", "shown": spam.stamp()}
    assert 'name="shown"' in page.content.decode()
    with patch("participation.spam.is_hasty", is_hasty):
        answer = client.post("/de/dialog/platz/", data)
        assert answer.status_code == 200
        assert "Mehr Bänke" in answer.content.decode()
        assert not Contribution.objects.exists()
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
            assert client.post("/de/dialog/platz/", data).status_code == 302
    assert Contribution.objects.get().text == "Mehr Bänke"
