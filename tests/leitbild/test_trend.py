"""Trend, distance and due dates, worked out by hand; see docs/indicators.md."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitbild.trend import (
    Direction,
    Movement,
    Verdict,
    distance_of,
    is_overdue,
    later,
    latest_of,
    movement_of,
    trend_of,
    verdict_of,
)

TODAY = dt.date(2026, 11, 25)


@dataclass(frozen=True)
class Value:
    measured_on: dt.date
    value: Decimal


def row(*numbers: float | str, first: int = 2020) -> list[Value]:
    return [Value(dt.date(first + step, 1, 1), Decimal(str(number))) for step, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "movement"),
    [
        ([100, 110], Movement.RISING),
        ([100, 90], Movement.FALLING),
        ([100, 101], Movement.STEADY),  # exactly 1 % is no change
        ([100, "101.01"], Movement.RISING),
        ([100, 99], Movement.STEADY),
        ([100, 110, 120], Movement.RISING),
        ([100, 110, 105], Movement.MIXED),
        ([100, 110, "110.5"], Movement.RISING),  # the second step is below 1 %, the whole is not
        ([100, "100.9", "101.8"], Movement.RISING),  # two small steps that add up to more than 1 %
        ([100, 102, "101.5"], Movement.RISING),
        ([0, 1], Movement.RISING),  # from zero every change counts
        ([0, 0], Movement.STEADY),
        ([-10, -20], Movement.FALLING),
        ([500, 100, 110, 120], Movement.RISING),  # only the last three count
    ],
)
def test_the_movement_is_that_of_the_last_three_values(numbers: list[float], movement: Movement) -> None:
    assert trend_of(row(*numbers), Direction.NONE).movement == movement


def test_the_trend_says_over_which_values_it_was_taken() -> None:
    trend = trend_of(row(500, 100, 110, 120), Direction.UP)
    assert trend.change == Decimal(20)
    assert trend.since.measured_on == dt.date(2021, 1, 1)
    assert trend.values == 3


@pytest.mark.parametrize("numbers", [[], [7]])
def test_fewer_than_two_values_are_no_trend(numbers: list[float]) -> None:
    trend = trend_of(row(*numbers), Direction.UP)
    assert (trend.movement, trend.verdict, trend.change) == (Movement.UNKNOWN, Verdict.OPEN, None)


@pytest.mark.parametrize(
    ("direction", "rising", "falling", "steady", "mixed"),
    [
        (Direction.UP, Verdict.BETTER, Verdict.WORSE, Verdict.SAME, Verdict.OPEN),
        (Direction.DOWN, Verdict.WORSE, Verdict.BETTER, Verdict.SAME, Verdict.OPEN),
        (Direction.KEEP, Verdict.WORSE, Verdict.WORSE, Verdict.BETTER, Verdict.OPEN),
        (Direction.NONE, Verdict.OPEN, Verdict.OPEN, Verdict.OPEN, Verdict.OPEN),
    ],
)
def test_what_a_movement_means_depends_on_the_desired_direction(
    direction: Direction, rising: Verdict, falling: Verdict, steady: Verdict, mixed: Verdict
) -> None:
    movements = (Movement.RISING, Movement.FALLING, Movement.STEADY, Movement.MIXED)
    assert [verdict_of(movement, direction) for movement in movements] == [rising, falling, steady, mixed]


@pytest.mark.parametrize(
    ("direction", "baseline", "latest", "target", "gap", "reached", "percent"),
    [
        (Direction.UP, 20, 77, 120, 43, False, 57),  # (77-20)/(120-20)
        (Direction.UP, 20, 120, 120, 0, True, 100),
        (Direction.UP, 20, 130, 120, -10, True, 110),
        (Direction.UP, 20, 10, 120, 110, False, -10),  # moved away
        (Direction.UP, 0, 199, 300, 101, False, 66),  # 66.33, never rounded up
        (Direction.DOWN, 31, 24, 12, -12, False, 36),  # 7 of 19
        (Direction.DOWN, 31, 12, 12, 0, True, 100),
        (Direction.KEEP, 20, "20.2", 20, "-0.2", True, None),
        (Direction.KEEP, 20, 25, 20, -5, False, None),
        (Direction.NONE, 20, 25, 30, 5, None, None),
        (Direction.UP, None, 25, 30, 5, False, None),
        (Direction.UP, 30, 25, 30, 5, False, None),  # the way has no length
    ],
)
def test_the_distance_to_the_target(
    direction: Direction, baseline: float | None, latest: float, target: float, gap: float, reached: bool, percent: int
) -> None:
    base = None if baseline is None else Decimal(str(baseline))
    found = distance_of(Decimal(str(latest)), baseline=base, target=Decimal(str(target)), direction=direction)
    assert found is not None
    assert (found.gap, found.is_reached, found.percent) == (Decimal(str(gap)), reached, percent)


def test_without_value_or_target_there_is_no_distance() -> None:
    assert distance_of(None, baseline=None, target=Decimal(1), direction=Direction.UP) is None
    assert distance_of(Decimal(1), baseline=None, target=None, direction=Direction.UP) is None


def test_an_update_is_overdue_from_the_day_after_it_was_due() -> None:
    assert not is_overdue(None, TODAY)
    assert not is_overdue(TODAY, TODAY)
    assert is_overdue(TODAY - dt.timedelta(days=1), TODAY)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (dt.date(2026, 3, 1), 12, dt.date(2027, 3, 1)),
        (dt.date(2020, 3, 1), 24, dt.date(2028, 3, 1)),
        (dt.date(2026, 8, 31), 3, dt.date(2026, 11, 30)),  # November has no 31st
        (dt.date(2027, 1, 1), 12, dt.date(2027, 1, 1)),  # lies ahead already
        (TODAY, 3, dt.date(2027, 2, 25)),
    ],
)
def test_the_next_update_follows_in_the_agreed_rhythm(start: dt.date, months: int, expected: dt.date) -> None:
    assert later(start, months, after=TODAY) == expected


NUMBERS = st.decimals(-1_000_000, 1_000_000, places=2)
ROWS = st.dictionaries(st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)), NUMBERS, max_size=12)


def of_dict(values: dict[dt.date, Decimal]) -> list[Value]:
    return [Value(day, number) for day, number in values.items()]


@given(ROWS, st.sampled_from(Direction), st.randoms())
def test_the_order_of_the_values_never_matters(values: dict, direction: Direction, random: object) -> None:
    rows = of_dict(values)
    shuffled = random.sample(rows, len(rows))  # type: ignore[attr-defined]
    assert trend_of(rows, direction) == trend_of(shuffled, direction)
    assert latest_of(rows) == latest_of(shuffled)


@given(st.lists(st.decimals(1, 1_000_000, places=2), min_size=2, max_size=3))
def test_what_goes_one_way_never_goes_the_same_way_when_time_runs_back(numbers: list[Decimal]) -> None:
    there, back = movement_of(numbers), movement_of(numbers[::-1])
    if there in {Movement.RISING, Movement.FALLING}:
        assert back != there


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([Direction.UP, Direction.DOWN]))
def test_at_the_target_all_of_the_way_is_done_and_none_at_the_baseline(
    baseline: Decimal, target: Decimal, latest: Decimal, direction: Direction
) -> None:
    at_target = distance_of(target, baseline=baseline, target=target, direction=direction)
    assert at_target is not None
    assert at_target.is_reached
    assert at_target.percent in ({None} if baseline == target else {100})
    start = distance_of(baseline, baseline=baseline, target=target, direction=direction)
    assert start is not None
    assert start.percent in {None, 0}
    between = distance_of(latest, baseline=baseline, target=target, direction=direction)
    assert between is not None
    assert latest + between.gap == target


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)), st.sampled_from([3, 12, 24, 60]))
def test_the_next_update_lies_ahead_and_at_most_one_step_away_unless_it_did_already(
    start: dt.date, months: int
) -> None:
    due = later(start, months, after=TODAY)
    assert due > TODAY
    assert due == start or (due - TODAY).days <= months * 31
