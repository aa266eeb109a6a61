"""The signals, with cases worked out by hand. Today is 2 July 2026; 180 days before it is 3 January 2026."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from step.models import Measure, Milestone, ProgressReport, Signal, Status, Visibility
from step.models.signals import GAPS
from step.signals import signals_of
from tests.factories.step import (
    POINT,
    make_budget,
    make_goal,
    make_horizon,
    make_locality,
    make_measure,
    make_unit,
)

TODAY = dt.date(2026, 7, 2)
YESTERDAY = dt.date(2026, 7, 1)
LIMIT = dt.date(2026, 1, 3)  # the oldest day that is still fresh
pytestmark = pytest.mark.django_db


def old(**fields: Any) -> Measure:
    """A measure that has been in the portal for years."""
    measure = make_measure(status=fields.pop("status", Status.RUNNING), status_reason="Darum", **fields)
    Measure.objects.filter(pk=measure.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    measure.refresh_from_db()
    return measure


def complete(**fields: Any) -> Measure:
    values = {"goals": [make_goal()], "responsible_unit": make_unit(), "geometry": POINT}
    measure = old(**{**values, "forecast_end": dt.date(2027, 1, 1), **fields})
    make_budget(measure, planned=1000)
    return measure


def late() -> set[Measure]:
    return set(Measure.objects.late(TODAY))


@pytest.mark.parametrize("field", ["forecast_end", "baseline_end"])
def test_a_measure_is_late_the_day_after_its_end(field: str) -> None:
    passed = make_measure(status=Status.RUNNING, **{field: YESTERDAY})
    make_measure(status=Status.RUNNING, **{field: TODAY})
    assert late() == {passed}


def test_a_measure_is_late_when_its_horizon_has_ended() -> None:
    passed = make_measure(status=Status.PLANNED, horizon=make_horizon("short", 2024))  # ends 31 December 2025
    make_measure(status=Status.PLANNED, horizon=make_horizon("medium", 2026))
    assert late() == {passed}


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [(YESTERDAY, None, True), (YESTERDAY, TODAY, False), (TODAY, None, False), (None, None, False)],
)
def test_a_missed_milestone_makes_late(due: dt.date | None, done: dt.date | None, expected: bool) -> None:
    measure = make_measure(status=Status.RUNNING)
    Milestone.objects.create(measure=measure, title="Entwurf", due_on=due, done_on=done)
    assert (measure in late()) is expected


@pytest.mark.parametrize("status", Status)
def test_only_open_measures_are_late_or_stale(status: Status) -> None:
    measure = old(status=status, forecast_end=YESTERDAY)
    assert (measure in late()) is status.is_open
    assert (measure in Measure.objects.stale(TODAY)) is status.is_open


@pytest.mark.parametrize(("day", "stale"), [(LIMIT, False), (LIMIT - dt.timedelta(days=1), True)])
def test_a_report_or_a_confirmation_is_fresh_for_180_days(day: dt.date, stale: bool) -> None:
    confirmed, reported = old(confirmed_on=day), old()
    ProgressReport.objects.create(measure=reported, reported_on=day, text="<p>Gut.</p>")
    assert set(Measure.objects.stale(TODAY)) == ({confirmed, reported} if stale else set())


def test_a_report_of_tomorrow_does_not_count_today() -> None:
    measure = old()
    ProgressReport.objects.create(measure=measure, reported_on=TODAY + dt.timedelta(days=1), text="<p>Bald.</p>")
    assert measure in Measure.objects.stale(TODAY)


def test_the_time_is_a_setting(settings: Any) -> None:
    measure = old(confirmed_on=TODAY - dt.timedelta(days=31))
    settings.STALE_DAYS = 30
    assert measure in Measure.objects.stale(TODAY)


def test_a_new_measure_is_not_stale_before_its_time() -> None:
    measure = make_measure(status=Status.RUNNING)
    created = measure.created_at.date()
    assert measure not in Measure.objects.stale(created)
    assert measure in Measure.objects.stale(created + dt.timedelta(days=182))


def test_a_complete_measure_has_no_gap() -> None:
    assert complete() not in Measure.objects.incomplete()


def test_each_gap_alone_makes_incomplete() -> None:
    without = {
        "unit": complete(responsible_unit=None),
        "date": complete(forecast_end=None),
        "place": complete(geometry=None),
        "goal": complete(goals=[]),
        "budget": complete(),
    }
    without["budget"].budget_lines.update(planned=None)
    assert set(without) == set(GAPS) & set(without)
    for name, measure in without.items():
        assert set(Measure.objects.lacking(name)) == {measure}, name
    assert set(Measure.objects.incomplete()) == set(without.values())


def test_a_place_is_known_by_point_by_locality_or_as_the_whole_city() -> None:
    known = [complete(), complete(geometry=None, localities=[make_locality()]), complete(geometry=None)]
    Measure.objects.filter(pk=known[2].pk).update(is_citywide=True)
    assert not Measure.objects.lacking("place").exists()


def test_a_withdrawn_measure_may_stay_incomplete() -> None:
    assert old(status=Status.WITHDRAWN) not in Measure.objects.incomplete()


def test_due_soon_looks_thirty_days_ahead() -> None:
    end = TODAY + dt.timedelta(days=30)
    by_end, by_milestone, by_deadline = (make_measure(status=Status.RUNNING) for _n in range(3))
    Measure.objects.filter(pk=by_end.pk).update(forecast_end=end)
    Milestone.objects.create(measure=by_milestone, title="Entwurf", due_on=TODAY)
    make_budget(by_deadline, apply_by=end)
    later = make_measure(status=Status.RUNNING, forecast_end=end + dt.timedelta(days=1))
    Milestone.objects.create(measure=later, title="Fertig", due_on=TODAY, done_on=TODAY)
    assert set(Measure.objects.due_soon(TODAY)) == {by_end, by_milestone, by_deadline}


def test_annotated_signals_are_those_of_the_filters() -> None:
    complete(confirmed_on=TODAY), old(forecast_end=YESTERDAY), complete(forecast_end=YESTERDAY, confirmed_on=TODAY)
    rows = Measure.objects.with_signals(TODAY)
    for signal in Signal:
        marked = {measure.pk for measure in rows if getattr(measure, f"is_{signal.value}")}
        assert marked == set(Measure.objects.filter(signal.condition(TODAY)).values_list("pk", flat=True))


def test_the_signals_of_one_measure_are_told_in_words() -> None:
    measure = old(baseline_end=YESTERDAY, responsible_unit=make_unit())
    Milestone.objects.create(measure=measure, title="Entwurf", due_on=dt.date(2026, 6, 1))
    told = {found.signal: " ".join(found.reasons) for found in signals_of(measure, TODAY).findings}
    assert set(told) == set(Signal)
    assert "Entwurf" in told[Signal.LATE]
    assert "01.07.2026" in told[Signal.LATE]
    assert str(GAPS["goal"].label) in told[Signal.INCOMPLETE]
    assert str(GAPS["unit"].label) not in told[Signal.INCOMPLETE]


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"status": Status.RUNNING, "forecast_end": YESTERDAY}, 1),  # late, and not said to be
        ({"status": Status.DELAYED, "forecast_end": YESTERDAY}, 0),
        ({"status": Status.PLANNED, "baseline_end": dt.date(2027, 1, 1), "forecast_end": dt.date(2027, 6, 1)}, 1),
        ({"status": Status.PLANNED, "baseline_end": dt.date(2027, 1, 1), "forecast_end": dt.date(2027, 1, 1)}, 0),
        ({"status": Status.DELAYED, "baseline_end": dt.date(2027, 1, 1), "forecast_end": dt.date(2027, 1, 1)}, 1),
        ({"status": Status.DONE, "forecast_end": YESTERDAY}, 0),
    ],
)
def test_a_status_that_the_records_contradict_is_told(fields: dict[str, Any], number: int) -> None:
    assert len(signals_of(old(**fields), TODAY).disagreements) == number


def test_done_with_an_open_milestone_is_a_contradiction() -> None:
    measure = old(status=Status.DONE)
    Milestone.objects.create(measure=measure, title="Abnahme")
    assert len(signals_of(measure, TODAY).disagreements) == 1


def test_the_public_list_filters_by_signal_and_shows_no_hidden_measure(client: Client) -> None:
    make_measure("VM-91", status=Status.RUNNING, forecast_end=dt.date(2020, 1, 1))
    make_measure("VM-92", status=Status.DONE, forecast_end=dt.date(2020, 1, 1))
    make_measure("VM-93", status=Status.RUNNING, forecast_end=dt.date(2020, 1, 1), visibility=Visibility.DRAFT)
    page = client.get("/de/massnahmen/", {"signal": "late"}).content.decode()
    assert "VM-91" in page
    assert "VM-92" not in page
    assert "VM-93" not in page


def test_the_page_tells_a_contradiction(client: Client) -> None:
    measure = make_measure(status=Status.RUNNING, forecast_end=dt.date(2020, 1, 1))
    page = client.get(measure.get_absolute_url()).content.decode()
    (sentence,) = signals_of(measure, dt.date.today()).disagreements
    assert sentence in page
