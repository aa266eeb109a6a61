"""Dialogues with their loops and questions."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from common.admin import DeskAdmin
from participation.models import (
    Dialogue,
    Loop,
    Question,
)


class LoopInline(TranslationStackedInline):
    model = Loop
    extra = 0
    fields = [
        "position",
        "phase",
        "invited",
        ("invite_from", "participate_from", "feedback_from", "ends_on"),
        "summary",
        "closed_at",
    ]
    readonly_fields = ["closed_at"]


class QuestionInline(TranslationStackedInline):
    model = Question
    extra = 0


@admin.register(Dialogue)
class DialogueAdmin(DeskAdmin, TranslationAdmin):
    list_display = ["title", "level", "moderation", "access", "is_public", "to_page"]
    list_filter = ["is_public", "level", "moderation", "access"]
    search_fields = ["title", "summary", "slug"]
    autocomplete_fields = ["plan", "measure", "chapter", "locality"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [LoopInline, QuestionInline]
    fieldsets = [
        (_("Dialogue"), {"fields": ["title", "slug", "summary", "body"]}),
        (_("What it is about"), {"fields": ["plan", "measure", "chapter", "locality"]}),
        (_("Rules"), {"fields": ["level", "can_influence", "cannot_influence", "decided_by", "moderation", "access"]}),
        (_("Publication"), {"fields": ["is_public"]}),
    ]

    @admin.display(description=_("page"))
    def to_page(self, dialogue: Dialogue) -> SafeString:
        return format_html('<a href="{}">{}</a>', dialogue.get_absolute_url(), _("View"))


@admin.register(Loop)
class LoopAdmin(DeskAdmin, TranslationAdmin):
    """For looking loops up; they are maintained with their dialogue."""

    search_fields = ["phase", "dialogue__title"]
    list_select_related = ["dialogue"]
    list_display = ["__str__", "invite_from", "participate_from", "feedback_from", "ends_on", "closed_at"]
    readonly_fields = ["closed_at"]
    autocomplete_fields = ["dialogue"]


@admin.register(Question)
class QuestionAdmin(DeskAdmin, TranslationAdmin):
    search_fields = ["text", "dialogue__title"]
    list_select_related = ["dialogue"]
    list_display = ["text", "dialogue", "position"]
    autocomplete_fields = ["dialogue"]
