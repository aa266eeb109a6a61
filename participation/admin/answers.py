"""Answers, and what moderators decided."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.audit import record
from common.admin import DeskAdmin, ReadOnlyDesk
from participation.models import (
    ModerationDecision,
    Treatment,
)


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
class ModerationDecisionAdmin(ReadOnlyDesk):
    list_display = ["at", "action", "contribution", "by", "reason"]
    list_filter = ["action", "at"]
    list_select_related = ["contribution", "by"]
