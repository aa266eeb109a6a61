"""The rules of delivery, in words and in SQL: what a row says is what a list finds."""

import datetime as dt
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from accounts.roles import Role
from step.delivery import Drift, Freshness, drifts, freshness, is_behind, time_used
from step.filters import measures_for
from step.models import Measure, MeasureLink, Milestone, ProgressReport, Status
from tests.conftest import make_person
from tests.factories.step import make_budget, make_goal, make_measure

DAY = dt.timedelta(days=1)
STUCK = {"status_reason": "Grund", "unblocked_by": "Bescheid", "must_act": "Amt"}
TODAY = dt.date(2026, 7, 1)


def found(query: str, user: object = None) -> set[str]:
    filters = measures_for(QueryDict(query), user or AnonymousUser())
    assert not filters.form.errors
    return set(filters.qs.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (-5, "current"),
        (0, "current"),
        (90, "current"),
        (91, "ageing"),
        (180, "ageing"),
        (181, "stale"),
        (None, "never"),
    ],
)
def test_a_word_ages_by_quarters(age: int | None, expected: str) -> None:
    assert freshness(None if age is None else TODAY - age * DAY, TODAY) == expected


def test_time_used_is_known_only_with_both_dates_in_their_order() -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
    assert time_used(start, end, dt.date(2026, 7, 2)) == 49  # 182 of 365 days
    assert (time_used(start, end, start - DAY), time_used(start, end, end + DAY)) == (0, 100)
    assert time_used(None, end, start) is time_used(start, start, start) is None
    assert is_behind(48, start, end, dt.date(2026, 7, 2))
    assert not is_behind(49, start, end, dt.date(2026, 7, 2))
    assert not is_behind(None, start, end, end)
    assert not is_behind(0, start, end, None)


def test_a_measure_can_drift_in_four_ways_until_it_is_done() -> None:
    facts = {
        "baseline_end": TODAY - 30 * DAY,
        "forecast_end": TODAY - DAY,
        "open_milestones": [None, TODAY - DAY],
        "today": TODAY,
    }
    assert drifts(status=Status.BLOCKED, **facts) == tuple(Drift)
    assert drifts(status=Status.DONE, **facts) == drifts(status=Status.WITHDRAWN, **facts) == ()
    nothing = {"baseline_end": None, "forecast_end": None, "open_milestones": [], "today": TODAY}
    assert drifts(status=Status.UNKNOWN, **nothing) == ()
    # What is due today is not late, and a new forecast replaces the adopted end.
    assert drifts(status=Status.RUNNING, **{**nothing, "baseline_end": TODAY, "open_milestones": [TODAY]}) == ()
    later = {**nothing, "baseline_end": TODAY - DAY, "forecast_end": TODAY + DAY}
    assert drifts(status=Status.RUNNING, **later) == (Drift.FORECAST,)
    assert drifts(status=Status.UNKNOWN, **nothing, horizon_end=TODAY - DAY) == (Drift.OVERDUE,)
    assert drifts(status=Status.UNKNOWN, **nothing, horizon_end=TODAY) == ()


