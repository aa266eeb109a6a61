"""The figures worked out by hand, with every edge case, and what must hold for any records."""

from decimal import Decimal
from urllib.parse import parse_qs

from hypothesis import given, settings
from hypothesis import strategies as st

from konzeptplan.figures import Breakdown, Figure, Konzeptplan, Voice
from konzeptplan.rollup import compute
from konzeptplan.sources import MoneyLine
from step.models import Status, Urgency
from tests.konzeptplan.records import GOALS, HORIZONS, LOCALITIES, PLANS, measure, source

CITY = [
    measure("VM-01", goals={"1", "2"}, localities={"niederkorn"}, planned=Decimal(1000), voices=1, unit="Amt"),
    measure(
        "VM-02",
        further=("kn",),
        horizon="long",
        status=Status.RUNNING,
        urgency=Urgency.HIGH,
        pillars={"social"},
    ),
    measure("VM-03", horizon=None, status=Status.UNKNOWN, urgency=Urgency.UNKNOWN),
    measure("VM-04", status=Status.WITHDRAWN, status_reason="no land", goals={"3"}, planned=Decimal(1000)),
    measure(
        "KN-01",
        lead_plan="kn",
        status=Status.BLOCKED,
        status_reason="permit",
        localities={"niederkorn", "oberkorn"},
    ),
    measure("KN-02", lead_plan="kn", status=Status.DONE, sdgs={"13"}, planned=Decimal(1000)),
    measure("KN-03", lead_plan="kn", status=Status.SUPERSEDED, status_reason="KN-02"),
]
VOICES = [
    Voice("1", frozenset({"vm", "kn"}), answered=True, days_to_answer=4, changed_measure=True),
    Voice("2", frozenset({"vm"}), answered=True, days_to_answer=9, changed_measure=False),
    Voice("3", frozenset(), answered=False, days_to_answer=None, changed_measure=False),
]
MONEY = [
    MoneyLine("VM-01", 2026, Decimal(1000), None, Decimal("12.50")),
    MoneyLine("VM-01", 2026, Decimal(500), None, None),
    MoneyLine("KN-02", 2027, None, Decimal(0), None),
    MoneyLine("VM-04", 2026, Decimal(99999), None, None),  # withdrawn: out
]


def city() -> Konzeptplan:
    return compute(source(CITY, VOICES, MONEY))


def counts(breakdown: Breakdown) -> dict[str, int]:
    return {row.label.key: row.count for row in breakdown.rows}


def test_the_total_leaves_out_withdrawn_and_superseded_measures_and_says_so() -> None:
    plan = city()
    assert plan.total.codes == ("KN-01", "KN-02", "VM-01", "VM-02", "VM-03")
    assert {f.label.key: f.codes for f in plan.left_out} == {
        "withdrawn": ("VM-04",),
        "superseded": ("KN-03",),
    }


def test_the_matrix_counts_each_measure_in_the_row_of_its_lead_plan() -> None:
    matrix = city().matrix
    assert [[cell.count for cell in row.cells] for row in matrix.rows] == [[1, 1, 1], [2, 0, 0]]
    assert [row.total.count for row in matrix.rows] == [3, 2]
    assert [total.count for total in matrix.totals] == [3, 1, 1]
    assert [h.elapsed_percent for h in matrix.horizons] == [50, 0, None]


def test_unknown_is_a_row_of_its_own_and_not_a_plan_not_started() -> None:
    assert counts(city().by_status) == {
        "unknown": 1, "proposed": 0, "planned": 1, "running": 1, "delayed": 0, "blocked": 1, "done": 1,
    }  # fmt: skip
    assert counts(city().by_urgency) == {"high": 1, "medium": 3, "low": 0, "unknown": 1}


def test_a_measure_in_two_localities_stands_in_both_rows_and_counts_once_in_the_total() -> None:
    by_locality = city().by_locality
    assert counts(by_locality) == {"niederkorn": 2, "oberkorn": 1, "none": 3}
    assert by_locality.overlapping
    assert by_locality.total.count == 5


def test_goals_sdgs_and_pillars_show_their_empty_rows() -> None:
    plan = city()
    assert counts(plan.by_goal) == {"1": 1, "2": 1, "3": 0}
    assert counts(plan.by_sdg) == {"11": 0, "13": 1}
    assert counts(plan.by_pillar) == {"ecological": 0, "social": 1}
    assert not plan.by_pillar.overlapping


def test_deviations_are_the_delayed_and_blocked_with_their_reason() -> None:
    assert [(d.code, d.reason) for d in city().deviations] == [("KN-01", "permit")]


