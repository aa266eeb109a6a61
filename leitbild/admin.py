"""The guideline's desk: the document, the vision, the frame, the actors."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from common.admin import DeskAdmin
from leitbild.models import (
    ActionField,
    ActionFieldItem,
    BrandStatement,
    Chapter,
    GlossaryTerm,
    Goal,
    Guideline,
    Instrument,
    LeipzigPrinciple,
    LoadedRecord,
    OrganisationUnit,
    Pillar,
    Reference,
    Sdg,
    Theme,
)


class TextDeskAdmin(DeskAdmin, TranslationAdmin):
    """A desk for texts in five languages."""


@admin.register(Chapter)
class ChapterAdmin(TextDeskAdmin):
    list_display = ["number", "title", "parent"]
    list_display_links = ["number", "title"]
    list_filter = [("parent", admin.EmptyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["number", "title", "summary", "body"]
    autocomplete_fields = ["parent"]
    fieldsets = [
        (_("Chapter"), {"fields": ["number", "parent", "title"]}),
        (_("Text"), {"fields": ["summary", "body"]}),
    ]


@admin.register(Reference)
class ReferenceAdmin(DeskAdmin):
    list_display = ["number", "citation", "chapter", "url"]
    list_display_links = ["number", "citation"]
    list_filter = ["chapter"]
    list_select_related = ["chapter"]
    search_fields = ["citation", "url", "note"]
    autocomplete_fields = ["chapter"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(TextDeskAdmin):
    list_display = ["term", "is_central", "chapter", "source"]
    list_filter = ["is_central", "chapter"]
    list_select_related = ["chapter"]
    search_fields = ["term", "definition", "slug"]
    autocomplete_fields = ["chapter", "differs_from"]
    prepopulated_fields = {"slug": ["term"]}
    fieldsets = [
        (_("Term"), {"fields": ["term", "slug", "definition", "is_central"]}),
        (_("Comparison"), {"fields": ["differs_from", "character"]}),
        (_("Source"), {"fields": ["chapter", "source"]}),
    ]


@admin.register(Sdg)
class SdgAdmin(TextDeskAdmin):
    list_display = ["number", "name", "colour"]
    list_display_links = ["number", "name"]
    search_fields = ["number", "name"]


@admin.register(LeipzigPrinciple)
class LeipzigPrincipleAdmin(TextDeskAdmin):
    list_display = ["title", "kind", "position", "chapter"]
    list_filter = ["kind"]
    list_select_related = ["chapter"]
    search_fields = ["title", "description"]
    autocomplete_fields = ["chapter"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Instrument)
class InstrumentAdmin(TextDeskAdmin):
    list_display = ["code", "name", "level", "is_binding", "chapter"]
    list_display_links = ["code", "name"]
    list_filter = ["level", "is_binding"]
    list_select_related = ["chapter"]
    search_fields = ["code", "name", "official_name"]
    autocomplete_fields = ["chapter"]
    fieldsets = [
        (_("Instrument"), {"fields": ["code", "slug", "position", "level", "name", "official_name", "description"]}),
        (_("Law"), {"fields": ["legal_base", "force", "is_binding", "objection_note"]}),
        (_("Source"), {"fields": ["chapter", "source"]}),
    ]


@admin.register(Pillar)
class PillarAdmin(TextDeskAdmin):
    list_display = ["name", "code", "position"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["chapter"]


class ActionFieldItemInline(TranslationTabularInline):
    model = ActionFieldItem
    extra = 0


@admin.register(ActionField)
class ActionFieldAdmin(TextDeskAdmin):
    list_display = ["letter", "title", "chapter"]
    list_display_links = ["letter", "title"]
    list_select_related = ["chapter"]
    search_fields = ["letter", "title"]
    autocomplete_fields = ["chapter"]
    inlines = [ActionFieldItemInline]


@admin.register(Theme)
class ThemeAdmin(TextDeskAdmin):
    list_display = ["letter", "title", "chapter"]
    list_display_links = ["letter", "title"]
    list_select_related = ["chapter"]
    search_fields = ["letter", "title", "body"]
    autocomplete_fields = ["chapter"]


class GuidelineInline(TranslationTabularInline):
    model = Guideline
    extra = 0
    autocomplete_fields = ["chapter"]


@admin.register(Goal)
class GoalAdmin(TextDeskAdmin):
    list_display = ["number", "title", "chapter", "measure_count"]
    list_display_links = ["number", "title"]
    list_filter = ["pillars", "themes"]
    list_select_related = ["chapter"]
    search_fields = ["number", "title", "summary"]
    autocomplete_fields = ["themes", "pillars", "sdgs", "chapter"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [GuidelineInline]
    fieldsets = [
        (_("Goal"), {"fields": ["number", "title", "slug", "summary"]}),
        (_("What it serves"), {"fields": ["themes", "pillars", "sdgs"]}),
        (_("Source"), {"fields": ["chapter"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Goal]:
        return super().get_queryset(request).annotate(measure_count=models.Count("measures"))

    @admin.display(description=_("measures"), ordering="measure_count")
    def measure_count(self, goal: Any) -> int:
        return int(goal.measure_count)


@admin.register(BrandStatement)
class BrandStatementAdmin(TextDeskAdmin):
    list_display = ["text", "question", "position", "chapter"]
    list_filter = ["question"]
    list_select_related = ["chapter"]
    search_fields = ["text"]
    autocomplete_fields = ["chapter"]


@admin.register(OrganisationUnit)
class OrganisationUnitAdmin(TextDeskAdmin):
    list_display = ["name", "kind", "coordinated_by", "email"]
    list_filter = ["kind"]
    list_select_related = ["coordinated_by"]
    search_fields = ["name", "tasks", "slug"]
    autocomplete_fields = ["coordinated_by", "chapter"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (_("Unit"), {"fields": ["name", "slug", "kind", "position", "email"]}),
        (_("Tasks"), {"fields": ["tasks", "coordinated_by"]}),
        (_("Source"), {"fields": ["chapter"]}),
    ]


@admin.register(LoadedRecord)
class LoadedRecordAdmin(admin.ModelAdmin):
    """What the content loader wrote last; for finding out why it leaves a record alone."""

    list_display = ["record", "loaded_at"]
    search_fields = ["record"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
