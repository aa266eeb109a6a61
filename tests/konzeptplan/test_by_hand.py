"""A dozen measures with every edge case: all figures were worked out on paper, and every list agrees with them."""

from decimal import Decimal

import pytest
import time_machine

from konzeptplan.figures import Audience, Breakdown, Gap, Konzeptplan, MoneyYear, Selection, Work
from konzeptplan.rollup import build
from leitbild.trend import Movement, Verdict
from step.delivery import Drift
from tests.factories.city import AT, day, make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def public() -> Konzeptplan:
    make_city()
    return build(AT, Audience.PUBLIC)


@pytest.fixture
def council() -> Konzeptplan:
    make_city()
    return build(AT, Audience.COUNCIL)


def codes(breakdown: Breakdown) -> dict[str, str]:
    return {row.label.key: " ".join(row.codes) for row in breakdown.rows if row.codes}


def work(found: Work) -> tuple:
    return found.known.count, found.of, found.median, found.comparable, " ".join(found.behind.codes)


def euros(year: MoneyYear) -> tuple:
    return year.year, year.planned, year.voted, year.spent, year.funded


def test_eight_public_measures_count_and_a_ninth_for_the_council(public: Konzeptplan) -> None:
    assert public.total.codes == ("KN-01", "KN-02", "KN-06", "VM-01", "VM-02", "VM-03", "VM-05", "VM-06")
    assert build(AT, Audience.COUNCIL).total.codes == (*public.total.codes[:2], "KN-04", *public.total.codes[2:])
    assert {f.label.key: f.codes for f in public.left_out} == {"withdrawn": ("VM-04",), "superseded": ("KN-03",)}


def test_matrix(public: Konzeptplan) -> None:
    matrix = public.matrix
    assert [(h.label.key, h.elapsed_percent) for h in matrix.horizons] == [("short", 25), ("long", 0), ("none", None)]
    assert [(row.plan.key, [cell.count for cell in row.cells], row.total.count) for row in matrix.rows] == [
        ("vm", [2, 2, 1], 5),
        ("kn", [3, 0, 0], 3),
    ]
    assert [total.count for total in matrix.totals] == [5, 2, 1]


def test_work_done_is_a_middle_value_of_what_is_known(public: Konzeptplan) -> None:
    matrix = public.matrix
    assert work(matrix.total_work) == (4, 8, Decimal(50), 2, "VM-01")  # 0, 40, 60 and 100 for what is done
    assert [work(row.work) for row in matrix.rows] == [(3, 5, Decimal(40), 2, "VM-01"), (1, 3, Decimal(100), 0, "")]
    assert [work(horizon) for horizon in matrix.work] == [
        (2, 5, Decimal(70), 1, "VM-01"),
        (2, 2, Decimal(30), 1, ""),
        (0, 1, None, 0, ""),
    ]


def test_breakdowns(public: Konzeptplan) -> None:
    assert codes(public.by_status) == {
        "unknown": "VM-03", "proposed": "VM-05", "planned": "KN-06 VM-01", "running": "VM-02 VM-06",
        "blocked": "KN-01", "done": "KN-02",
    }  # fmt: skip
    assert {row.label.key: row.count for row in public.by_urgency.rows} == {
        "high": 1, "medium": 1, "low": 0, "unknown": 6,
    }  # fmt: skip
    assert codes(public.by_locality) == {
        "niederkorn": "KN-01 VM-01", "oberkorn": "KN-01 VM-05", "none": "KN-02 KN-06 VM-02 VM-03 VM-06",
    }  # fmt: skip
    assert codes(public.by_goal) == {"1": "VM-01 VM-02", "2": "VM-01 VM-05"}
    assert codes(public.by_sdg) == {"11": "VM-05", "13": "KN-02 VM-05"}
    assert codes(public.by_pillar) == {"social": "VM-01 VM-02"}
    assert [(row.goal.key, [cell.count for cell in row.cells]) for row in public.goals] == [
        ("1", [0, 0, 1, 1, 0, 0, 0]),
        ("2", [0, 1, 1, 0, 0, 0, 0]),
        ("3", [0] * 7),
    ]


