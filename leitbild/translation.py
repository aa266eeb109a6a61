"""The guideline's fields in five languages."""

from modeltranslation.translator import TranslationOptions, register

from leitbild import models


@register(models.Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


@register(models.GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "definition", "character")


@register(models.Sdg)
class SdgTranslation(TranslationOptions):
    fields = ("name",)


@register(models.LeipzigPrinciple)
class LeipzigPrincipleTranslation(TranslationOptions):
    fields = ("title", "description")


@register(models.Instrument)
class InstrumentTranslation(TranslationOptions):
    fields = ("name", "legal_base", "force", "description", "objection_note")


@register(models.Pillar)
class PillarTranslation(TranslationOptions):
    fields = ("name", "description")


@register(models.ActionField)
class ActionFieldTranslation(TranslationOptions):
    fields = ("title", "description")


@register(models.ActionFieldItem)
class ActionFieldItemTranslation(TranslationOptions):
    fields = ("text",)


@register(models.Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("title", "body")


@register(models.Goal)
class GoalTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(models.Guideline)
class GuidelineTranslation(TranslationOptions):
    fields = ("text",)


@register(models.BrandStatement)
class BrandStatementTranslation(TranslationOptions):
    fields = ("text",)


@register(models.OrganisationUnit)
class OrganisationUnitTranslation(TranslationOptions):
    fields = ("name", "tasks")
