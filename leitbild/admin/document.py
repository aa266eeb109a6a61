"""Chapters, terms, sources, and who the guideline names."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from common.admin import DeskAdmin
from leitbild.admin.base import ADDRESS, SOURCE, GuidelineDesk, untranslated
from leitbild.models import Chapter, GlossaryTerm, OrganisationUnit, Reference


class ReferenceInline(admin.TabularInline):
    model = Reference
    extra = 0
    fields = ["number", "citation", "url", "note"]


@admin.register(Chapter)
class ChapterAdmin(DeskAdmin, TranslationAdmin):
    list_display = ["number", "title", "parent", "term_count"]
    list_display_links = ["number", "title"]
    list_select_related = ["parent"]
    list_filter = [("parent", admin.EmptyFieldListFilter), *untranslated("title"), *untranslated("body")]
    search_fields = ["number", "title_de", "title_fr", "summary_de", "body_de"]
    autocomplete_fields = ["parent"]
    inlines = [ReferenceInline]
    fieldsets = [
        (_("What it says"), {"fields": ["title", "summary", "body"]}),
        (_("Place in the document"), {"fields": ["number", "parent"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Chapter]:
        rows: models.QuerySet[Chapter] = super().get_queryset(request)
        return rows.annotate(term_count=models.Count("terms"))

    @admin.display(description=_("terms"), ordering="term_count")
    def term_count(self, chapter: Any) -> int:
        return int(chapter.term_count)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(GuidelineDesk):
    list_display = ["term", "is_central", "differs_from", "chapter"]
    list_select_related = ["chapter", "differs_from"]
    list_filter = ["is_central", ("chapter", admin.EmptyFieldListFilter), *untranslated("term")]
    search_fields = ["term_de", "term_fr", "term_lb", "term_en", "term_pt", "definition_de"]
    autocomplete_fields = ["chapter", "differs_from"]
    prepopulated_fields = {"slug": ["term_de"]}
    fieldsets = [
        (_("What it means"), {"fields": ["term", "definition", "is_central"]}),
        (_("How it differs"), {"fields": ["character", "differs_from"]}),
        (SOURCE, {"fields": ["chapter", "source"]}),
        (ADDRESS, {"fields": ["slug"]}),
    ]


@admin.register(Reference)
class ReferenceAdmin(DeskAdmin):
    list_display = ["number", "citation", "chapter", "has_address"]
    list_display_links = ["number", "citation"]
    list_select_related = ["chapter"]
    list_filter = [("url", admin.EmptyFieldListFilter), "chapter"]
    search_fields = ["number", "citation", "url", "note"]
    autocomplete_fields = ["chapter"]
    fieldsets = [
        (_("What is cited"), {"fields": ["citation", "url", "note"]}),
        (_("Place in the document"), {"fields": ["number", "chapter"]}),
    ]

    @admin.display(description=_("address"), boolean=True)
    def has_address(self, reference: Reference) -> bool:
        return bool(reference.url)


@admin.register(OrganisationUnit)
class OrganisationUnitAdmin(GuidelineDesk):
    list_display = ["name", "kind", "coordinated_by", "email", "chapter"]
    list_select_related = ["chapter", "coordinated_by"]
    list_filter = ["kind", ("email", admin.EmptyFieldListFilter), *untranslated("name")]
    search_fields = ["name_de", "name_fr", "tasks_de", "email"]
    autocomplete_fields = ["chapter", "coordinated_by"]
    prepopulated_fields = {"slug": ["name_de"]}
    fieldsets = [
        (_("Who they are"), {"fields": ["name", "kind", "tasks", "email"]}),
        (_("Who coordinates them"), {"fields": ["coordinated_by"]}),
        (SOURCE, {"fields": ["chapter"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]
