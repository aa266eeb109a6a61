"""The filters of the register of decisions. They live in the URL.

| name      | values                        | meaning                               |
|-----------|-------------------------------|---------------------------------------|
| q         | text                          | in reference, title and text          |
| body      | `council`, `aldermen`         | who decided                           |
| outcome   | a value of `Outcome`          |                                       |
| follow_up | a value of `FollowUp`, `late` | `late`: open after its date           |
| year      | 2026                          | of the session                        |
| plan      | code of a StEP, `vm`          | changed a measure that it leads       |
"""

from typing import Any

import django_filters as filters
from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from konzeptplan.models import Body, Decision, DecisionEffect, FollowUp, Outcome
from konzeptplan.models.decisions import DecisionQuerySet
from step.filters import FilterForm, PlanFilter
from step.models import Measure, Plan

MAX_TEXT = 100
LATE = "late"


class DecisionFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Text"), method="contains", max_length=MAX_TEXT, widget=forms.TextInput(attrs={"type": "search"})
    )
    body = filters.ChoiceFilter(
        label=_("Body"), field_name="session__body", choices=Body.choices, empty_label=_("All bodies")
    )
    outcome = filters.ChoiceFilter(label=_("Result"), choices=Outcome.choices, empty_label=_("Any result"))
    follow_up = filters.ChoiceFilter(
        label=_("Carrying out"),
        choices=[*FollowUp.choices, (LATE, _("Late"))],
        method="carried_out",
        empty_label=_("Carried out or not"),
    )
    year = filters.NumberFilter(label=_("Year"), field_name="session__date__year", min_value=1900, max_value=2200)
    plan = PlanFilter(
        label=_("StEP"), queryset=Plan.objects.all(), to_field_name="code", method="of_plan", empty_label=_("All StEP")
    )

    class Meta:
        model = Decision
        form = FilterForm
        fields: list[str] = []

    def contains(self, rows: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        languages = {(get_language() or "de")[:2], "de"}
        columns = [build_localized_fieldname(f, code) for f in ("title", "text") for code in sorted(languages)]
        for word in value.split():
            found = [(f"{column}__icontains", word) for column in ["reference", *columns]]
            rows = rows.filter(models.Q(*found, _connector="OR"))
        return rows

    def carried_out(self, rows: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        return rows.late(timezone.localdate()) if value == LATE else rows.filter(follow_up=value)

    def of_plan(self, rows: DecisionQuerySet, name: str, value: Plan) -> DecisionQuerySet:
        measures = Measure.objects.visible_to(self.request.user).filter(lead_plan=value)
        changed = DecisionEffect.objects.filter(measure__in=measures.order_by().values("pk"))
        return rows.filter(pk__in=changed.values("decision"))


def decisions_for(request: Any) -> DecisionFilter:
    """The filters of a request over the decisions that its reader may see."""
    return DecisionFilter(request.GET, queryset=Decision.objects.visible_to(request.user), request=request)
