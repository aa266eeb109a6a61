"""What changed: each kind once, told by exactly the measures that changed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from konzeptplan.comparing import Kind, Step, diff
from konzeptplan.figures import MeasureRow
from konzeptplan.telling import sentence, sentences
from step.models import Status
from tests.konzeptplan.records import measure

NAMES = {
    "plans": {"vm": "Verkehr", "kn": "Klima"},
    "goals": {"1": "Leben", "2": "Integration"},
    "localities": {"niederkorn": "Niederkorn"},
    "horizon": {"short": "kurz", "long": "lang"},
}
days = st.none() | st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2040, 1, 1))
rows = st.lists(
    st.builds(
        lambda code, status, end, planned, goals: measure(
            f"VM-{code:02}", status=status, forecast_end=end, planned=planned, goals=goals
        ),
        st.integers(1, 9),
        st.sampled_from(Status),
        days,
        st.none() | st.decimals(0, 1000, places=0),
        st.sets(st.sampled_from("123")),
    ),
    unique_by=lambda row: row.code,
)


def kinds(old: list[MeasureRow], new: list[MeasureRow]) -> list[tuple[Kind, str]]:
    return [(change.kind, change.code) for change in diff(old, new)]


@given(rows)
def test_nothing_changes_between_a_state_and_itself(state: list[MeasureRow]) -> None:
    assert diff(state, state) == ()


@given(rows, rows, st.randoms())
def test_the_order_of_the_rows_never_matters(old: list[MeasureRow], new: list[MeasureRow], random: object) -> None:
    shuffled_old, shuffled_new = list(old), list(new)
    random.shuffle(shuffled_old)  # type: ignore[attr-defined]
    random.shuffle(shuffled_new)  # type: ignore[attr-defined]
    assert diff(shuffled_old, shuffled_new) == diff(old, new)


@given(rows, rows)
def test_what_is_new_one_way_is_withdrawn_the_other_way(old: list[MeasureRow], new: list[MeasureRow]) -> None:
    there = {change.code for change in diff(old, new) if change.kind is Kind.NEW}
    back = {change.code for change in diff(new, old) if change.kind is Kind.WITHDRAWN}
    assert there == back


@given(rows, rows)
def test_a_measure_says_each_kind_at_most_once(old: list[MeasureRow], new: list[MeasureRow]) -> None:
    found = kinds(old, new)
    assert len(found) == len(set(found))


S = Status


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({"status": S.RUNNING}, {"status": S.DELAYED}, Kind.DELAYED),
        ({"status": S.PLANNED}, {"status": S.BLOCKED}, Kind.DELAYED),
        ({"status": S.DELAYED}, {"status": S.RUNNING}, Kind.RECOVERED),
        ({"status": S.DELAYED}, {"status": S.DONE}, Kind.DONE),
        ({"status": S.UNKNOWN}, {"status": S.PLANNED}, Kind.STATUS),
        ({"status": S.RUNNING}, {"status": S.WITHDRAWN}, Kind.WITHDRAWN),
        ({"status": S.RUNNING}, {"status": S.SUPERSEDED}, Kind.WITHDRAWN),
        ({"status": S.WITHDRAWN}, {"status": S.PROPOSED}, Kind.NEW),
        ({"forecast_end": dt.date(2027, 1, 1)}, {"forecast_end": dt.date(2027, 6, 1)}, Kind.DATES),
        ({"baseline_end": None}, {"baseline_end": dt.date(2027, 6, 1)}, Kind.DATES),
        ({"planned": Decimal(5)}, {"planned": Decimal(6)}, Kind.BUDGET),
        ({"spent": None}, {"spent": Decimal(0)}, Kind.BUDGET),
        ({"goals": {"1"}}, {"goals": {"1", "2"}}, Kind.SCOPE),
        ({"title": "A"}, {"title": "B"}, Kind.SCOPE),
        ({"horizon": "short"}, {"horizon": "long"}, Kind.SCOPE),
        ({"localities": {"niederkorn"}}, {"localities": set()}, Kind.SCOPE),
        ({"further": {"kn"}}, {"further": set()}, Kind.SCOPE),
        ({"voices": 1}, {"voices": 4}, Kind.VOICES),
    ],
)
def test_each_change_has_its_kind(before: dict, after: dict, kind: Kind) -> None:
    assert kinds([measure("VM-01", **before)], [measure("VM-01", **after)]) == [(kind, "VM-01")]


def test_measures_that_come_and_go_say_only_that() -> None:
    old = [measure("VM-01", planned=Decimal(1))]
    new = [measure("VM-02", planned=Decimal(2), voices=3)]
    assert kinds(old, new) == [(Kind.NEW, "VM-02"), (Kind.WITHDRAWN, "VM-01")]


def test_what_is_out_before_and_after_is_no_news() -> None:
    old = [measure("VM-01", status=S.WITHDRAWN, planned=Decimal(1))]
    assert kinds(old, [measure("VM-01", status=S.SUPERSEDED)]) == []
    assert kinds(old, []) == []


def test_being_done_says_its_day_only_once() -> None:
    old = [measure("VM-01", status=S.RUNNING)]
    new = [measure("VM-01", status=S.DONE, actual_end=dt.date(2026, 5, 1))]
    assert kinds(old, new) == [(Kind.DONE, "VM-01")]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            Step("forecast_end", dt.date(2027, 3, 1), dt.date(2027, 5, 30)),
            "Expected end: from March 1, 2027 to May 30, 2027, 90 days later.",
        ),
        (
            Step("baseline_end", dt.date(2027, 3, 2), dt.date(2027, 3, 1)),
            "Adopted end: from March 2, 2027 to March 1, 2027, 1 day earlier.",
        ),
        (Step("planned", None, Decimal(1500)), "Planned: from “not yet known” to 1,500 €."),
        (Step("status", S.PLANNED, S.DELAYED), "Status: from “Planned” to “Delayed”."),
        (Step("status", S.PLANNED, None), "Status: from “Planned” to “no longer listed”."),
        (Step("goals", frozenset({"1"}), frozenset({"2"})), "Goals: added “Integration”, taken away “Leben”."),
        (Step("horizon", "short", "long"), "Time horizon: from “kurz” to “lang”."),
        (Step("voices", 1, 4), "Voices: from 1 to 4."),
    ],
)
def test_changes_are_told_in_sentences_to_read_aloud(step: Step, told: str) -> None:
    with translation.override("en"):
        assert sentence(step, NAMES) == told


def test_the_reason_of_a_deviation_is_told() -> None:
    new = measure("VM-01", status=S.DELAYED, status_reason="Kein Angebot")
    with translation.override("en"):
        assert "Reason: Kein Angebot" in sentences(diff([measure("VM-01")], [new])[0], NAMES)
