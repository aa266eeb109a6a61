"""Sessions and decisions, in the order in which the office works on them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from accounts.audit import record
from common.admin import DeskAdmin
from konzeptplan.models import Decision, DecisionEffect, Session


class AuditedDesk(DeskAdmin, TranslationAdmin):
    """Every change goes to the audit trail, field by field."""

    action = ""

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        record(f"{self.action}.{'change' if change else 'create'}", obj, actor=request.user, before=before, after=after)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The desk has the same door as the pages: `visible_to`."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    @admin.display(description=_("page"))
    def to_page(self, obj: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("View"))


class LateFilter(admin.SimpleListFilter):
    title = _("what is late")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Not carried out in time"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.late(timezone.localdate()) if self.value() == "1" else queryset


class DecisionEffectInline(admin.TabularInline):
    model = DecisionEffect
    extra = 0
    autocomplete_fields = ["measure"]


@admin.register(Session)
class SessionAdmin(AuditedDesk):
    action = "session"
    list_display = ["__str__", "date", "body", "place", "snapshot", "visibility", "to_page"]
    list_filter = ["body", "visibility", "date", ("snapshot", admin.EmptyFieldListFilter)]
    search_fields = ["place", "note_de"]
    date_hierarchy = "date"
    fieldsets = [
        (_("When and where"), {"fields": ["body", ("date", "time"), "place", "note"]}),
        (_("What lies before it"), {"fields": ["snapshot"]}),
        (_("Afterwards"), {"fields": ["minutes_url"]}),
        (_("Who sees it"), {"fields": ["visibility"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Session]:
        rows: Any = super().get_queryset(request)
        return rows.for_lists()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "snapshot":
            kwargs["queryset"] = db_field.related_model.objects.for_lists()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Decision)
class DecisionAdmin(AuditedDesk):
    action = "decision"
    list_display = ["reference", "title", "session", "outcome", "follow_up", "due_on", "unit", "visibility", "to_page"]
    list_display_links = ["reference", "title"]
    list_select_related = ["session", "unit"]
    list_filter = [LateFilter, "outcome", "follow_up", "session__body", "unit", "visibility"]
    search_fields = ["reference", "title_de", "title_fr", "text_de"]
    autocomplete_fields = ["session", "treatments", "unit"]
    date_hierarchy = "session__date"
    inlines = [DecisionEffectInline]
    fieldsets = [
        (_("Point of the agenda"), {"fields": ["session", ("position", "reference"), "title", "text"]}),
        (_("Result"), {"fields": ["outcome", "adopts", "treatments"]}),
        (_("Carrying out"), {"fields": ["follow_up", "due_on", "unit"]}),
        (_("Who sees it"), {"fields": ["visibility"]}),
    ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "adopts":
            kwargs["queryset"] = db_field.related_model.objects.for_lists()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
