"""Goals, fields of action, themes, pillars, and the city as a brand."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationTabularInline

from leitbild.admin.base import ADDRESS, SOURCE, GuidelineDesk, untranslated
from leitbild.models import ActionField, ActionFieldItem, BrandStatement, Goal, Guideline, Pillar, Theme


class GuidelineInline(TranslationTabularInline):
    model = Guideline
    extra = 0
    autocomplete_fields = ["chapter"]


class ItemInline(TranslationTabularInline):
    model = ActionFieldItem
    extra = 0


@admin.register(Goal)
class GoalAdmin(GuidelineDesk):
    list_display = ["number", "title", "guideline_count", "chapter"]
    list_display_links = ["number", "title"]
    list_filter = ["pillars", "themes", "sdgs", *untranslated("title")]
    search_fields = ["number", "title_de", "title_fr", "summary_de", "slug"]
    autocomplete_fields = ["chapter", "themes", "sdgs", "pillars"]
    prepopulated_fields = {"slug": ["title_de"]}
    inlines = [GuidelineInline]
    fieldsets = [
        (_("What the city wants"), {"fields": ["title", "summary"]}),
        (_("Where it belongs"), {"fields": ["pillars", "themes", "sdgs"]}),
        (SOURCE, {"fields": ["chapter"]}),
        (ADDRESS, {"fields": ["number", "slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Goal]:
        rows: models.QuerySet[Goal] = super().get_queryset(request)
        return rows.annotate(guideline_count=models.Count("guidelines"))

    @admin.display(description=_("guidelines"), ordering="guideline_count")
    def guideline_count(self, goal: Any) -> int:
        return int(goal.guideline_count)


@admin.register(ActionField)
class ActionFieldAdmin(GuidelineDesk):
    list_display = ["letter", "title", "chapter"]
    list_display_links = ["letter", "title"]
    list_filter = untranslated("title")
    search_fields = ["letter", "title_de", "description_de", "items__text_de"]
    inlines = [ItemInline]
    fieldsets = [
        (_("What it is"), {"fields": ["letter", "title", "description"]}),
        (SOURCE, {"fields": ["chapter"]}),
    ]


@admin.register(Theme)
class ThemeAdmin(GuidelineDesk):
    list_display = ["letter", "title", "chapter"]
    list_display_links = ["letter", "title"]
    list_filter = [*untranslated("title"), *untranslated("body")]
    search_fields = ["letter", "title_de", "body_de"]
    fieldsets = [
        (_("What it demands"), {"fields": ["letter", "title", "body"]}),
        (SOURCE, {"fields": ["chapter"]}),
    ]


@admin.register(Pillar)
class PillarAdmin(GuidelineDesk):
    list_display = ["name", "code", "chapter"]
    list_filter = untranslated("name")
    search_fields = ["name_de", "code"]
    fieldsets = [
        (_("What it is"), {"fields": ["name", "description"]}),
        (SOURCE, {"fields": ["chapter"]}),
        (ADDRESS, {"fields": ["position", "code"]}),
    ]


@admin.register(BrandStatement)
class BrandStatementAdmin(GuidelineDesk):
    list_display = ["text", "question", "position", "chapter"]
    list_filter = ["question", *untranslated("text")]
    search_fields = ["text_de", "text_fr", "slug"]
    prepopulated_fields = {"slug": ["text_de"]}
    fieldsets = [
        (_("What the guideline answers"), {"fields": ["question", "text"]}),
        (SOURCE, {"fields": ["chapter"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]
