"""What moves a measure along, as rows below its form: short lines that also fit a narrow screen."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from modeltranslation.admin import TranslationStackedInline

from step.models import BudgetLine, MeasureLink, Milestone, ProgressReport, StaffTime


class Rows(admin.StackedInline):
    extra = 0

    def get_extra(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: object) -> int:
        """Without JavaScript nothing adds a row, so the page offers one of each on request."""
        return 1 if "rows" in request.GET else super().get_extra(request, obj, **kwargs)


class MilestoneInline(Rows, TranslationStackedInline):
    model = Milestone
    fieldsets = [(None, {"fields": ["title", ("due_on", "done_on", "position")]})]
    classes = ["rows", "rows-ordered"]


class ProgressReportInline(Rows, TranslationStackedInline):
    model = ProgressReport
    autocomplete_fields = ["unit"]
    fieldsets = [
        (None, {"fields": [("reported_on", "unit", "percent", "is_public"), "text", "evidence", "evidence_url"]})
    ]
    classes = ["rows"]


class BudgetLineInline(Rows):
    model = BudgetLine
    fieldsets = [(None, {"fields": [("year", "kind", "funder", "apply_by"), ("planned", "voted", "spent")]})]
    classes = ["rows"]


class StaffTimeInline(Rows):
    model = StaffTime
    fieldsets = [(None, {"fields": [("year", "planned_days", "spent_days")]})]
    classes = ["rows"]


class MeasureLinkInline(Rows):
    model = MeasureLink
    fk_name = "source"
    autocomplete_fields = ["target"]
    fieldsets = [(None, {"fields": [("kind", "target", "note")]})]
    classes = ["rows"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[MeasureLink]:
        return super().get_queryset(request).select_related("source", "target")


INLINES: list[type[admin.options.InlineModelAdmin]] = [
    MilestoneInline,
    ProgressReportInline,
    BudgetLineInline,
    StaffTimeInline,
    MeasureLinkInline,
]
