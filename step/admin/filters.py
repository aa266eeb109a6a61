"""Find what is missing."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from step.models import BudgetLine, Measure, Status, Urgency


class MissingFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("unit", _("No responsible unit")),
            ("horizon", _("No time horizon")),
            ("urgency", _("Urgency not judged")),
            ("status", _("Status not reported")),
            ("goal", _("No goal")),
            ("place", _("No place")),
            ("budget", _("No money figure")),
            ("next", _("No next step")),
            ("source", _("No source")),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
        figures = BudgetLine.objects.with_figure().filter(measure=models.OuterRef("pk"))
        conditions = {
            "unit": models.Q(responsible_unit=None),
            "horizon": models.Q(horizon=None),
            "urgency": models.Q(urgency=Urgency.UNKNOWN),
            "status": models.Q(status=Status.UNKNOWN),
            "goal": models.Q(goals=None),
            "place": models.Q(localities=None, geometry__isnull=True),
            "budget": ~models.Exists(figures),
            "next": models.Q(next_step_de="") | models.Q(next_step_de=None),
            "source": models.Q(chapter=None, source_note=""),
        }
        return queryset.filter(conditions[value]) if (value := self.value()) in conditions else queryset
