"""What each sheet knows of its records: how a row finds one, who may touch it, and what must hold for its values."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from leitbild.models import Indicator, IndicatorValue
from leitbild.models.indicators import first_day
from step import services
from step.exchange.cells import as_text, plain
from step.exchange.records import Stored
from step.models import BudgetLine, Measure, Milestone, Plan, Status, Visibility


class Machine(AnonymousUser):
    """Who acts when an operator runs a command on the server: whoever may do that may do everything."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return True


Actor = User | Machine


class Refusal(Exception):
    """Why a row is not taken: the field that is to blame ("" if it is the row), what is wrong, how to mend it."""

    def __init__(self, name: str, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.name, self.message, self.cure = name, message, cure


class Guard:
    """The rules of one sheet. The sheets below fill in what is theirs."""

    parent = ""  # the field that names the record to which a row belongs

    def __init__(self, stored: Stored, actor: Actor) -> None:
        self.known, self.actor = stored, actor

    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        """The record of the row, new if there is none yet, and the key that no second row may have."""
        raise NotImplementedError

    def stored(self, record: Any, name: str) -> Any:
        """The value as it is stored; of many, a list."""
        if record._state.adding and record._meta.get_field(name).is_relation:
            return [] if record._meta.get_field(name).many_to_many else None
        value = getattr(record, name)
        return list(value.all()) if record._meta.get_field(name).many_to_many else value

    def label(self, record: Any) -> str:
        return str(record)

    def refusals(self, record: Any, values: dict[str, Any], changed: set[str], *, is_new: bool) -> Iterator[Refusal]:
        return iter(())

    def remember(self, record: Any) -> None:
        """Rows further down may refer to it."""

    def remember_broken(self, cells: dict[str, Any]) -> None:
        """Rows further down may refer to it; that it is missing is told once, at the row itself."""


class MeasureGuard(Guard):
    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        code = values["code"]
        record = self.known.measures.get(code) or Measure(code=code)
        self.before: tuple[Status, Visibility, Plan | None]
        if not record._state.adding:
            self.before = (record.status_enum, Visibility(record.visibility), record.lead_plan)
            self.may_change = self.actor.has_perm("step.change_measure", record)
        else:
            self.before, self.may_change = (Status.UNKNOWN, Visibility.DRAFT, None), True
        return record, code

    def label(self, record: Measure) -> str:
        return f"{record.code} {record.title_de or ''}".strip()  # type: ignore[attr-defined]

    def refusals(self, record: Any, values: dict[str, Any], changed: set[str], *, is_new: bool) -> Iterator[Refusal]:
        if not changed:
            return
        yield from self._rights(record, changed, is_new)
        yield from self._status(record, changed)
        if record.visibility != self.before[1] and not self._may_show(record):
            told = _("Only the head of office publishes a measure or takes it back.")
            yield Refusal("visibility", told, _("Leave the cell as it was."))
        if values.get("is_citywide", record.is_citywide) and values.get("localities"):
            yield Refusal("is_citywide", _("Either the whole city or single localities, not both."))
        for name in changed & {"responsible_person", "deputy_person"}:
            person = getattr(record, name)
            if person and not (person.is_staff and person.is_active):
                yield Refusal(name, _("This person no longer works here."), _("Name another person."))

    def _rights(self, record: Any, changed: set[str], is_new: bool) -> Iterator[Refusal]:
        may_add = not is_new or self.actor.has_perm("step.add_measure")
        if not self.may_change or not may_add:
            told = _("You may not change this measure: you are not bound to the StEP that leads it.")
            yield Refusal("code", told, _("Take the row out, or ask the head of office."))
        elif "lead_plan" in changed and not self.actor.has_perm("step.change_plan", record.lead_plan):
            told = _("You may not put measures into %(plan)s.") % {"plan": record.lead_plan}
            yield Refusal("lead_plan", told, _("Take the row out, or ask the head of office."))

    def _status(self, record: Any, changed: set[str]) -> Iterator[Refusal]:
        if "status" not in changed or record.status == self.before[0]:
            return
        try:
            services.guard_transition(self.before[0], Status(record.status))
        except ValidationError as error:
            yield Refusal("status", " ".join(error.messages))

    def _may_show(self, record: Measure) -> bool:
        """Asked for the measure as it is stored."""
        now = Measure(lead_plan=self.before[2] or record.lead_plan, visibility=self.before[1])
        if Visibility.PUBLIC in {Visibility(record.visibility), self.before[1]}:
            return self.actor.has_perm("step.publish_measure", now)
        return self.actor.has_perm("step.change_measure", now)

    def remember(self, record: Measure) -> None:
        self.known.measures[record.code] = record
        self.known.books[Measure].found.setdefault(record.code.casefold(), record)

    def remember_broken(self, cells: dict[str, Any]) -> None:
        code = as_code(cells.get("code"))
        if code and code not in self.known.measures:
            self.remember(Measure(code=code))


def as_code(raw: Any) -> str:
    try:
        return as_text(raw)
    except Exception:  # a broken cell has no code; that is told at the cell
        return ""


class PartGuard(Guard):
    """Rows that belong to a measure: who may change the measure may change them."""

    def label(self, record: Any) -> str:
        return f"{record.measure.code}: {self.name(record)}"

    def name(self, record: Any) -> str:
        return str(record)

    def refusals(self, record: Any, values: dict[str, Any], changed: set[str], *, is_new: bool) -> Iterator[Refusal]:
        measure = record.measure
        if changed and measure.lead_plan_id and not self.actor.has_perm("step.change_measure", measure):
            told = _("You may not change this measure: you are not bound to the StEP that leads it.")
            yield Refusal("measure", told, _("Take the row out, or ask the head of office."))


class MilestoneGuard(PartGuard):
    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        measure, title = values["measure"], values["title_de"]
        if values.get("id"):
            record = self.known.milestones.get(values["id"])
            if record is None or record.measure.code != measure.code:
                told = _("This measure has no milestone with this number.")
                raise Refusal("id", told, _("Empty the cell for a new milestone."))
            return record, record.pk
        found = self.known.titles.get((measure.code, plain(title)), [])
        if len(found) > 1:
            told = _("The measure has several milestones with this title.")
            raise Refusal("title_de", told, _("Fill in their number from an export."))
        return (found[0], found[0].pk) if found else (Milestone(measure=measure), (measure.code, plain(title)))

    def name(self, record: Milestone) -> str:
        return record.title_de or ""  # type: ignore[attr-defined]


class BudgetGuard(PartGuard):
    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        measure = values["measure"]
        kind, funder = values.get("kind") or BudgetLine.Kind.INVESTMENT, values.get("funder") or ""
        key = (measure.code, values["year"], kind, funder)
        new = BudgetLine(measure=measure, year=values["year"], kind=kind, funder=funder)
        return self.known.budget.get(key) or new, key

    def name(self, record: BudgetLine) -> str:
        return " ".join(filter(None, [str(record.year or ""), record.get_kind_display(), record.funder]))


class IndicatorGuard(Guard):
    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        slug = values["slug"]
        record = self.known.indicators.get(slug) or Indicator(slug=slug)
        self.before = record.visibility
        return record, slug

    def label(self, record: Indicator) -> str:
        return record.name_de or record.slug  # type: ignore[attr-defined]

    def refusals(self, record: Any, values: dict[str, Any], changed: set[str], *, is_new: bool) -> Iterator[Refusal]:
        if not changed:
            return
        if not self.actor.has_perm("leitbild.add_indicator" if is_new else "leitbild.change_indicator"):
            yield Refusal("slug", _("You may not change indicators."), _("Take the row out."))
        shows = Visibility.PUBLIC in {record.visibility, self.before} and record.visibility != self.before
        if shows and not self.actor.has_perm("leitbild.publish_indicator"):
            told = _("Only the head of office publishes an indicator or takes it back.")
            yield Refusal("visibility", told, _("Leave the cell as it was."))
        for name in ("baseline", "target"):
            value, year = getattr(record, f"{name}_value"), getattr(record, f"{name}_year")
            if (value is None) != (year is None):
                told = _("A value and its year belong together.")
                yield Refusal(f"{name}_{'value' if value is None else 'year'}", told, _("Fill in both or none."))

    def remember(self, record: Indicator) -> None:
        self.known.indicators[record.slug] = record
        self.known.books[Indicator].found.setdefault(record.slug.casefold(), record)

    def remember_broken(self, cells: dict[str, Any]) -> None:
        slug = as_code(cells.get("slug"))
        if slug and slug not in self.known.indicators:
            self.remember(Indicator(slug=slug))


class ValueGuard(Guard):
    def find(self, values: dict[str, Any]) -> tuple[Any, Any]:
        indicator = values["indicator"]
        precision = values.get("precision")
        stored = self.known.values.get((indicator.slug, values["measured_on"]))
        if precision is None:
            precision = stored.precision if stored else IndicatorValue.Precision.DAY
        on: dt.date = first_day(values["measured_on"], precision)
        values["measured_on"] = on
        key = (indicator.slug, on)
        return self.known.values.get(key) or IndicatorValue(indicator=indicator, measured_on=on), key

    def label(self, record: IndicatorValue) -> str:
        return f"{record.indicator.slug}: {record.measured_on:%d.%m.%Y}"

    def refusals(self, record: Any, values: dict[str, Any], changed: set[str], *, is_new: bool) -> Iterator[Refusal]:
        verb = "add" if is_new else "change"
        if changed and not self.actor.has_perm(f"leitbild.{verb}_indicatorvalue"):
            yield Refusal("indicator", _("You may not change values of indicators."), _("Take the row out."))


GUARDS: dict[str, type[Guard]] = {
    "measures": MeasureGuard,
    "milestones": MilestoneGuard,
    "budget": BudgetGuard,
    "indicators": IndicatorGuard,
    "values": ValueGuard,
}