def test_voices_are_counted_once_in_the_total_and_in_each_plan_that_they_concern() -> None:
    voices = city().voices
    assert (voices.all.received, voices.all.answered, voices.all.unanswered) == (3, 2, 1)
    assert [(v.label.key, v.received, v.answered) for v in voices.by_plan] == [("vm", 2, 2), ("kn", 1, 1)]
    assert voices.median_days == 6.5
    assert voices.changed_measure == 1


def test_money_that_nobody_stated_is_not_zero() -> None:
    money = city().money
    assert [(y.year, y.planned, y.voted, y.spent) for y in money.years] == [
        (2026, Decimal(1500), None, Decimal("12.50")),
        (2027, None, Decimal(0), None),
    ]
    assert (money.with_figure.codes, money.of) == (("KN-02", "VM-01"), 5)


def test_gaps_open_the_records_that_are_missing_something() -> None:
    gaps = {gap.key: [item.key for item in gap.items] for gap in city().gaps}
    assert gaps["goal"] == ["3"]  # its only measure was withdrawn
    assert gaps["voice"] == ["KN-01", "KN-02", "VM-02", "VM-03"]
    assert gaps["horizon"] == gaps["status"] == ["VM-03"]
    assert gaps["budget"] == ["KN-01", "VM-02", "VM-03"]


def test_an_empty_city_has_no_median_and_divides_by_nothing() -> None:
    plan = compute(source())
    assert plan.total.count == 0
    assert plan.voices.median_days is None
    assert plan.money.years == ()


# --- What holds for any records ---------------------------------------------------------------------------------------

KEYS = {
    "goals": st.frozensets(st.sampled_from([g.key for g in GOALS])),
    "localities": st.frozensets(st.sampled_from([place.key for place in LOCALITIES])),
}


@st.composite
def cities(draw: st.DrawFn) -> list:
    codes = draw(st.lists(st.integers(1, 99), unique=True, max_size=12))
    return [
        measure(
            f"VM-{code:02}",
            lead_plan=draw(st.sampled_from([p.key for p in PLANS])),
            further=draw(st.sampled_from([(), ("kn",), ("vm", "kn")])),
            horizon=draw(st.sampled_from([None, *[h.label.key for h in HORIZONS]])),
            status=draw(st.sampled_from(Status)),
            urgency=draw(st.sampled_from(Urgency)),
            **{name: draw(keys) for name, keys in KEYS.items()},
        )
        for code in codes
    ]


def figures(plan: Konzeptplan) -> list[Figure]:
    rows = [figure for name in BREAKDOWNS for figure in getattr(plan, name).rows]
    cells = [cell for row in plan.matrix.rows for cell in (*row.cells, row.total)]
    return [plan.total, *rows, *cells, *plan.matrix.totals]


BREAKDOWNS = ["by_status", "by_urgency", "by_locality", "by_goal", "by_sdg", "by_pillar"]


@given(cities())
@settings(max_examples=60, deadline=None)
def test_every_total_equals_the_lists_below_it(measures: list) -> None:
    plan = compute(source(measures))
    in_rows = [code for row in plan.matrix.rows for cell in row.cells for code in cell.codes]
    assert sorted(in_rows) == list(plan.total.codes)
    assert sorted(code for f in plan.by_status.rows for code in f.codes) == list(plan.total.codes)
    for name in BREAKDOWNS:
        breakdown = getattr(plan, name)
        assert {code for f in breakdown.rows for code in f.codes} <= set(plan.total.codes)
    assert {code for f in plan.by_locality.rows for code in f.codes} == set(plan.total.codes)


@given(cities(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_records_never_matters(measures: list, random) -> None:
    shuffled = list(measures)
    random.shuffle(shuffled)
    assert compute(source(shuffled)) == compute(source(measures))


@given(cities())
@settings(max_examples=40, deadline=None)
def test_an_unrelated_measure_changes_only_the_figures_that_count_it(measures: list) -> None:
    before = figures(compute(source(measures)))
    after = figures(compute(source([*measures, measure("ZZ-99", goals={"1"})])))
    for old, new in zip(before, after, strict=True):
        assert new.codes == old.codes or sorted(new.codes) == sorted([*old.codes, "ZZ-99"])


@given(cities())
@settings(max_examples=20, deadline=None)
def test_every_list_is_narrowed_to_the_audience_that_it_was_counted_for(measures: list) -> None:
    for figure in figures(compute(source(measures))):
        assert parse_qs(figure.query)["audience"] == ["public"]