def test_deviations_come_with_their_reason_and_the_most_serious_first(public: Konzeptplan) -> None:
    assert codes(public.by_drift) == {
        "reported": "KN-01", "overdue": "KN-01", "milestone": "VM-01 VM-06", "forecast": "VM-01",
    }  # fmt: skip
    assert public.by_drift.total.codes == ("KN-01", "VM-01", "VM-06")
    assert [(d.code, d.kinds, d.days_late, d.reason, d.next_step, d.acts) for d in public.deviations] == [
        ("KN-01", (Drift.REPORTED, Drift.OVERDUE), 31, "Genehmigung", "Gespräch", "Ministerium"),
        ("VM-06", (Drift.MILESTONE,), 62, "", "", ""),
        ("VM-01", (Drift.MILESTONE, Drift.FORECAST), 32, "", "", "Amt"),
    ]


def test_a_stuck_measure_says_what_would_free_it(public: Konzeptplan) -> None:
    assert [d.condition for d in public.deviations] == ["Bescheid", "", ""]


def test_freshness_is_of_open_measures_and_of_the_reports_that_the_reader_may_know(public: Konzeptplan) -> None:
    assert codes(public.freshness) == {
        "current": "VM-01", "ageing": "KN-06 VM-02", "stale": "VM-06", "never": "KN-01 VM-03 VM-05",
    }  # fmt: skip
    assert public.freshness.total.count == 7
    council = build(AT, Audience.COUNCIL).freshness
    assert codes(council)["current"] == "KN-01 VM-01"
    assert (codes(council)["never"], council.total.count) == ("KN-04 VM-03 VM-05", 8)


def test_money(public: Konzeptplan) -> None:
    money = public.money
    assert [euros(year) for year in money.years] == [
        (2026, Decimal(1800), Decimal(700), Decimal("12.50"), Decimal(300)),
        (2027, None, Decimal(0), None, None),
    ]
    assert euros(money.total) == (None, Decimal(1800), Decimal(700), Decimal("12.50"), Decimal(300))
    assert [figure.codes for figure in money.years[0].counted] == [
        ("KN-06", "VM-01"), ("KN-06",), ("VM-01",), ("KN-06",),
    ]  # fmt: skip
    assert (money.with_figure.codes, money.of) == (("KN-02", "KN-06", "VM-01"), 8)
    assert money.current == money.years[0]


def test_money_of_the_council_includes_the_internal_measure(council: Konzeptplan) -> None:
    assert euros(council.money.years[0]) == (2026, Decimal(3800), Decimal(700), Decimal("12.50"), Decimal(2300))


def test_voices(public: Konzeptplan) -> None:
    voices = public.voices
    assert (voices.all.received, voices.all.answered, voices.all.unanswered) == (4, 2, 2)
    assert (voices.median_days, voices.changed_measure, voices.changed_percent, voices.unmet) == (
        Decimal("6.5"),
        1,
        25,
        1,
    )
    assert [(v.label.key, v.received, v.answered) for v in voices.by_plan] == [("vm", 3, 2), ("kn", 1, 1)]
    assert [(v.label.key, v.received) for v in voices.by_locality] == [("niederkorn", 1), ("oberkorn", 0)]
    council = build(AT, Audience.COUNCIL).voices
    assert (council.all.received, council.all.answered) == (5, 2)  # half an answer is none
    assert [(v.label.key, v.received) for v in council.by_plan] == [("vm", 3), ("kn", 2)]


def _names(gap: Gap) -> str:
    """Codes of measures and slugs of indicators are told by their keys, weaknesses by their names."""
    if gap.key == "weakness":
        return ", ".join(item.name for item in gap.items)
    return " ".join(item.key for item in gap.items)


