"""The measure at the desk, in the order in which the office works on it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationStackedInline, TranslationTabularInline

from accounts.audit import record
from step import services
from step.admin.base import BoundDesk
from step.admin.filters import MissingFilter
from step.admin.forms import MeasureForm
from step.models import (
    BudgetLine,
    Measure,
    MeasureLink,
    Milestone,
    ProgressReport,
    Status,
    Visibility,
)


class MilestoneInline(TranslationTabularInline):
    model = Milestone
    extra = 0


class BudgetLineInline(admin.TabularInline):
    model = BudgetLine
    extra = 0


class ProgressReportInline(TranslationStackedInline):
    model = ProgressReport
    extra = 0
    autocomplete_fields = ["unit"]


class MeasureLinkInline(admin.TabularInline):
    model = MeasureLink
    fk_name = "source"
    extra = 0
    autocomplete_fields = ["target"]


@admin.register(Measure)
class MeasureAdmin(BoundDesk):
    plan_field = "lead_plan"
    form = MeasureForm
    list_display = ["code", "title", "lead_plan", "status", "urgency", "horizon", "responsible_unit", "visibility"]
    list_display_links = ["code", "title"]
    list_select_related = ["lead_plan", "horizon", "responsible_unit"]
    list_filter = [
        MissingFilter,
        "visibility",
        "lead_plan",
        "status",
        "urgency",
        "horizon",
        "localities",
        "responsible_unit",
    ]
    search_fields = ["code", "title_de", "title_fr", "summary_de"]
    autocomplete_fields = [
        "further_plans",
        "chapter",
        "goals",
        "sdgs",
        "instruments",
        "localities",
        "responsible_unit",
        "partners",
    ]
    readonly_fields = ["created_at", "updated_at"]
    inlines = [MilestoneInline, BudgetLineInline, ProgressReportInline, MeasureLinkInline]
    fieldsets = [
        (_("What it is"), {"fields": ["code", "lead_plan", "further_plans", "title", "summary", "body"]}),
        (_("Where it comes from"), {"fields": ["chapter", "source_note"]}),
        (_("What it serves"), {"fields": ["goals", "sdgs", "pillars", "instruments", "assignment_reason"]}),
        (_("Where"), {"fields": ["localities", "geometry", "geometry_note"]}),
        (_("How urgent, and when"), {"fields": ["urgency", "urgency_reason", "horizon", "horizon_reason"]}),
        (_("Dates"), {"fields": [("baseline_start", "baseline_end"), ("forecast_start", "forecast_end")]}),
        (_("Who"), {"fields": ["responsible_unit", "partners"]}),
        (_("Where it stands"), {"fields": ["status", "status_reason", "actual_end", "next_step"]}),
        (_("Who sees it"), {"fields": ["visibility", "internal_note", "created_at", "updated_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Measure]:
        """The desk has the same door as the pages: `visible_to`."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, **{"change": change, **kwargs})  # a class made for this request
        form.user = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "pillars":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Measure, form: Any, change: bool) -> None:
        """Status and visibility go through their services, on the record as it is stored; the rest is saved after."""
        if change:
            stored = Measure.objects.get(pk=obj.pk)
            actor: Any = request.user
            if stored.status != obj.status:
                services.change_status(measure=stored, to=Status(obj.status), reason=obj.reason_in_german, actor=actor)
            services.set_visibility(measure=stored, to=Visibility(obj.visibility), actor=actor)
        super().save_model(request, obj, form, change)
        if not change:
            after = {"code": obj.code, "status": obj.status, "visibility": obj.visibility}
            record("measure.create", obj, actor=request.user, after=after)
