"""Plans, places and measures for tests: every value is fixed or counted, none is random."""

import datetime as dt
from itertools import count
from typing import Any

from leitbild.models import Chapter, Goal, Instrument, OrganisationUnit, Pillar, Sdg
from step.models import BudgetLine, Locality, Measure, Plan, TimeHorizon, Visibility

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[5.89, 49.52], [5.90, 49.52], [5.90, 49.53], [5.89, 49.53], [5.89, 49.52]]],
}
POINT = {"type": "Point", "coordinates": [5.8902, 49.5234]}
PLANS = {"VM": (2, "Verkehr", "verkehr"), "KN": (3, "Klima", "klima"), "WH": (7, "Wirtschaft", "wirtschaft")}
_numbers = count(1)


def make_chapter(number: str = "09.1") -> Chapter:
    return Chapter.objects.get_or_create(number=number, defaults={"title": f"Kapitel {number}"})[0]


def make_plan(code: str = "VM") -> Plan:
    number, name, slug = PLANS[code]
    values = {"number": number, "slug": slug, "name": name, "short_name": name, "colour": "#17456D", "icon": "bicycle"}
    return Plan.objects.get_or_create(code=code, defaults={**values, "chapter": make_chapter()})[0]


def make_measure(code: str = "", **fields: Any) -> Measure:
    """A public measure of the traffic plan, unless told otherwise; lists of records go to many-to-many fields."""
    lead = fields.pop("lead_plan", None) or make_plan()
    many = {name: value for name, value in fields.items() if isinstance(value, list)}
    one = {name: value for name, value in fields.items() if name not in many}
    code = code or f"{lead.code}-{next(_numbers):03}"
    values = {"title": f"Maßnahme {code}", "visibility": Visibility.PUBLIC, **one}
    measure = Measure.objects.create(code=code, lead_plan=lead, **values)
    for name, records in many.items():
        getattr(measure, name).set(records)
    return measure


def make_locality(slug: str = "niederkorn", **fields: Any) -> Locality:
    values = {"name": slug.capitalize(), "outline": SQUARE, **fields}
    return Locality.objects.create(slug=slug, **values)


def make_horizon(code: str = "short", year: int = 2026) -> TimeHorizon:
    position = ["short", "medium", "long"].index(code)
    dates = {"starts": dt.date(year, 1, 1), "ends": dt.date(year + 1, 12, 31)}
    return TimeHorizon.objects.get_or_create(code=code, defaults={"name": code, "position": position, **dates})[0]


def make_goal(number: int = 3) -> Goal:
    values = {"slug": f"ziel-{number}", "title": f"Ziel {number}", "chapter": make_chapter("08.3")}
    return Goal.objects.get_or_create(number=number, defaults=values)[0]


def make_sdg(number: int = 11) -> Sdg:
    return Sdg.objects.get_or_create(number=number, defaults={"name": f"SDG {number}", "colour": "#FD9D24"})[0]


def make_pillar(code: str = "social") -> Pillar:
    values = {"name": code, "description": code, "chapter": make_chapter("03.1")}
    return Pillar.objects.get_or_create(code=code, defaults=values)[0]


def make_unit(slug: str = "amt") -> OrganisationUnit:
    values = {"name": slug.capitalize(), "kind": "office", "chapter": make_chapter("10")}
    return OrganisationUnit.objects.get_or_create(slug=slug, defaults=values)[0]


def make_instrument(code: str = "PAG", **fields: Any) -> Instrument:
    values = {
        "slug": code.lower(),
        "level": "municipal",
        "name": code,
        "official_name": code,
        "legal_base": "Gesetz",
        "force": "bindend",
        "description": "Plan",
        "chapter": make_chapter("05"),
        **fields,
    }
    return Instrument.objects.create(code=code, **values)


def make_budget(measure: Measure, year: int = 2027, **amounts: Any) -> BudgetLine:
    return BudgetLine.objects.create(measure=measure, year=year, **amounts)