def test_gaps(public: Konzeptplan) -> None:
    assert {gap.key: (_names(gap), gap.count, gap.of) for gap in public.gaps} == {
        "goal": ("3", 1, 3),  # its only measure was withdrawn
        "demand": ("", 1, 4),
        "voice": ("KN-02 KN-06 VM-02 VM-03 VM-05 VM-06", 6, 8),
        "no_goal": ("KN-01 KN-02 KN-06 VM-03 VM-06", 5, 8),
        "unit": ("KN-01 KN-02 KN-06 VM-02 VM-03 VM-05 VM-06", 7, 8),
        "horizon": ("VM-03", 1, 8),
        "status": ("VM-03", 1, 8),
        "budget": ("KN-01 VM-02 VM-03 VM-05 VM-06", 5, 8),
        "indicator": ("baeume", 1, 3),
        "weakness": ("Wenig Schatten, Lange Wege", 2, 3),  # a withdrawn or an internal measure is no answer
    }


def test_effect_is_told_by_the_values_of_the_day(public: Konzeptplan) -> None:
    effects = public.effects
    assert [
        (e.label.key, e.baseline, e.latest, e.target, e.percent, e.movement, e.verdict, e.is_overdue)
        for e in effects.rows
    ] == [
        ("radwege", 100, 150, 200, 50, Movement.RISING, Verdict.BETTER, False),
        ("laerm", None, 66, None, None, Movement.RISING, Verdict.WORSE, False),
        ("baeume", None, None, None, None, Movement.UNKNOWN, Verdict.OPEN, True),
    ]
    assert (effects.of, effects.measured, effects.with_target, effects.better, effects.worse) == (3, 2, 1, 1, 1)
    assert build(AT, Audience.COUNCIL).effects.of == 4
    assert [e.label.key for e in build(AT, Audience.PUBLIC, Selection(plan="vm")).effects.rows] == ["radwege"]
    assert [e.label.key for e in build(AT, Audience.PUBLIC, Selection(goal="2")).effects.rows] == ["laerm"]


def test_timeline_shows_the_next_milestones_and_what_they_need_first(public: Konzeptplan) -> None:
    timeline = public.timeline
    assert [(row.code, row.next_due, row.needs) for row in timeline.rows] == [
        ("VM-01", day("2026-07-02"), ("VM-05",)),
        ("VM-05", None, ()),
    ]
    assert timeline.total.codes == ("VM-01",)


def test_connections_are_between_measures_that_count(public: Konzeptplan) -> None:
    found = public.connections
    assert [(link.kind, link.source.key, link.target.key) for link in found.links] == [
        ("conflict", "VM-05", "KN-01"),
        ("synergy", "VM-05", "VM-01"),
    ]
    assert (found.conflict.codes, found.synergy.codes) == (("KN-01", "VM-05"), ("VM-01", "VM-05"))


@pytest.mark.parametrize(
    ("selection", "measures", "voices"),
    [
        (Selection(plan="kn"), "KN-01 KN-02 KN-06 VM-02", 1),
        (Selection(locality="niederkorn"), "KN-01 VM-01", 1),
        (Selection(goal="2"), "VM-01 VM-05", 2),
        (Selection(horizon="short"), "KN-01 KN-02 KN-06 VM-01 VM-05", 2),
        (Selection(unit="amt"), "VM-01", 2),
        (Selection(plan="vm", goal="1", horizon="long"), "VM-02", 0),
        (Selection(plan="kn", unit="amt"), "", 1),  # the voice concerns a measure of each
    ],
    ids=lambda value: str(value.query) if isinstance(value, Selection) else "",
)
def test_a_selection_narrows_every_figure(selection: Selection, measures: str, voices: int) -> None:
    make_city()
    plan = build(AT, Audience.PUBLIC, selection)
    assert " ".join(plan.total.codes) == measures
    assert plan.voices.all.received == voices
    assert sum(row.total.count for row in plan.matrix.rows) == plan.total.count


def test_the_page_shows_these_figures(client, public: Konzeptplan) -> None:
    with time_machine.travel("2026-07-02T12:00:00+02:00"):
        shown = client.get("/de/konzeptplan/").context["plan"]
    assert shown == public
