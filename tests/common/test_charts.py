"""Charts are arithmetic: what is drawn has the lengths of what is told."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from common.charts.columns import columns
from common.charts.gantt import Span, gantt
from common.charts.graph import graph
from common.charts.outline import outline_map
from common.charts.stacked import stacked

COUNTS = st.lists(st.tuples(st.text(min_size=1), st.integers(0, 500)), max_size=8)
SQUARE = {"type": "Polygon", "coordinates": [[[5.8, 49.5], [5.9, 49.5], [5.9, 49.6], [5.8, 49.6], [5.8, 49.5]]]}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_parts_of_a_bar_are_as_long_as_their_counts() -> None:
    assert [(p.key, p.x, p.width) for p in stacked([("a", 1), ("b", 0), ("c", 3)], length=400)] == [
        ("a", 0, 100),
        ("c", 100, 300),
    ]
    assert stacked([("a", 5)], length=100, of=20)[0].width == 25
    assert stacked([]) == stacked([("a", 0)]) == ()


@given(COUNTS)
def test_parts_fill_the_bar_without_gap_or_overlap(counts: list) -> None:
    parts = stacked(counts, length=600)
    assert sum(part.count for part in parts) == sum(count for _key, count in counts)
    if parts:
        assert abs(parts[-1].x + parts[-1].width - 600) < 0.1
        assert all(abs(a.x + a.width - b.x) < 0.02 for a, b in itertools.pairwise(parts))


def test_an_unknown_amount_has_no_column_and_zero_has_one_without_height() -> None:
    chart = columns([("2026", [10.0, None, 0.0])], width=256, height=140)
    full, unknown, zero = chart.groups[0].columns
    assert (full.height, unknown.height, zero.height) == (100.0, None, 0.0)
    assert full.y + 100 == zero.y == chart.base
    assert [tick.value for tick in chart.ticks] == [0, 2.5, 5, 7.5, 10]


@given(st.lists(st.lists(st.none() | st.floats(0, 1e9), min_size=3, max_size=3), max_size=12))
def test_columns_stay_inside_the_chart_and_beside_each_other(values: list) -> None:
    chart = columns([(str(index), row) for index, row in enumerate(values)])
    bars = [column for group in chart.groups for column in group.columns]
    assert all(chart.left <= c.x and c.x + c.width <= chart.width + 0.1 and c.y >= 0 for c in bars)
    assert all(a.x + a.width <= b.x + 0.05 for a, b in itertools.pairwise(bars))


def test_spans_lie_on_an_axis_of_whole_years_with_today_between_them() -> None:
    spans = [
        Span("A", adopted=(day("2026-01-01"), day("2027-01-01")), marks=(("done", day("2026-07-02"), "Entwurf"),)),
        Span("B", expected=(day("2026-01-01"), day("2027-12-31")), after=("A", "unknown", "B")),
        Span("C"),
    ]
    chart = gantt(spans, day("2026-07-02"), width=828)  # 730 units for 730 days
    first, second, third = chart.rows
    assert first.adopted is not None
    assert (first.adopted.x, first.adopted.width) == (84, 365)
    assert first.marks[0].x == chart.today == 84 + 182
    assert (first.expected, third.adopted, third.marks) == (None, None, ())
    assert second.expected is not None
    assert second.expected.width == 729
    assert chart.years == ((2026, 84.0), (2027, 449.0))
    assert len(chart.arrows) == 1  # neither from what is not drawn nor to itself
    assert chart.arrows[0].startswith("M449.0,47.0")


def test_dates_in_the_wrong_order_draw_no_bar() -> None:
    chart = gantt([Span("A", adopted=(day("2027-01-01"), day("2026-01-01")))], day("2026-05-01"))
    assert chart.rows[0].adopted is None


def test_a_graph_is_the_same_whatever_the_order_and_leaves_out_loose_ends() -> None:
    nodes = [("VM-01", "vm"), ("KN-01", "kn"), ("VM-02", "vm")]
    edges = [("VM-01", "conflict", "KN-01"), ("VM-01", "synergy", "ZZ-99")]
    drawn = graph(nodes, edges, size=300, margin=50)
    assert drawn == graph(reversed(nodes), edges, size=300, margin=50)
    assert [node.key for node in drawn.nodes] == ["KN-01", "VM-01", "VM-02"]
    assert (drawn.nodes[0].x, drawn.nodes[0].y) == (150, 50)  # the first stands on top
    assert [edge.kind for edge in drawn.edges] == ["conflict"]
    assert graph([], []).nodes == ()


def test_an_outline_keeps_its_proportions_north_up() -> None:
    drawn = outline_map([("a", SQUARE)], width=204)
    assert drawn is not None
    assert round(drawn.height) == 258  # 0.1° of latitude is longer than 0.1° of longitude up here
    assert drawn.outlines[0].path == "M52.0,206.1L152.0,206.1L152.0,52.0L52.0,52.0Z"
    assert outline_map([]) is None
