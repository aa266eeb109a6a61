"""Answers, and what moderators decided."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.audit import record
from common.admin import DeskAdmin
from participation.models import (
    Appeal,
    Flag,
    ModerationDecision,
    Treatment,
)
from participation.services.answering import keep_version


@admin.register(Treatment)
class TreatmentAdmin(DeskAdmin):
    """Answers are given on their own page; here they are found, and a slip of the pen is mended."""

    list_display = ["result", "unit", "measure", "answered_at"]
    list_filter = ["result", "unit"]
    list_select_related = ["unit", "measure"]
    search_fields = ["reason", "measure__code", "measure__title"]
    autocomplete_fields = ["unit", "measure", "chapter"]
    raw_id_fields = ["milestone"]
    readonly_fields = ["decided_by", "answered_at"]
    date_hierarchy = "answered_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Treatment, form: ModelForm, change: bool) -> None:
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
        if form.changed_data:
            keep_version(obj, request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        record("treatment.change", obj, actor=request.user, before=before, after=after)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written on the pages for moderators and readers, and never rewritten here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ModerationDecision)
class ModerationDecisionAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "category", "contribution", "by", "reason"]
    list_filter = ["action", "category", "at"]
    list_select_related = ["contribution", "by"]


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "category", "contribution", "note", "settled_at"]
    list_filter = ["category", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["contribution"]
    exclude = ["visitor"]


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "decision", "outcome", "decided_by", "decided_at"]
    list_filter = ["outcome"]
    list_select_related = ["decision__contribution", "decided_by"]
