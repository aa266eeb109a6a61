"""Indicators and reviews at the desk: values inline, gaps, who publishes, what waits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from leitbild.desk import waiting_for
from leitbild.models import Evaluation, Indicator
from tests.factories.leitbild import make_evaluation, make_goal, make_indicator, make_value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
LIST = "/admin/leitbild/indicator/"
TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def frozen() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)):
        yield


def posted(indicator: Indicator, values: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """What the form sends when nothing is changed but `changes`, and with new values."""
    names = ("slug", "position", "direction", "interval", "visibility")
    data: dict[str, Any] = {name: getattr(indicator, name) for name in names}
    for field in ("name", "unit", "definition", "source"):
        data[f"{field}_de"] = getattr(indicator, field)
    rows = values or []
    data |= {"values-TOTAL_FORMS": len(rows), "values-INITIAL_FORMS": 0, "goals": []}
    for number, row in enumerate(rows):
        data |= {f"values-{number}-{name}": value for name, value in {"precision": "year", **row}.items()}
    return {**data, **changes}


def address(indicator: Indicator) -> str:
    return f"{LIST}{indicator.pk}/change/"


def test_a_planner_enters_a_value_and_the_next_update_moves_on(as_role: Callable[..., Client]) -> None:
    indicator = make_indicator(interval="year", next_update=dt.date(2026, 3, 1))
    data = posted(indicator, [{"measured_on": "01.01.2025", "value": "12.5"}], next_update="01.03.2026")
    response = as_role(Role.PLANNER).post(address(indicator), data)
    assert response.status_code == 302, response.context["errors"]
    indicator.refresh_from_db()
    assert str(indicator.values.get().value.normalize()) == "12.5"
    assert indicator.next_update == dt.date(2027, 3, 1)


def test_a_due_date_that_is_set_by_hand_stays(as_role: Callable[..., Client]) -> None:
    indicator = make_indicator(interval="year")
    data = posted(indicator, [{"measured_on": "01.01.2025", "value": "1"}], next_update="15.06.2028")
    assert as_role(Role.PLANNER).post(address(indicator), data).status_code == 302
    indicator.refresh_from_db()
    assert indicator.next_update == dt.date(2028, 6, 15)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"measured_on": "01.01.2030", "value": "1"}, "future"),
        ({"measured_on": "gestern", "value": "1"}, ""),
        ({"measured_on": "01.01.2020", "value": "viel"}, ""),
        ({"measured_on": "01.01.2020", "value": "1" * 30}, ""),
    ],
)
def test_a_bad_value_is_told_and_nothing_is_saved(
    row: dict[str, str], message: str, as_role: Callable[..., Client]
) -> None:
    indicator = make_indicator()
    response = as_role(Role.PLANNER).post(address(indicator), posted(indicator, [row]))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert row["value"] in response.content.decode()
    assert not indicator.values.exists()


def test_two_values_for_one_year_are_told(as_role: Callable[..., Client]) -> None:
    indicator = make_indicator()
    rows = [{"measured_on": "01.01.2020", "value": "1"}, {"measured_on": "05.06.2020", "value": "2"}]
    response = as_role(Role.PLANNER).post(address(indicator), posted(indicator, rows))
    assert response.status_code == 200
    assert not indicator.values.exists()
    make_value(indicator, 2020, 3)
    response = as_role(Role.PLANNER).post(address(indicator), posted(indicator, rows[1:]))
    assert response.status_code == 200
    assert indicator.values.count() == 1


@pytest.mark.parametrize(
    ("gap", "found"),
    [
        ("values", {"leer"}),
        ("overdue", {"spaet"}),
        ("owner", {"leer", "spaet"}),
        ("target", {"leer", "spaet"}),
        ("rhythm", {"leer", "spaet"}),
        ("goal", {"leer"}),
        ("nichts", {"leer", "spaet"}),
    ],
)
def test_the_gap_filter_finds_what_is_missing(gap: str, found: set[str], as_role: Callable[..., Client]) -> None:
    make_indicator("leer")
    make_indicator("spaet", next_update=dt.date(2026, 11, 24), values={2025: 1}, goals=[make_goal(1)])
    response = as_role(Role.OFFICE_LEAD).get(f"{LIST}?gap={gap}")
    assert {row.slug for row in response.context["cl"].queryset} == found


def test_only_the_head_of_office_publishes_an_indicator(as_role: Callable[..., Client]) -> None:
    indicator = make_indicator(visibility="draft")
    refused = as_role(Role.PLANNER).post(address(indicator), posted(indicator, visibility="public"))
    assert refused.status_code == 200
    assert "visibility" in refused.context["adminform"].form.errors
    assert as_role(Role.PLANNER).post(address(indicator), posted(indicator, visibility="internal")).status_code == 302
    assert as_role(Role.OFFICE_LEAD).post(address(indicator), posted(indicator, visibility="public")).status_code == 302
    indicator.refresh_from_db()
    assert indicator.visibility == "public"
    entry = AuditEntry.objects.filter(action="indicator.visibility").first()
    assert entry is not None
    assert (entry.before, entry.after) == ({"visibility": "internal"}, {"visibility": "public"})


def test_a_planner_cannot_take_a_public_indicator_back(as_role: Callable[..., Client]) -> None:
    indicator = make_indicator()
    assert as_role(Role.PLANNER).post(address(indicator), posted(indicator, visibility="draft")).status_code == 302
    indicator.refresh_from_db()
    assert indicator.visibility == "public"


def test_the_council_sees_no_drafts_at_the_desk(as_role: Callable[..., Client]) -> None:
    draft = make_indicator("entwurf", visibility="draft")
    client = as_role(Role.COUNCIL)
    assert "entwurf" not in {row.slug for row in client.get(LIST).context["cl"].queryset}
    assert client.get(address(draft)).status_code == 302  # no such record, says the administration


def test_a_planner_writes_a_review_and_the_head_of_office_publishes_it(as_role: Callable[..., Client]) -> None:
    goal = make_goal(3)
    texts = {f"text_{code}": "" for code in ("fr", "lb", "en", "pt")}
    data = {"goal": goal.pk, "reviewed_on": "24.11.2026", "judgement": "behind", "text_de": "<p>Weil.</p>", **texts}
    response = as_role(Role.PLANNER).post("/admin/leitbild/evaluation/add/", {**data, "is_public": "on"})
    assert response.status_code == 302, response.context["errors"]
    review = Evaluation.objects.get()
    assert not review.is_public
    url = f"/admin/leitbild/evaluation/{review.pk}/change/"
    assert as_role(Role.OFFICE_LEAD).post(url, {**data, "is_public": "on"}).status_code == 302
    review.refresh_from_db()
    assert review.is_public
    assert AuditEntry.objects.filter(action="evaluation.is_public").count() == 1


def test_moderators_see_no_review_in_preparation(as_role: Callable[..., Client]) -> None:
    make_evaluation(make_goal(3), dt.date(2026, 1, 1), is_public=False)
    assert not as_role(Role.MODERATOR).get("/admin/leitbild/evaluation/").context["cl"].queryset
    assert as_role(Role.COUNCIL).get("/admin/leitbild/evaluation/").context["cl"].queryset


def test_the_desk_tells_what_is_overdue_and_empty_to_those_who_enter_values(
    planner: User, council: User, as_role: Callable[..., Client]
) -> None:
    make_indicator("leer")
    make_indicator("spaet", next_update=dt.date(2026, 1, 1), values={2025: 1})
    work = waiting_for(planner, TODAY)
    assert [(kind.count, kind.is_late) for kind in work] == [(1, True), (1, False)]
    for kind in work:
        assert as_role(Role.PLANNER).get(kind.url).context["cl"].result_count == kind.count
    assert waiting_for(council, TODAY) == []
    assert [kind.count for kind in waiting_for(planner, dt.date(2025, 12, 31))] == [1]
