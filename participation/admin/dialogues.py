"""Dialogues with their loops and questions."""

from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet, ModelForm
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
from participation.models.dialogues import overlap
from step.admin.base import FIELDS


class LoopForm(ModelForm):
    """Compared with the other loops of the page by the formset: with what is typed there, not with what was stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.compared_together = True


class LoopFormSet(BaseInlineFormSet):
    """Refuses loops whose dates overlap each other, also when both are new or both are moved."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if self._counts(form)]
        kept.sort(key=lambda form: form.instance.invite_from)
        for earlier, later in pairwise(kept):
            if later.instance.invite_from <= earlier.instance.ends_on:
                later.add_error("invite_from", overlap(earlier.instance))

    def _counts(self, form: Any) -> bool:
        if not hasattr(form, "cleaned_data") or self._should_delete_form(form):  # type: ignore[attr-defined]
            return False
        return bool(form.instance.invite_from and form.instance.ends_on)


class LoopInline(TranslationStackedInline):
    model = Loop
    form = LoopForm
    formset = LoopFormSet
    filter_horizontal = ["invited_localities"]
    formfield_overrides = FIELDS
    extra = 0
    fields = [
        "position",
        "phase",
        "invited",
        ("invited_localities", "invited_radius"),
        ("invite_from", "participate_from", "feedback_from", "ends_on"),
        "summary",
        "closed_at",
    ]
    readonly_fields = ["closed_at"]


class QuestionInline(TranslationStackedInline):
    model = Question
    extra = 0
    formfield_overrides = FIELDS


@admin.register(Dialogue)
class DialogueAdmin(DeskAdmin, TranslationAdmin):
    list_display = ["title", "level", "moderation", "access", "is_public", "to_page"]
    list_filter = ["is_public", "level", "moderation", "access"]
    search_fields = ["title", "summary", "slug"]
    autocomplete_fields = ["plan", "measure", "chapter", "locality"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [LoopInline, QuestionInline]
    formfield_overrides = FIELDS
    fieldsets = [
        (_("Dialogue"), {"fields": ["title", "slug", "summary", "body"]}),
        (_("What it is about"), {"fields": ["plan", "measure", "chapter", "locality", "place", "geometry"]}),
        (_("Rules"), {"fields": ["level", "can_influence", "cannot_influence", "moderation", "access"]}),
        (_("Decision and answers"), {"fields": ["decided_by", "decision_expected", "answer_within_days"]}),
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
