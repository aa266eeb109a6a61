"""The filters of the public list of indicators, in the URL: `goal` (number), `plan` (code), `values` (`1`, `none`)."""

from typing import Any

import django_filters as filters
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leitbild.models import Goal, Indicator, IndicatorQuerySet
from step.filters import NONE, FilterForm, PlanFilter
from step.models import Plan
from step.models.access import Reader


class IndicatorFilter(filters.FilterSet):
    goal = filters.ModelChoiceFilter(
        label=_("Goal"),
        field_name="goals",
        queryset=Goal.objects.all(),
        to_field_name="number",
        empty_label=_("All goals"),
    )
    plan = PlanFilter(
        label=_("StEP"),
        field_name="plan_links__plan",
        queryset=Plan.objects.all(),
        to_field_name="code",
        empty_label=_("All StEP"),
    )
    values = filters.ChoiceFilter(
        label=_("Values"),
        choices=[("1", _("With values")), (NONE, _("Waiting for values"))],
        method="with_values",
        empty_label=_("With and without values"),
    )

    class Meta:
        model = Indicator
        form = FilterForm
        fields: list[str] = []

    def with_values(self, rows: IndicatorQuerySet, name: str, value: str) -> models.QuerySet[Any]:
        return rows.measured() if value == "1" else rows.waiting()


def indicators_for(data: QueryDict, user: Reader) -> IndicatorFilter:
    """The filters of a request over what its reader may see; values that do not exist are told and left out."""
    return IndicatorFilter(data, queryset=Indicator.objects.visible_to(user))
