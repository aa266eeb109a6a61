"""Whatever anyone puts into an address, every page answers with a page: never a 500, never foreign markup."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

VALUES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "\x00\x1b\uffff",
    "-1",
    "9" * 400,
    "1e999",
    "٣",  # a digit that is not ASCII
    "%" * 50,
    "ä" * 3000,
]
NAMES = ["q", "page", "plan", "lead", "locality", "goal", "sdg", "pillar", "horizon", "urgency", "status", "unit",
         "budget", "counting", "audience", "sort", "dialogue", "question", "answered", "changed", "code", "frage",
         "next"]  # fmt: skip
PLAIN = sorted({name for name, arguments, row in PAGES if not arguments and row[None] == 200})


@pytest.mark.parametrize("name", PLAIN)
def test_a_page_survives_any_value_of_any_parameter(client: Client, name: str) -> None:
    for value in VALUES:
        answer = client.get(reverse(name), dict.fromkeys(NAMES, value))
        assert answer.status_code in {200, 302}, (value, answer.status_code)
        page = answer.content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


ODD = ["%00", "..", "%2e%2e", "-1", "0", "9" * 30, "%F0%9F%8C%B3", "%3Cscript%3E", "a" * 500, "%25", "NULL"]


@pytest.mark.parametrize("odd", ODD)
def test_an_unknown_id_is_a_404_on_every_page_that_takes_one(client: Client, odd: str) -> None:
    stems = ["leitbild/kapitel/", "leitbild/ziele/", "leitbild/sdg/", "step/", "massnahmen/", "orte/", "dialog/",
             "dialog/beitrag/", "dialog/beleg/", "dialog/kommentar/massnahme/", "dialog/kommentar/kapitel/",
             "dialog/kommentar/step/"]  # fmt: skip
    for stem in stems:
        answer = client.get(f"/de/{stem}{odd}/")
        assert answer.status_code == 404, (stem, odd, answer.status_code)
