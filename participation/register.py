"""The public register: every answered point with its result, reason, office, date and what it changed.

| filter   | values                     | meaning                                            |
|----------|----------------------------|----------------------------------------------------|
| dialogue | short address              | said in the dialogue                               |
| result   | `adopted`, `partly` …      |                                                    |
| unit     | short address              | answered by the unit                               |
| plan     | code of a StEP, `vm`       | changed a measure that the plan leads or shares    |
| measure  | code, `VM-03`              | changed the measure                                |
| q        | text                       | in the point or in the reason                      |
"""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.models import OrganisationUnit
from participation.models import Dialogue, Point, Result
from participation.models.answers import PointQuerySet
from step.filters import PlanFilter
from step.models import Measure, Plan

MAX_TEXT = 100


class RegisterFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=gettext_lazy("Text"),
        method="contains",
        max_length=MAX_TEXT,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    dialogue = filters.ModelChoiceFilter(
        label=gettext_lazy("Dialogue"),
        field_name="contribution__loop__dialogue",
        queryset=lambda request: Dialogue.objects.visible_to(request.user),
        to_field_name="slug",
        empty_label=gettext_lazy("All dialogues"),
    )
    result = filters.ChoiceFilter(
        label=gettext_lazy("Result"),
        field_name="treatment__result",
        choices=Result.choices,
        empty_label=gettext_lazy("All results"),
    )
    unit = filters.ModelChoiceFilter(
        label=gettext_lazy("Answering unit"),
        field_name="treatment__unit",
        queryset=OrganisationUnit.objects.all(),
        to_field_name="slug",
        empty_label=gettext_lazy("All units"),
    )
    plan = PlanFilter(
        label=gettext_lazy("StEP"),
        queryset=Plan.objects.all(),
        to_field_name="code",
        method="of_plan",
        empty_label=gettext_lazy("All StEP"),
    )
    measure = filters.ModelChoiceFilter(
        label=gettext_lazy("Measure that it changed"),
        field_name="treatment__measure",
        queryset=lambda request: Measure.objects.visible_to(request.user).filter(treatments__isnull=False).distinct(),
        to_field_name="code",
        empty_label=gettext_lazy("Any measure or none"),
    )

    class Meta:
        model = Point
        fields: list[str] = []

    def contains(self, rows: PointQuerySet, name: str, value: str) -> PointQuerySet:
        for word in value.split():
            rows = rows.filter(Q(text__icontains=word) | Q(treatment__reason__icontains=word))
        return rows

    def of_plan(self, rows: PointQuerySet, name: str, value: Plan) -> PointQuerySet:
        measures = Measure.objects.visible_to(self.request.user).of_plan(value)
        return rows.filter(treatment__measure__in=measures.order_by().values("pk"))


def register_for(request: HttpRequest) -> RegisterFilter:
    """The filters of a request over the answered points that its reader may see, newest answer first."""
    rows = Point.objects.visible_to(request.user).answered().order_by("-treatment__answered_at", "-pk")
    found = RegisterFilter(request.GET, queryset=rows, request=request)
    found.form.auto_id = "filter_%s"
    return found


HEAD = [
    gettext_lazy("Answered"),
    gettext_lazy("About"),
    gettext_lazy("Point"),
    gettext_lazy("Language"),
    gettext_lazy("Result"),
    gettext_lazy("Reason"),
    gettext_lazy("Answering unit"),
    gettext_lazy("Passed on to"),
    gettext_lazy("What it changed"),
    gettext_lazy("Address"),
]


def table(request: HttpRequest, points: PointQuerySet) -> Iterator[list[Any]]:
    """The rows of the exports, in the order of `HEAD`; what the reader may not see is left out of "changed"."""
    seen = visible_measures(request)
    for point in points.for_register().iterator(chunk_size=500):
        treatment: Any = point.treatment
        yield [
            timezone.localdate(treatment.answered_at),
            about(point),
            point.text,
            point.contribution.language,
            str(treatment.result_enum.label),
            treatment.reason,
            str(treatment.unit),
            treatment.passed_on_to,
            changed(treatment, seen),
            request.build_absolute_uri(point.contribution.get_absolute_url()),
        ]


def visible_measures(request: HttpRequest) -> set[int]:
    """Keys of the measures that the reader may see among those that answers changed."""
    rows = Measure.objects.visible_to(request.user).filter(treatments__isnull=False)
    return set(rows.order_by().values_list("pk", flat=True))


def about(point: Point) -> str:
    contribution = point.contribution
    return str(contribution.loop.dialogue if contribution.loop else contribution.context)


def changed(treatment: Any, seen: set[int]) -> str:
    """Measure, milestone and chapter in words."""
    parts = []
    if treatment.measure_id in seen:
        parts.append(str(treatment.measure))
        if treatment.milestone:
            parts.append(str(treatment.milestone))
    if treatment.chapter:
        parts.append(str(treatment.chapter))
    return " · ".join(parts)


def document(request: HttpRequest, points: PointQuerySet, limit: int) -> dict[str, Any]:
    """What the PDF says; it names how many answers there are if it does not hold them all."""
    total = points.count()
    seen = visible_measures(request)
    entries = [_entry(point, seen) for point in points.for_register()[:limit]]
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    lead = _("As of %(date)s. %(shown)d of %(total)d answers.") % {"date": today, "shown": len(entries), "total": total}
    if total > len(entries):
        lead += " " + _("The whole register is in the tables (XLSX, CSV).")
    return {"title": _("Register of answers"), "lead": lead, "entries": entries}


def _entry(point: Point, seen: set[int]) -> dict[str, str]:
    treatment: Any = point.treatment
    meta = [str(treatment.unit), date_format(timezone.localdate(treatment.answered_at), "DATE_FORMAT")]
    if treatment.passed_on_to:
        meta.append(_("Passed on to: %(to)s") % {"to": treatment.passed_on_to})
    if effect := changed(treatment, seen):
        meta.append(_("It changed: %(what)s") % {"what": effect})
    return {
        "result": str(treatment.result_enum.label),
        "about": about(point),
        "point": point.text,
        "language": point.contribution.language,
        "reason": treatment.reason,
        "meta": " · ".join(meta),
    }