@pytest.fixture
def every_case(db: None) -> list[Measure]:
    """All combinations of status, adopted end, expected end and a milestone, around today."""
    today = timezone.localdate()
    dates = [None, today - DAY, today, today + DAY]
    statuses = [Status.RUNNING, Status.DELAYED, Status.DONE, Status.WITHDRAWN]
    cases = []
    for number, (status, adopted, expected) in enumerate(product(statuses, dates, dates)):
        measure = make_measure(
            f"VM-{number + 1:03}", status=status, baseline_end=adopted, **STUCK, forecast_end=expected
        )
        due, done = dates[number % 4], dates[number // 4 % 4]
        Milestone.objects.create(measure=measure, title="Schritt", due_on=due, done_on=done)
        if number % 3:
            ProgressReport.objects.create(
                measure=measure, reported_on=today - number * 7 * DAY, text="<p>x</p>", is_public=bool(number % 2)
            )
        cases.append(measure)
    return cases


@pytest.mark.parametrize("kind", [*Drift.values, "any"])
def test_the_list_of_a_drift_finds_what_the_rule_says(every_case: list[Measure], kind: str) -> None:
    today = timezone.localdate()
    expected = set()
    for measure in every_case:
        undone = [m.due_on for m in measure.milestones.all() if m.done_on is None or m.done_on > today]
        kinds = drifts(
            status=Status(measure.status),
            baseline_end=measure.baseline_end,
            forecast_end=measure.forecast_end,
            open_milestones=undone,
            today=today,
        )
        if kinds and (kind == "any" or kind in kinds):
            expected.add(measure.code)
    assert expected
    assert found(f"deviation={kind}") == expected


def test_whatever_the_desk_calls_late_is_off_plan(every_case: list[Measure]) -> None:
    late = found("signal=late")
    assert late
    assert late <= found("deviation=any")


def test_a_confirmation_is_a_word_too(db: None) -> None:
    today = timezone.localdate()
    make_measure("VM-01", status="running", confirmed_on=today)
    reported = make_measure("VM-02", status="running", confirmed_on=today - 400 * DAY)
    ProgressReport.objects.create(measure=reported, reported_on=today - 100 * DAY, text="x", is_public=True)
    make_measure("VM-03", status="running")
    assert [found(f"fresh={value}") for value in Freshness.values] == [{"VM-01"}, {"VM-02"}, set(), {"VM-03"}]


@pytest.mark.parametrize("value", Freshness.values)
@pytest.mark.parametrize("audience", ["public", "council"])
def test_the_list_of_a_freshness_finds_what_the_rule_says(every_case: list[Measure], value: str, audience: str) -> None:
    """The council reads internal reports as well."""
    today = timezone.localdate()
    reader = make_person(Role.COUNCIL)
    expected = set()
    for measure in every_case:
        reports = [r for r in measure.reports.all() if r.is_public or audience == "council"]
        last = max((report.reported_on for report in reports), default=None)
        if Status(measure.status).is_open and freshness(last, today) == value:
            expected.add(measure.code)
    assert expected
    assert found(f"fresh={value}&audience={audience}", reader) == expected


def test_a_visitor_learns_nothing_of_internal_reports_by_asking_for_the_council(db: None) -> None:
    measure = make_measure("VM-01", status=Status.RUNNING)
    ProgressReport.objects.create(measure=measure, reported_on=timezone.localdate(), text="x", is_public=False)
    for audience in ("", "public", "council"):
        assert found(f"fresh=never&audience={audience}") == {"VM-01"}
    assert found("fresh=current&audience=council", make_person(Role.COUNCIL)) == {"VM-01"}


def test_work_is_known_from_reports_or_because_the_measure_is_done(db: None) -> None:
    today = timezone.localdate()
    dates = {"baseline_start": today - 100 * DAY, "baseline_end": today + 100 * DAY}
    for code, percent, status in [("VM-01", 40, "running"), ("VM-02", 60, "running"), ("VM-03", 10, "done")]:
        measure = make_measure(code, status=status, **dates)
        ProgressReport.objects.create(measure=measure, reported_on=today, text="x", percent=percent, is_public=True)
    make_measure("VM-04", status="running", **dates)
    make_measure("VM-05", status="done")
    assert found("work=1") == {"VM-01", "VM-02", "VM-03", "VM-05"}
    assert found("work=none") == {"VM-04"}
    assert found("work=behind") == {"VM-01"}  # what is done is not behind


def test_links_are_found_from_both_ends_where_the_other_end_counts(db: None) -> None:
    one, two = make_measure("VM-01"), make_measure("VM-02")
    gone = make_measure("VM-03", status=Status.WITHDRAWN, status_reason="Grund")
    secret = make_measure("VM-04", visibility="internal")
    for target, kind in ((two, "conflict"), (gone, "synergy"), (secret, "synergy")):
        MeasureLink.objects.create(source=one, kind=kind, target=target)
    assert found("linked=conflict&counting=1") == {"VM-01", "VM-02"}
    assert found("linked=synergy&counting=1") == set()  # one is withdrawn, of the other a visitor knows nothing
    assert found("linked=synergy&counting=1", make_person(Role.COUNCIL)) == {"VM-01", "VM-04"}


def test_money_is_found_by_kind_and_year_of_the_same_line(db: None) -> None:
    measure = make_measure("VM-01")
    make_budget(measure, 2026, planned=1000)
    make_budget(measure, 2027, voted=500)
    make_budget(make_measure("VM-02"), 2027, planned=0, funder="Staat")
    assert found("amount=planned") == {"VM-01", "VM-02"}
    assert found("amount=planned&year=2027") == {"VM-02"}
    assert found("amount=voted&year=2026") == set()
    assert found("year=2027") == {"VM-01", "VM-02"}
    assert found("amount=funded") == {"VM-02"}
    assert found("amount=spent") == set()


def test_what_is_to_be_done_and_what_comes_next(db: None) -> None:
    today = timezone.localdate()
    for code, due, status in [("VM-01", today, "running"), ("VM-02", today - DAY, "running"), ("VM-03", today, "done")]:
        Milestone.objects.create(measure=make_measure(code, status=status), title="x", due_on=due)
    make_measure("VM-04", goals=[make_goal()], status=Status.WITHDRAWN, status_reason="Grund")
    assert found("milestone=ahead") == {"VM-01"}
    assert found("counting=open") == {"VM-01", "VM-02"}
    assert found("goal=none") == {"VM-01", "VM-02", "VM-03"}
