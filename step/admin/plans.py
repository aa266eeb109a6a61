"""Plans, their areas, places and time horizons."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from step.admin.base import BoundDesk, PlaceDesk
from step.models import InterventionArea, Locality, Plan, TimeHorizon
from step.rules import leads_office


@admin.register(Plan)
class PlanAdmin(BoundDesk):
    list_display = ["number", "code", "short_name", "chapter", "measure_count"]
    list_display_links = ["number", "code", "short_name"]
    list_select_related = ["chapter"]
    search_fields = ["code", "name_de", "short_name_de"]
    autocomplete_fields = ["chapter", "planners"]
    fieldsets = [
        (_("What it is for"), {"fields": ["name", "short_name", "summary", "body", "tasks", "chapter"]}),
        (_("Who works on it"), {"fields": ["planners"]}),
        (_("How it appears"), {"fields": ["number", "code", "slug", "colour", "icon"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Plan]:
        rows: Any = super().get_queryset(request)
        return rows.with_measure_counts(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> list[str]:
        """Planners write the plan's texts; its frame and its people are the head of office's."""
        fixed = ["planners", "number", "code", "slug", "colour", "icon"]
        fields = list(super().get_readonly_fields(request, obj))
        return fields if leads_office(request.user) else [*fields, *fixed]

    @admin.display(description=_("measures"), ordering="measure_count")
    def measure_count(self, plan: Plan) -> int:
        return plan.measure_count  # type: ignore[attr-defined]


@admin.register(InterventionArea)
class InterventionAreaAdmin(BoundDesk):
    plan_field = "plan"
    list_display = ["name", "plan", "chapter", "has_outline"]
    list_select_related = ["plan", "chapter"]
    list_filter = ["plan", "localities", ("outline", admin.EmptyFieldListFilter)]
    search_fields = ["name_de", "description_de"]
    autocomplete_fields = ["chapter", "localities"]
    prepopulated_fields = {"slug": ["name_de"]}
    fieldsets = [
        (_("What it is"), {"fields": ["plan", "name", "slug", "description", "chapter"]}),
        (_("Where"), {"fields": ["localities", "outline"]}),
    ]

    @admin.display(description=_("outline"), boolean=True)
    def has_outline(self, area: InterventionArea) -> bool:
        return bool(area.outline)


@admin.register(Locality)
class LocalityAdmin(PlaceDesk):
    list_display = ["name", "population", "population_date", "area_ha", "has_outline"]
    search_fields = ["name_de", "name_fr", "name_lb", "slug"]
    list_filter = [("outline", admin.EmptyFieldListFilter), ("population", admin.EmptyFieldListFilter)]
    prepopulated_fields = {"slug": ["name_de"]}
    fieldsets = [
        (_("What it is"), {"fields": ["name", "slug", "position", "description"]}),
        (_("Figures"), {"fields": ["population", "population_date", "population_source", "area_ha"]}),
        (_("Where"), {"fields": ["outline", "outline_note"]}),
    ]

    @admin.display(description=_("outline"), boolean=True)
    def has_outline(self, locality: Locality) -> bool:
        return bool(locality.outline)


@admin.register(TimeHorizon)
class TimeHorizonAdmin(PlaceDesk):
    list_display = ["name", "code", "starts", "ends"]
    search_fields = ["name_de", "code"]
    fieldsets = [(None, {"fields": ["name", "code", "position", "starts", "ends", "note"]})]
