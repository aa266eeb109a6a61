"""Indicators with their values, and the reviews of goals."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationTabularInline

from common.admin import InlineForm
from common.templatetags.portal import number
from leitbild.admin.base import ADDRESS, SOURCE, GuidelineDesk, untranslated
from leitbild.admin.publishing import PublishingMixin
from leitbild.models import Evaluation, Indicator, IndicatorValue
from leitbild.models.indicators import first_day

SHORT_TEXT: dict[Any, dict[str, Any]] = {models.TextField: {"widget": AdminTextareaWidget({"rows": 3})}}


class GapFilter(admin.SimpleListFilter):
    """What is missing or late; the desk of the start page links here."""

    title = gettext_lazy("what is missing")
    parameter_name = "gap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("values", _("No value")),
            ("overdue", _("Update overdue")),
            ("owner", _("No responsible unit")),
            ("target", _("No target")),
            ("baseline", _("No baseline")),
            ("rhythm", _("Rhythm not agreed")),
            ("goal", _("No goal")),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        found: Any = queryset
        rows = {
            "values": found.waiting,
            "overdue": lambda: found.overdue(timezone.localdate()),
            "owner": lambda: queryset.filter(owner=None),
            "target": lambda: queryset.filter(target_value=None),
            "baseline": lambda: queryset.filter(baseline_value=None),
            "rhythm": lambda: queryset.filter(interval=Indicator.Interval.OPEN),
            "goal": lambda: queryset.filter(goals=None),
        }
        return rows[value]() if (value := self.value()) in rows else queryset


class IndicatorValueForm(InlineForm):
    def clean(self) -> dict[str, Any]:
        """Moved to the first day here already, so that two values for one year are found among the new ones too."""
        data = super().clean() or self.cleaned_data
        if (on := data.get("measured_on")) and (precision := data.get("precision")):
            data["measured_on"] = first_day(on, precision)
        return data


class IndicatorValueInline(TranslationTabularInline):
    model = IndicatorValue
    form = IndicatorValueForm
    extra = 0
    ordering = ["-measured_on"]
    fields = ["measured_on", "precision", "value", "comment", "source"]


@admin.register(Indicator)
class IndicatorAdmin(PublishingMixin, GuidelineDesk):
    list_display = ["name", "latest", "latest_date", "direction", "due", "owner", "visibility"]
    list_select_related = ["owner"]
    list_filter = [GapFilter, "visibility", "goals", "direction", "interval", "owner", *untranslated("name")]
    search_fields = ["name_de", "name_fr", "definition_de", "slug"]
    autocomplete_fields = ["goals", "chapter", "owner"]
    prepopulated_fields = {"slug": ["name_de"]}
    formfield_overrides = SHORT_TEXT
    inlines = [IndicatorValueInline]
    fieldsets = [
        (gettext_lazy("What it measures"), {"fields": ["name", "unit", "definition", "limitations"]}),
        (gettext_lazy("Where the values come from"), {"fields": ["source", "owner", "interval", "next_update"]}),
        (
            gettext_lazy("Where it should go"),
            {"fields": ["direction", ("baseline_value", "baseline_year"), ("target_value", "target_year")]},
        ),
        (SOURCE, {"fields": ["goals", "chapter"]}),
        (gettext_lazy("Who sees it"), {"fields": ["visibility"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Indicator]:
        """The desk has the same door as the pages: `visible_to`."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user).with_latest()

    @admin.display(description=gettext_lazy("latest value"))
    def latest(self, indicator: Any) -> str:
        if indicator.latest_value is None:
            return _("waits for values")
        return f"{number(indicator.latest_value)} {indicator.unit}"

    @admin.display(description=gettext_lazy("measured on"), ordering="latest_on")
    def latest_date(self, indicator: Any) -> dt.date | None:
        return indicator.latest_on

    @admin.display(description=gettext_lazy("next value due"), ordering="next_update")
    def due(self, indicator: Indicator) -> str:
        if indicator.next_update is None:
            return "–"
        day = date_format(indicator.next_update, "SHORT_DATE_FORMAT")
        return _("%(day)s (overdue)") % {"day": day} if indicator.next_update < timezone.localdate() else day

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A new value answers the update that was due; the next one follows in the agreed rhythm."""
        super().save_formset(request, form, formset, change)
        indicator, today = form.instance, timezone.localdate()
        if formset.model is not IndicatorValue or not formset.new_objects or "next_update" in form.changed_data:
            return
        due = indicator.due_after(today)
        if due and due != indicator.next_update:
            indicator.next_update = due
            indicator.save(update_fields=["next_update"])
            day = date_format(due, "SHORT_DATE_FORMAT")
            messages.info(request, _("The next value is now due by %(day)s.") % {"day": day})


@admin.register(Evaluation)
class EvaluationAdmin(PublishingMixin, GuidelineDesk):
    publish_field = "is_public"
    list_display = ["goal", "reviewed_on", "judgement", "unit", "is_public"]
    list_select_related = ["goal", "unit"]
    list_filter = ["judgement", "is_public", "goal", "unit", *untranslated("text")]
    search_fields = ["goal__title_de", "text_de"]
    autocomplete_fields = ["goal", "unit"]
    date_hierarchy = "reviewed_on"
    fieldsets = [
        (gettext_lazy("What was reviewed"), {"fields": ["goal", "reviewed_on", "unit"]}),
        (gettext_lazy("How it stands"), {"fields": ["judgement", "text"]}),
        (gettext_lazy("Who sees it"), {"fields": ["is_public"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Evaluation]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)
