"""The desk of the dialogue: processes, contributions with their points, answers, decisions of moderators."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from accounts.audit import record
from common.admin import DeskAdmin
from participation.models import (
    Contribution,
    Dialogue,
    Loop,
    ModerationDecision,
    Origin,
    Point,
    Publication,
    Question,
    Treatment,
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


class PointInline(admin.TabularInline):
    model = Point
    extra = 0
    fields = ["position", "text", "treatment"]
    readonly_fields = ["treatment"]


@admin.register(Contribution)
class ContributionAdmin(DeskAdmin):
    """Staff read, split into points, and add what came on paper; publishing and answering have pages of their own."""

    list_display = ["__str__", "status", "origin", "signed", "created_at", "next_step"]
    list_filter = ["status", "origin", "kind", "language", "loop__dialogue"]
    list_select_related = ["author"]
    search_fields = ["title", "text", "receipt_code", "author_name"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["loop", "question", "measure", "chapter", "plan", "locality"]
    readonly_fields = ["receipt_code", "status", "created_at", "published_at", "next_step"]
    inlines = [PointInline]
    fieldsets = [
        (_("What was said"), {"fields": ["kind", "title", "text", "language", "origin"]}),
        (_("What it is about"), {"fields": ["loop", "question", "measure", "chapter", "plan", "locality"]}),
        (_("Who said it"), {"fields": ["author_name", "email"]}),
        (_("Where it stands"), {"fields": ["status", "receipt_code", "created_at", "published_at", "next_step"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Contribution]:
        visible = Contribution.objects.visible_to(request.user)
        return visible.order_by(*self.model._meta.ordering)

    @admin.display(description=_("next step"))
    def next_step(self, contribution: Contribution) -> str | SafeString:
        if contribution.status == Publication.WAITING:
            return _link("participation:moderate", contribution, _("Moderate"))
        if contribution.status == Publication.PUBLISHED:
            return _link("participation:answer", contribution, _("Answer"))
        return ""

    def save_model(self, request: HttpRequest, obj: Contribution, form: ModelForm, change: bool) -> None:
        if not change and obj.origin == Origin.WEB:
            obj.origin = Origin.PAPER  # what staff type in did not come over the portal
        super().save_model(request, obj, form, change)
        action = "contribution.change" if change else "contribution.enter"
        record(action, obj, actor=request.user, after={"origin": obj.origin})


def _link(name: str, contribution: Contribution, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[contribution.pk]), text)


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


@admin.register(Treatment)
class TreatmentAdmin(DeskAdmin):
    """Answers are given on their own page; here they are found, and a slip of the pen is mended."""

    list_display = ["result", "unit", "measure", "answered_at"]
    list_filter = ["result", "unit"]
    list_select_related = ["unit", "measure"]
    search_fields = ["reason", "measure__code", "measure__title"]
    autocomplete_fields = ["unit", "measure"]
    readonly_fields = ["decided_by", "answered_at"]
    date_hierarchy = "answered_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Treatment, form: ModelForm, change: bool) -> None:
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        record("treatment.change", obj, actor=request.user, before=before, after=after)


@admin.register(ModerationDecision)
class ModerationDecisionAdmin(admin.ModelAdmin):
    list_display = ["at", "action", "contribution", "by", "reason"]
    list_filter = ["action", "at"]
    list_select_related = ["contribution", "by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
