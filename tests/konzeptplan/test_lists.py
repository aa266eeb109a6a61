"""No number stands alone: each opens exactly the list that it counted, whoever asks and whatever was chosen."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.roles import Role
from konzeptplan.figures import Audience, Figure, Selection
from konzeptplan.rollup import build
from participation.filters import contributions_for
from step.filters import measures_for
from tests.conftest import make_person
from tests.factories.city import make_city
from tests.konzeptplan.walking import figures, gaps, voice_counts

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 10)  # by now, nothing of the city but one report lies ahead
SELECTIONS = [
    Selection(),
    Selection(plan="kn"),
    Selection(locality="niederkorn", unit="amt"),
    Selection(goal="2", horizon="short"),
]
READERS = [(Audience.PUBLIC, None), (Audience.PUBLIC, Role.PLANNER), (Audience.COUNCIL, Role.COUNCIL)]
every_reader = pytest.mark.parametrize(("audience", "role"), READERS, ids=["public", "public-to-planner", "council"])
every_selection = pytest.mark.parametrize("selection", SELECTIONS, ids=lambda s: "-".join(s.query.values()) or "all")


@pytest.fixture(autouse=True)
def city(db: None) -> Iterator[None]:
    with time_machine.travel("2026-08-10T12:00:00+02:00"):
        make_city()
        yield


def reader(role: Role | None) -> User | AnonymousUser:
    return make_person(role) if role else AnonymousUser()


def listed(query: str, user: User | AnonymousUser) -> tuple[str, ...]:
    """The codes of the list of measures, as its page filters them."""
    filters = measures_for(QueryDict(query), user)
    assert not filters.form.errors, query
    return tuple(filters.qs.order_by("code").values_list("code", flat=True))


def heard(query: str, user: User | AnonymousUser) -> int:
    request = RequestFactory().get(f"/?{query}")
    request.user = user
    filters = contributions_for(request)
    assert not filters.form.errors, query
    return filters.qs.count()


@every_reader
@every_selection
def test_every_figure_opens_the_measures_that_it_counted(
    audience: Audience, role: Role | None, selection: Selection
) -> None:
    user = reader(role)
    distinct = {figure.query: figure for figure in figures(build(TODAY, audience, selection))}
    assert len(distinct) > 40
    for query, figure in distinct.items():
        assert listed(query, user) == figure.codes, query


@every_reader
@every_selection
def test_every_count_of_voices_opens_the_contributions_that_it_counted(
    audience: Audience, role: Role | None, selection: Selection
) -> None:
    user = reader(role)
    voices = build(TODAY, audience, selection).voices
    for count in voice_counts(voices):
        assert heard(count.query, user) == count.received, count.query
        assert heard(f"{count.query}&answered=no", user) == count.unanswered, count.query
    assert heard(f"{voices.all.query}&changed=yes", user) == voices.changed_measure


@every_reader
@every_selection
def test_every_gap_opens_what_is_missing(audience: Audience, role: Role | None, selection: Selection) -> None:
    user = reader(role)
    for gap in gaps(build(TODAY, audience, selection)):
        if gap.room == "measures":
            assert listed(gap.query, user) == tuple(item.key for item in gap.items), gap.query
        elif gap.room == "voices":
            assert heard(gap.query, user) == gap.count, gap.query


@every_reader
@pytest.mark.parametrize("query", ["", "plan=vm&horizon=short"], ids=["all", "narrowed"])
def test_every_number_that_the_page_links_is_the_number_of_its_list(
    as_role: Callable, audience: Audience, role: Role | None, query: str
) -> None:
    """As a reader sees it: the text of each link against the total of the page behind it."""
    client: Client = as_role(role)
    address = "/de/konzeptplan/rat/" if audience is Audience.COUNCIL else "/de/konzeptplan/"
    html = client.get(f"{address}?{query}").content.decode()
    client.checks = False
    links = set(re.findall(r'<a[^>]*href="(/de/(?:massnahmen|dialog/beitraege)/\?[^"]*)"[^>]*>([\d.]+)</a>', html))
    assert len(links) > 20
    for link, number in links:
        assert client.get(unescape(link)).context["total"] == int(number.replace(".", "")), link


def test_a_choice_stays_in_the_address_and_can_be_taken_back(client: Client) -> None:
    response = client.get("/de/konzeptplan/?plan=vm&horizon=short")
    html = unescape(response.content.decode())
    assert response.context["plan"].total.codes == ("KN-06", "VM-01", "VM-05")
    assert '<option value="vm" selected>' in html
    assert 'href="/de/konzeptplan/?horizon=short"' in html
    assert 'href="/de/konzeptplan/?plan=vm"' in html


@pytest.mark.parametrize("value", ["x", "", "none", "\x00", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 400])
def test_a_choice_that_does_not_exist_is_told_and_left_out(client: Client, value: str) -> None:
    for name in ("plan", "locality", "goal", "horizon", "unit"):
        response = client.get("/de/konzeptplan/", {name: value, "fbclid": "7"})
        assert response.status_code == 200
        assert response.context["plan"].total.count == 8
        assert bool(response.context["narrowing"].errors) == bool(value.strip("\x00") or value == "\x00")
        assert b"<script>alert" not in response.content


def test_figures_are_plain_values_that_can_be_frozen() -> None:
    found = figures(build(TODAY, Audience.PUBLIC))
    assert all(isinstance(figure, Figure) and type(figure.label.name) is str for figure in found)
