"""Adopted beside expected and actual, and the difference in words."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from step.baseline import Row, compare
from step.money import money_of
from tests.factories.step import make_budget, make_measure

pytestmark = pytest.mark.django_db


def rows(**fields: Any) -> list[Row]:
    measure = make_measure(**fields)
    with translation.override("en"):
        return compare(measure, money_of(measure.budget_lines.all()))


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        (dt.date(2027, 1, 2), None, "1 day later"),
        (dt.date(2026, 12, 2), None, "30 days earlier"),
        (dt.date(2027, 1, 1), None, "As adopted"),
        (dt.date(2028, 1, 1), dt.date(2027, 1, 3), "2 days later"),  # what came counts more than what was expected
        (None, None, ""),
    ],
)
def test_the_end_is_compared_with_the_adopted_one(expected: Any, actual: Any, words: str) -> None:
    (row,) = rows(baseline_end=dt.date(2027, 1, 1), forecast_end=expected, actual_end=actual)
    assert row.difference == words
    assert row.is_worse is words.endswith("later")


def test_without_an_adopted_date_nothing_can_be_compared() -> None:
    (row,) = rows(forecast_end=dt.date(2027, 1, 1))
    assert (row.adopted, row.difference) == (None, "")


def test_a_measure_of_which_nothing_is_known_has_no_rows() -> None:
    assert rows() == []


def test_the_cost_is_the_sum_of_what_is_known_and_says_what_is_not() -> None:
    measure = make_measure(baseline_cost=100_000)
    make_budget(measure, 2026, planned=80_000, spent=90_000)
    make_budget(measure, 2027, planned=50_000)
    make_budget(measure, 2028)
    with translation.override("en"):
        (row,) = compare(measure, money_of(measure.budget_lines.all()))
    assert (row.adopted, row.expected, row.actual) == ("100,000 €", "130,000 €", "90,000 €")
    assert (row.difference, row.is_worse) == ("30,000 € more", True)
    assert row.note == "2 of 3 budget lines have a planned figure."
