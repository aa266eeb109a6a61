"""Two people at one form: whatever the second one saves, neither loses anything."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from common import edits
from leitbild.models import Goal
from step.models import Measure, Milestone, Status, Visibility
from tests.browser_form import sent
from tests.factories.step import POINT, make_budget, make_goal, make_locality, make_measure, make_unit

FORM = "measure_form"
pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    measure = make_measure(
        visibility=Visibility.INTERNAL,
        status=Status.RUNNING,
        summary="Erste Zeile\nZweite Zeile",
        body="<p>Text &amp; mehr</p>",
        next_step="Planen",
        goals=[make_goal(3), make_goal(1)],
        localities=[make_locality()],
        geometry=POINT,
        forecast_end=dt.date(2027, 3, 1),
        baseline_cost="1234.50",
        responsible_unit=make_unit(),
    )
    for position, title in enumerate(("Entwurf", "Umsetzung"), start=1):
        Milestone.objects.create(measure=measure, title=title, position=position, due_on=dt.date(2027, 1, position))
    make_budget(measure, planned=1000)
    return measure


class Desk:
    """The form of one measure, opened and sent back by one person."""

    def __init__(self, client: Client, measure: Measure) -> None:
        self.client, self.address = client, f"/admin/step/measure/{measure.pk}/change/"

    def open(self) -> str:
        page = self.client.get(self.address)
        assert page.status_code == 200
        return page.content.decode()

    def save(self, html: str, **changes: Any) -> Any:
        return self.client.post(self.address, sent(html, FORM, **changes))


@pytest.fixture
def first(as_role: Callable[..., Client], measure: Measure) -> Desk:
    return Desk(as_role(Role.OFFICE_LEAD), measure)


@pytest.fixture
def second(as_role: Callable[..., Client], measure: Measure) -> Desk:
    return Desk(as_role(Role.ADMINISTRATOR), measure)


def told(answer: Any) -> dict[str, tuple[str, str, str]]:
    """The rows of the comparison: original, stored, yours by the name of the field."""
    return {row.name: (row.original, row.stored, row.yours) for row in answer.context["edit_conflict"].differences}


def test_what_nobody_else_touched_is_saved_at_once(first: Desk, measure: Measure) -> None:
    assert first.save(first.open(), summary_de="Neu").status_code == 302
    measure.refresh_from_db()
    assert measure.summary == "Neu"


def test_a_form_sent_back_untouched_is_no_conflict_with_itself(first: Desk, measure: Measure) -> None:
    assert first.save(first.open()).status_code == 302
    assert first.save(first.open(), _continue="1").status_code == 302
    measure.refresh_from_db()
    assert (measure.geometry, measure.goals.count(), measure.milestones.count()) == (POINT, 2, 2)


def test_the_second_person_sees_what_differs_and_nothing_is_stored(first: Desk, second: Desk, measure: Measure) -> None:
    html = second.open()
    first.save(first.open(), summary_de="Von der Ersten")
    answer = second.save(html, summary_de="Von der Zweiten")
    assert answer.status_code == 200
    (row,) = told(answer).values()
    assert row == ("Erste Zeile\nZweite Zeile", "Von der Ersten", "Von der Zweiten")
    page = answer.content.decode()
    assert "Von der Ersten" in page
    assert ">\nVon der Zweiten</textarea>" in page
    measure.refresh_from_db()
    assert measure.summary == "Von der Ersten"


def test_saving_again_puts_the_second_version_on_top_knowingly(first: Desk, second: Desk, measure: Measure) -> None:
    html = second.open()
    first.save(first.open(), summary_de="Von der Ersten")
    answer = second.save(html, summary_de="Von der Zweiten")
    assert second.save(answer.content.decode()).status_code == 302
    measure.refresh_from_db()
    assert measure.summary == "Von der Zweiten"


def test_what_only_the_first_changed_survives_the_second(first: Desk, second: Desk, measure: Measure) -> None:
    """Text, choice, relation, geometry, date and a many-to-many field, none of which the second touched."""
    html, other = second.open(), make_goal(5)
    changes = {
        "next_step_de": "Ausschreiben",
        "urgency": "high",
        "responsible_unit": make_unit("bau").pk,
        "geometry": '{"type": "Point", "coordinates": [5.9, 49.52]}',
        "forecast_end": "01.06.2027",
        "goals": [other.pk],
    }
    assert first.save(first.open(), **changes).status_code == 302
    answer = second.save(html, title_de="Neuer Titel")
    assert len(told(answer)) == len(changes)
    assert second.save(answer.content.decode()).status_code == 302
    measure.refresh_from_db()
    assert (measure.title, measure.next_step, measure.urgency) == ("Neuer Titel", "Ausschreiben", "high")
    assert measure.responsible_unit == make_unit("bau")
    assert (measure.geometry["coordinates"], measure.forecast_end) == ([5.9, 49.52], dt.date(2027, 6, 1))
    assert list(measure.goals.all()) == [other]


def test_the_same_change_by_both_is_no_conflict(first: Desk, second: Desk) -> None:
    html = second.open()
    first.save(first.open(), summary_de="Gleich")
    assert second.save(html, summary_de="Gleich").status_code == 302


def test_changed_rows_are_compared_and_kept(first: Desk, second: Desk, measure: Measure) -> None:
    html = second.open()
    first.save(first.open(), **{"milestones-0-title_de": "Entwurf 2", "milestones-1-title_de": "Bau"})
    answer = second.save(html, **{"milestones-1-title_de": "Bauen"})
    assert answer.status_code == 200
    assert second.save(answer.content.decode()).status_code == 302
    assert list(measure.milestones.values_list("title", flat=True)) == ["Entwurf 2", "Bauen"]


def test_a_row_that_someone_added_stays(first: Desk, second: Desk, measure: Measure) -> None:
    html = second.open()
    new = {"milestones-TOTAL_FORMS": 3, "milestones-2-title_de": "Abnahme", "milestones-2-position": 3}
    assert first.save(first.open(), **new).status_code == 302
    answer = second.save(html, summary_de="Neu")
    assert "Abnahme" in answer.content.decode()
    assert second.save(answer.content.decode()).status_code == 302
    assert measure.milestones.count() == 3


@pytest.mark.parametrize(("typed", "left"), [({}, ["Umsetzung"]), ({"milestones-0-title_de": "Anders"}, None)])
def test_a_row_that_someone_deleted_comes_back_only_if_the_second_changed_it(
    first: Desk, second: Desk, measure: Measure, typed: dict[str, str], left: list[str] | None
) -> None:
    html = second.open()
    assert first.save(first.open(), **{"milestones-0-DELETE": "on"}).status_code == 302
    new = {"milestones-TOTAL_FORMS": 3, "milestones-2-title_de": "Abnahme", "milestones-2-position": 3}
    answer = second.save(html, **typed, **new)
    assert answer.status_code == 200
    assert "Entwurf" in answer.content.decode()
    assert second.save(answer.content.decode()).status_code == 302
    titles = list(measure.milestones.values_list("title", flat=True))
    assert sorted(titles) == sorted([*(left or ["Anders", "Umsetzung"]), "Abnahme"])


@pytest.mark.parametrize("token", ["", "kaputt", "a:b:c", "x" * 5000])
def test_a_broken_mark_asks_again_and_is_no_error(token: str, second: Desk, measure: Measure) -> None:
    answer = second.save(second.open(), **{edits.TOKEN: token, "summary_de": "Neu"})
    assert answer.status_code == 200
    assert told(answer)
    assert second.save(answer.content.decode()).status_code == 302
    measure.refresh_from_db()
    assert measure.summary == "Neu"


def test_every_desk_is_guarded_not_only_the_measures(as_role: Callable[..., Client]) -> None:
    goal = make_goal(3)
    client, address = as_role(Role.OFFICE_LEAD), f"/admin/leitbild/goal/{goal.pk}/change/"
    html = client.get(address).content.decode()
    Goal.objects.filter(pk=goal.pk).update(title_de="Von der Ersten")
    answer = client.post(address, sent(html, "goal_form", title_de="Von der Zweiten"))
    assert answer.status_code == 200
    goal.refresh_from_db()
    assert goal.title == "Von der Ersten"


def test_who_only_reads_gets_no_mark(as_role: Callable[..., Client], measure: Measure) -> None:
    assert edits.TOKEN not in Desk(as_role(Role.COUNCIL), measure).open()
