"""The filters of the public list of measures. They live in the URL, and the map, its data and the list share them.

Any other page that shows a number links to exactly the list it counted, for example
`step:measures` + `?lead=vm&horizon=short&counting=1&audience=public`.

| name     | values                                                    | meaning                                    |
|----------|-----------------------------------------------------------|--------------------------------------------|
| plan     | code of a StEP, `vm`                                      | leads or shares the measure                |
| lead     | code of a StEP, `vm`                                      | leads the measure (adds up: one each) |
| locality | short address, `niederkorn`; `none`                       | there; `none`: measures of the whole city  |
| goal     | number of an overall goal, `3`                            | serves the goal                            |
| sdg      | 1–17                                                      | serves the Sustainable Development Goal    |
| pillar   | `ecological`, `social`, `economic`                        | serves the pillar                          |
| horizon  | `short`, `medium`, `long`; `none`                         | `none`: horizon not yet known              |
| urgency  | `high`, `medium`, `low`, `unknown`                        |                                            |
| status   | a value of `Status`                                       |                                            |
| unit     | short address of a unit; `none`                           | responsible; `none`: not yet known         |
| budget   | `1`, `none`                                               | has a money figure; has none               |
| counting | `1`                                                       | without withdrawn and superseded measures  |
| audience | `public`, `council`                                       | what a page for them counts, never drafts  |
| q        | text                                                      | in code, title, summary, text              |
| sort     | `code`, `title`, `urgency`, `horizon`, `status`, `newest` |                                            |

A filter only narrows what the reader may see: `Measure.objects.visible_to(user)` comes first. A value that does not
exist is told in the form and otherwise ignored. Codes of plans may be written in either case.
"""

from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from modeltranslation.utils import build_localized_fieldname

from leitbild.models import Goal, OrganisationUnit, Pillar, Sdg
from step.models import BudgetLine, Locality, Measure, MeasureQuerySet, Plan, Status, TimeHorizon, Urgency
from step.models.access import Reader, sees_internal

NONE = "none"
MAX_TEXT = 100
SORTS = [
    ("code", _("Code")),
    ("title", _("Title")),
    ("urgency", _("Urgency")),
    ("horizon", _("Time horizon")),
    ("status", _("Status")),
    ("newest", _("Newest change")),
]
MAIN = ("q", "plan", "locality", "status")  # always seen in the form; the others are folded away until one is used


class CodeField(ModelChoiceField):
    """Plans by their code, which a URL writes in small letters."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.upper() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        prepared = super().prepare_value(value)
        return prepared.lower() if isinstance(prepared, str) else prepared


class PlanFilter(filters.ModelChoiceFilter):
    field_class = CodeField


def _any(label: Promise | str) -> dict[str, Any]:
    return {"empty_label": label}


class FilterForm(forms.Form):
    """The form of the filters, in the look of the portal's other forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"


