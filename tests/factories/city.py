"""A small city with every edge case, small enough to work out its figures on paper.

`AT` is the day of the roll-up; some reports, answers and milestones lie after it and must not count yet.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from leitbild.models import OrganisationUnit
from participation.models import Contribution, Point, Publication, Result, Treatment
from step.models import (
    Measure,
    MeasureLink,
    Milestone,
    PlanIndicator,
    ProgressReport,
    Status,
    Urgency,
    Visibility,
)
from tests.factories.leitbild import make_indicator
from tests.factories.step import (
    make_budget,
    make_chapter,
    make_entry,
    make_goal,
    make_horizon,
    make_locality,
    make_measure,
    make_pillar,
    make_plan,
    make_sdg,
    make_unit,
)

AT = dt.date(2026, 7, 2)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def noon(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(f"{text}T12:00"))


def make_city() -> None:
    """Twelve measures, seven contributions, four indicators, three weaknesses."""
    for pillar in ("ecological", "social"):
        make_pillar(pillar)
    make_goal(3)
    _measures()
    _progress()
    _money()
    _links()
    _voices()
    _effects()


def _measures() -> None:
    vm, kn = make_plan("VM"), make_plan("KN")
    niederkorn, oberkorn = make_locality("niederkorn", position=1), make_locality("oberkorn", position=2)
    short, long = make_horizon("short", 2026), make_horizon("long", 2030)
    one, two, three = make_goal(1), make_goal(2), make_goal(3)
    social = make_pillar("social")
    rows: list[tuple[str, dict[str, Any]]] = [
        ("VM-01", {"status": Status.PLANNED, "horizon": short, "goals": [one, two], "localities": [niederkorn],
                   "pillars": [social], "urgency": Urgency.HIGH, "responsible_unit": make_unit("amt"),
                   "baseline_start": day("2026-01-01"), "baseline_end": day("2026-12-31"),
                   "forecast_end": day("2027-02-01")}),
        ("VM-02", {"status": Status.RUNNING, "horizon": long, "goals": [one], "pillars": [social],
                   "urgency": Urgency.MEDIUM, "further_plans": [kn]}),
        ("VM-03", {}),  # nobody has said anything about it
        ("VM-04", {"status": Status.WITHDRAWN, "status_reason": "kein Grundstück", "goals": [three]}),
        ("VM-05", {"status": Status.PROPOSED, "horizon": short, "goals": [two], "localities": [oberkorn],
                   "sdgs": [make_sdg(11), make_sdg(13)]}),
        ("VM-06", {"status": Status.RUNNING, "horizon": long, "baseline_start": day("2026-01-01"),
                   "baseline_end": day("2027-01-01")}),
        ("KN-01", {"status": Status.BLOCKED, "status_reason": "Genehmigung", "horizon": short,
                   "unblocked_by": "Bescheid", "must_act": "Ministerium",
                   "localities": [niederkorn, oberkorn], "next_step": "Gespräch", "baseline_end": day("2026-06-01")}),
        ("KN-02", {"status": Status.DONE, "horizon": short, "sdgs": [make_sdg(13)]}),
        ("KN-03", {"status": Status.SUPERSEDED, "status_reason": "KN-02", "horizon": short}),
        ("KN-04", {"status": Status.DELAYED, "status_reason": "Angebot", "horizon": long,
                   "unblocked_by": "Angebot", "must_act": "Einkauf", "goals": [two],
                   "visibility": Visibility.INTERNAL}),
        ("KN-05", {"status": Status.RUNNING, "horizon": short, "visibility": Visibility.DRAFT}),
        ("KN-06", {"status": Status.PLANNED, "horizon": short, "confirmed_on": day("2026-04-02"),
                   "further_plans": [vm, kn]}),
    ]  # fmt: skip
    for code, fields in rows:
        make_measure(code, lead_plan=vm if code.startswith("VM") else kn, **fields)


def _m(code: str) -> Measure:
    return Measure.objects.get(code=code)


def _progress() -> None:
    reports = [
        ("VM-01", "2026-06-22", 40, True),
        ("VM-02", "2026-03-01", 60, True),
        ("VM-06", "2025-12-31", 0, True),
        ("VM-06", "2026-12-31", 99, True),  # after the day
        ("KN-01", "2026-06-30", None, False),  # for the council only
        ("KN-02", "2025-01-01", 80, True),  # done since
    ]
    for code, date, percent, public in reports:
        values = {"reported_on": day(date), "percent": percent, "is_public": public}
        ProgressReport.objects.create(measure=_m(code), text="<p>Stand</p>", **values)
    steps = [
        ("VM-01", "Entwurf", "2026-06-01", None),
        ("VM-01", "Ausschreibung", "2026-07-02", None),
        ("VM-06", "Entwurf", "2026-05-01", "2026-08-01"),  # done after the day
        ("KN-02", "Abnahme", "2025-05-01", None),  # nobody noted it, but the measure is done
    ]
    for code, title, due, done in steps:
        Milestone.objects.create(measure=_m(code), title=title, due_on=day(due), done_on=day(done) if done else None)


def _money() -> None:
    make_budget(_m("VM-01"), 2026, planned=Decimal(1000), spent=Decimal("12.50"))
    make_budget(_m("VM-01"), 2026, kind="operating", planned=Decimal(500))
    make_budget(_m("VM-04"), 2026, planned=Decimal(99999))
    make_budget(_m("VM-05"), 2026)  # a line without a figure
    make_budget(_m("KN-02"), 2027, voted=Decimal(0))
    make_budget(_m("KN-04"), 2026, planned=Decimal(2000), funder="Staat")
    make_budget(_m("KN-06"), 2026, planned=Decimal(300), voted=Decimal(700), funder="Staat")


def _links() -> None:
    for source, kind, target in [
        ("VM-05", "synergy", "VM-01"),
        ("VM-05", "conflict", "KN-01"),
        ("VM-05", "conflict", "VM-04"),
        ("VM-01", "prerequisite", "VM-05"),
        ("VM-01", "prerequisite", "KN-02"),  # done, so nobody waits for it
    ]:
        MeasureLink.objects.create(source=_m(source), kind=kind, target=_m(target))


def _voices() -> None:
    place = Measure.objects.get(code="VM-01").localities.get()
    _said("2026-06-01", [("2026-06-05", Result.ADOPTED, "KN-01")], measure=_m("VM-01"))
    _said("2026-06-01", [("2026-06-10", Result.ADOPTED, None)], plan=make_plan("VM"), locality=place)
    _said("2026-06-02", [], chapter=make_chapter())
    _said("2026-06-03", [("2026-06-04", Result.REJECTED, None), None], measure=_m("KN-04"))
    _said("2026-06-15", [("2026-07-05", Result.PARTLY, "VM-02")], measure=_m("VM-01"))  # answered after the day
    _said("2026-07-03", [], measure=_m("VM-02"))  # published after it
    Contribution.objects.create(text="Wartet", measure=_m("VM-02"), status=Publication.WAITING)


def _said(published: str, answers: list[Any], **about: Any) -> None:
    said = Contribution.objects.create(
        text="Hallo", status=Publication.PUBLISHED, published_at=noon(published), **about
    )
    for position, answer in enumerate(answers, 1):
        treatment = _treatment(*answer) if answer else None
        Point.objects.create(contribution=said, position=position, text="Bitte", treatment=treatment)


def _treatment(date: str, result: Result, changed: str | None) -> Treatment:
    unit: OrganisationUnit = make_unit("amt")
    measure = _m(changed) if changed else None
    return Treatment.objects.create(result=result, reason="Weil", unit=unit, measure=measure, answered_at=noon(date))


def _effects() -> None:
    shared = {"direction": "up", "baseline_value": 100, "baseline_year": 2020, "target_value": 200, "target_year": 2030}
    trips = make_indicator("radwege", goals=[make_goal(1)], values={2020: 100, 2024: 130, 2025: 150}, **shared)
    PlanIndicator.objects.create(plan=make_plan("VM"), indicator=trips)
    # Measured after the day: still without a value on it.
    make_indicator("baeume", direction="up", values={day("2026-08-01"): 7}, next_update=day("2026-01-01"))
    make_indicator("laerm", direction="down", values={2024: 60, 2025: 66}, goals=[make_goal(2)])
    make_indicator("intern", visibility=Visibility.INTERNAL, values={2025: 1})
    make_entry("Lücken im Radnetz", kind="weakness", plan=make_plan("VM"), measures=[_m("VM-01")])
    make_entry("Wenig Schatten", kind="weakness", measures=[_m("VM-04"), _m("KN-04")])  # withdrawn, internal
    make_entry("Lange Wege", kind="weakness", plan=make_plan("VM"))
    make_entry("Viel Grün", kind="strength")
