"""What is stored, loaded once: a fixed number of queries, whatever the number of rows."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import translation

from accounts.models import User
from leitbild.models import Chapter, Goal, Indicator, IndicatorValue, Instrument, OrganisationUnit, Pillar, Sdg
from step.exchange.cells import name_of, plain
from step.exchange.kinds import Book, Books
from step.models import BudgetLine, Locality, Measure, Milestone, Plan, TimeHorizon

# The attributes by which a record may be named; the first is the one that exports show.
NAMES: dict[type[models.Model], tuple[str, ...]] = {
    Plan: ("code", "slug", "short_name_de", "name_de", "number"),
    Chapter: ("number",),
    Goal: ("number", "slug", "title_de"),
    Sdg: ("number",),
    Pillar: ("code", "name_de"),
    Instrument: ("code", "slug", "name_de"),
    Locality: ("slug", "name_de"),
    TimeHorizon: ("code", "name_de"),
    OrganisationUnit: ("slug", "name_de"),
    User: ("email",),
    Measure: ("code",),
    Indicator: ("slug", "name_de"),
}
MANY = ("further_plans", "goals", "sdgs", "pillars", "instruments", "localities", "partners")
ONE = (
    "lead_plan", "chapter", "horizon", "responsible_unit", "deputy_unit", "responsible_person", "deputy_person",
)  # fmt: skip


def all_measures() -> Any:
    return Measure.objects.select_related(*ONE).prefetch_related(*MANY).order_by("code")


def all_indicators() -> Any:
    return Indicator.objects.select_related("chapter", "owner").prefetch_related("goals").order_by("position", "slug")


@dataclass
class Stored:
    """Every record that a row may find or name."""

    measures: dict[str, Measure]
    indicators: dict[str, Indicator]
    milestones: dict[int, Milestone]
    titles: dict[tuple[str, str], list[Milestone]]
    budget: dict[tuple[Any, ...], BudgetLine]
    values: dict[tuple[Any, ...], IndicatorValue]
    books: Books = field(default_factory=dict)


def load() -> Stored:
    measures = {measure.code: measure for measure in all_measures()}
    indicators = {indicator.slug: indicator for indicator in all_indicators()}
    milestones = {row.pk: row for row in Milestone.objects.select_related("measure")}
    titles: dict[tuple[str, str], list[Milestone]] = {}
    for row in milestones.values():
        title = row.title_de or ""  # type: ignore[attr-defined]
        titles.setdefault((row.measure.code, plain(title)), []).append(row)
    lines = BudgetLine.objects.select_related("measure")
    values = IndicatorValue.objects.select_related("indicator")
    return Stored(
        measures,
        indicators,
        milestones,
        titles,
        {(line.measure.code, line.year, line.kind, line.funder): line for line in lines},
        {(value.indicator.slug, value.measured_on): value for value in values},
        load_books(measures, indicators),
    )


def load_books(measures: dict[str, Measure], indicators: dict[str, Indicator]) -> dict[type[models.Model], Book]:
    """For every model that cells name. Export and import share it, so that each reads what the other writes."""
    known: dict[type[models.Model], Any] = {Measure: measures.values(), Indicator: indicators.values()}
    with translation.override("de"):
        return {model: _book(known.get(model) or _rows(model), names) for model, names in NAMES.items()}


def _rows(model: type[models.Model]) -> Any:
    if model is not User:
        return model._default_manager.all()
    named = models.Q(measures__isnull=False) | models.Q(deputised_measures__isnull=False)
    return User.objects.filter(models.Q(is_staff=True) | named).distinct()


def _book(rows: Any, names: tuple[str, ...]) -> Book:
    """What is written exactly goes before what is only alike, and keys go before names. People only exactly."""
    book = Book()
    texts = [(row, str(getattr(row, name) or "")) for name in names for row in rows]
    for row, text in texts:
        book.found.setdefault(text.casefold(), row)
        book.shown.setdefault(row.pk, text)
    for row, text in texts if "email" not in names else []:
        book.found.setdefault(name_of(text), row)
        book.found.setdefault(name_of(text).lstrip("0"), row)
    book.found.pop("", None)
    return book
