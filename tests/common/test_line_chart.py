"""The drawing of a line over time."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from common.charts.line import BOTTOM, HEIGHT, RIGHT, TOP, WIDTH, line_chart

POINTS = st.dictionaries(
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)),
    st.floats(-1e9, 1e9, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-3),
    min_size=1,
    max_size=15,
).map(lambda found: list(found.items()))


def year(number: int) -> dt.date:
    return dt.date(number, 1, 1)


def test_without_points_there_is_no_drawing() -> None:
    assert line_chart([]) is None


def test_years_and_values_lie_where_a_ruler_puts_them() -> None:
    chart = line_chart([(year(2022), 0.0), (year(2023), 50.0), (year(2024), 100.0)])
    assert chart is not None
    assert [tick.value for tick in chart.y_ticks] == [0, 25, 50, 75, 100]
    assert [tick.value for tick in chart.x_ticks] == [2022, 2023, 2024, 2025]
    left, right = float(chart.left), WIDTH - RIGHT
    assert float(chart.dots[0].x) == left
    # 2022-01-01 to 2025-01-01 are 1096 days, 365 of them in 2022
    assert float(chart.dots[1].x) == round(left + 365 / 1096 * (right - left), 1)
    assert [float(dot.y) for dot in chart.dots] == [HEIGHT - BOTTOM, (TOP + HEIGHT - BOTTOM) / 2, TOP]
    assert chart.path.count("L") == 2


def test_points_are_joined_in_the_order_of_time_and_keep_their_marks() -> None:
    chart = line_chart([(year(2024), 3.0), (year(2022), 1.0)], marked=frozenset({0}))
    assert chart is not None
    assert [dot.is_marked for dot in chart.dots] == [False, True]
    assert float(chart.dots[0].x) < float(chart.dots[1].x)


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    above, from_zero = line_chart([(year(2017), 25_402), (year(2023), 29_536)]), line_chart([(year(2020), 0)])
    assert above is not None
    assert from_zero is not None
    assert not above.starts_at_zero
    assert [tick.value for tick in above.y_ticks] == [24_000, 26_000, 28_000, 30_000]


def test_the_target_belongs_to_the_axes() -> None:
    chart = line_chart([(year(2022), 10.0)], target=(dt.date(2030, 12, 31), 90.0))
    assert chart is not None
    assert chart.target is not None
    assert float(chart.target.x) > float(chart.dots[0].x)
    assert float(chart.target.y) < float(chart.dots[0].y)


@given(POINTS)
def test_every_point_lies_on_the_drawing_and_the_labels_do_not_crowd(points: list[tuple[dt.date, float]]) -> None:
    chart = line_chart(points)
    assert chart is not None
    assert len(chart.dots) == len(points)
    for dot in chart.dots:
        assert float(chart.left) - 0.1 <= float(dot.x) <= WIDTH - RIGHT + 0.1
        assert TOP - 0.2 <= float(dot.y) <= HEIGHT - BOTTOM + 0.2
    assert 1 <= len(chart.x_ticks) <= 6
