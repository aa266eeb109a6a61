"""The plans' and measures' fields in five languages."""

from modeltranslation.translator import TranslationOptions, register

from step import models


@register(models.Plan)
class PlanTranslation(TranslationOptions):
    fields = ("name", "short_name", "summary", "body", "tasks")


@register(models.TimeHorizon)
class TimeHorizonTranslation(TranslationOptions):
    fields = ("name", "note")


@register(models.Locality)
class LocalityTranslation(TranslationOptions):
    fields = ("name", "description", "outline_note")


@register(models.InterventionArea)
class InterventionAreaTranslation(TranslationOptions):
    fields = ("name", "description")


@register(models.Measure)
class MeasureTranslation(TranslationOptions):
    fields = (
        "title",
        "summary",
        "body",
        "next_step",
        "assignment_reason",
        "urgency_reason",
        "horizon_reason",
        "status_reason",
    )


@register(models.Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title",)


@register(models.ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    fields = ("text",)