class MeasureFilter(filters.FilterSet):
    reader: Reader = AnonymousUser()  # who asks; visitors need no filter for what others may see

    q = filters.CharFilter(
        label=_("Text"), method="contains", max_length=MAX_TEXT, widget=forms.TextInput(attrs={"type": "search"})
    )
    plan = PlanFilter(
        label=_("StEP"), queryset=Plan.objects.all(), to_field_name="code", method="of_plan", **_any(_("All StEP"))
    )
    locality = filters.ModelChoiceFilter(
        label=_("Locality"),
        field_name="localities",
        queryset=Locality.objects.all(),
        to_field_name="slug",
        null_label=_("Whole city"),
        null_value=NONE,
        **_any(_("Everywhere")),
    )
    goal = filters.ModelChoiceFilter(
        label=_("Goal"), field_name="goals", queryset=Goal.objects.all(), to_field_name="number", **_any(_("All goals"))
    )
    sdg = filters.ModelChoiceFilter(
        label=_("Sustainable Development Goal"),
        field_name="sdgs",
        queryset=Sdg.objects.all(),
        to_field_name="number",
        **_any(_("All 17 goals")),
    )
    horizon = filters.ModelChoiceFilter(
        label=_("Time horizon"),
        queryset=TimeHorizon.objects.all(),
        to_field_name="code",
        null_label=_("Not yet known"),
        null_value=NONE,
        **_any(_("Any time")),
    )
    urgency = filters.ChoiceFilter(label=_("Urgency"), choices=Urgency.choices, **_any(_("Any urgency")))
    status = filters.ChoiceFilter(label=_("Status"), choices=Status.choices, **_any(_("Any status")))
    lead = PlanFilter(
        label=_("Lead StEP"),
        field_name="lead_plan",
        queryset=Plan.objects.all(),
        to_field_name="code",
        **_any(_("All StEP")),
    )
    pillar = filters.ModelChoiceFilter(
        label=_("Pillar of sustainability"),
        field_name="pillars",
        queryset=Pillar.objects.all(),
        to_field_name="code",
        **_any(_("All pillars")),
    )
    unit = filters.ModelChoiceFilter(
        label=_("Responsible unit"),
        field_name="responsible_unit",
        queryset=OrganisationUnit.objects.all(),
        to_field_name="slug",
        null_label=_("Not yet known"),
        null_value=NONE,
        **_any(_("All units")),
    )
    budget = filters.ChoiceFilter(
        label=_("Money"),
        choices=[("1", _("With a figure")), (NONE, _("No figure yet"))],
        method="with_budget",
        **_any(_("With or without a figure")),
    )
    counting = filters.ChoiceFilter(
        label=_("Withdrawn and superseded"),
        choices=[("1", _("Without withdrawn and superseded"))],
        method="only_counting",
        **_any(_("Included")),
    )
    audience = filters.ChoiceFilter(
        label=_("Visible to"),
        choices=[("public", _("Everyone")), ("council", _("Council"))],
        method="for_audience",
        **_any(_("Everything that I may see")),
    )
    sort = filters.ChoiceFilter(label=_("Sort by"), choices=SORTS, method="sorted_by", empty_label=None)

    class Meta:
        model = Measure
        form = FilterForm
        fields: list[str] = []

    def contains(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        """Every word somewhere in code, title, summary or text, in the reader's language or in German."""
        columns = ["code"] + [
            build_localized_fieldname(field, code)
            for field in ("title", "summary", "body")
            for code in sorted({_language(), "de"})
        ]
        for word in value.split():
            rows = rows.filter(models.Q(*[(f"{column}__icontains", word) for column in columns], _connector="OR"))
        return rows

    def of_plan(self, rows: MeasureQuerySet, name: str, value: Plan) -> MeasureQuerySet:
        return rows.of_plan(value)

    def with_budget(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        known = BudgetLine.objects.with_figure().filter(measure=models.OuterRef("pk"))
        return rows.filter(models.Exists(known) if value == "1" else ~models.Exists(known))

    def only_counting(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        return rows.counting()

    def for_audience(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        return rows.for_audience(value)

    def sorted_by(self, rows: MeasureQuerySet, name: str, value: str) -> MeasureQuerySet:
        return rows.order_by(*_orders()[value], "code")

    @property
    def chosen(self) -> "list[Chip]":
        """The active filters, each with the query string that takes it away."""
        if not self.is_bound:
            return []
        self.form.is_valid()
        left_out = {"sort"} if sees_internal(self.reader) else {"sort", "audience"}
        names = [name for name, value in self.form.cleaned_data.items() if value and name not in left_out]
        return [self._chip(name) for name in names]

    def _chip(self, name: str) -> "Chip":
        query: QueryDict = self.data.copy()
        for gone in (name, "page"):
            query.pop(gone, None)
        value = self.form.cleaned_data[name]
        choices: Any = getattr(self.form.fields[name], "choices", None)
        if choices is not None and isinstance(value, str):
            label = {str(key): text for key, text in choices}[value]
        else:
            label = value
        return Chip(self.form.fields[name].label, str(label), query.urlencode())

    @property
    def more_is_open(self) -> bool:
        """The chips tell what is active; the fold opens for what needs correcting."""
        return any(field.errors for field in self.more_fields)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        seen = {*MAIN, "sort"} if sees_internal(self.reader) else {*MAIN, "sort", "audience"}
        return [self.form[name] for name in self.form.fields if name not in seen]


@dataclass(frozen=True)
class Chip:
    """An active filter: its name, its value, and the query string of the list without it."""

    name: str | Promise
    value: str
    query: str


def measures_for(data: QueryDict, user: Reader) -> MeasureFilter:
    """The filters of a request over what its reader may see: `.qs` ignores invalid values, the form tells them."""
    found = MeasureFilter(data, queryset=Measure.objects.visible_to(user))
    found.reader = user
    return found


def _language() -> str:
    return (get_language() or "de")[:2]


def _rank(column: str, values: list[str]) -> models.Case:
    whens = [models.When(**{column: value}, then=models.Value(rank)) for rank, value in enumerate(values)]
    return models.Case(*whens, default=models.Value(len(values)), output_field=models.IntegerField())


def _orders() -> dict[str, list[Any]]:
    title = build_localized_fieldname("title", _language())
    shown = Coalesce(NullIf(title, models.Value("")), build_localized_fieldname("title", "de"))
    return {
        "code": [],
        "title": [Lower(shown)],
        "urgency": [_rank("urgency", Urgency.values)],
        "horizon": [models.F("horizon__position").asc(nulls_last=True)],
        "status": [_rank("status", Status.values)],
        "newest": ["-updated_at"],
    }
