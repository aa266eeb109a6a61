"""Axes of charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.charts.scale import scale

NUMBERS = st.lists(st.floats(-1e9, 1e9, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-3), max_size=20)


def test_ticks_are_round_and_hold_every_value() -> None:
    assert scale([3, 17]).ticks == (0, 5, 10, 15, 20)
    assert scale([24_805, 29_536], from_zero=False).ticks == (24_000, 26_000, 28_000, 30_000)
    assert scale([0.1, 0.35]).ticks == (0, 0.1, 0.2, 0.3, 0.4)


@pytest.mark.parametrize("values", [[], [0], [5], [-5], [7, 7]])
def test_an_axis_has_some_length_whatever_it_shows(values: list[float]) -> None:
    for from_zero in (True, False):
        axis = scale(values, from_zero=from_zero)
        assert axis.high > axis.low
        assert 0 <= axis.at(values[0] if values else axis.low, 100) <= 100


@given(NUMBERS, st.booleans())
def test_every_value_lies_on_the_axis(values: list[float], from_zero: bool) -> None:
    axis = scale(values, from_zero=from_zero)
    assert all(-0.01 <= axis.at(value, 100) <= 100.01 for value in values)
    assert len(axis.ticks) <= 12
