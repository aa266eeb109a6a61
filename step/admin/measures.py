"""The measure at the desk, in the order in which the office works on it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from common.templatetags.portal import icon
from step import services
from step.admin.base import BoundDesk
from step.admin.bulk import BulkActions
from step.admin.exchange import ExchangePages
from step.admin.filters import MissingFilter, SignalFilter, WhoseFilter
from step.admin.forms import MeasureForm
from step.admin.inlines import INLINES
from step.admin.pages import MeasurePages
from step.models import Measure, Signal, Status, Visibility
from step.signals import signals_of


@admin.register(Measure)
class MeasureAdmin(MeasurePages, ExchangePages, BulkActions, BoundDesk):
    plan_field = "lead_plan"
    restore_keeps = ("status", "visibility")
    form = MeasureForm
    list_display = ["code", "title", "lead_plan", "status", "says", "responsible_unit", "seen_by"]
    list_display_links = ["code", "title"]
    list_select_related = ["lead_plan", "responsible_unit"]
    list_filter = [
        WhoseFilter, SignalFilter, MissingFilter, "approval", "visibility", "lead_plan", "status", "urgency", "horizon",
        "localities", "responsible_unit",
    ]  # fmt: skip
    search_fields = ["code", "title_de", "title_fr", "summary_de"]
    autocomplete_fields = [
        "further_plans", "chapter", "goals", "sdgs", "instruments", "localities", "responsible_unit", "deputy_unit",
        "partners",
    ]  # fmt: skip
    readonly_fields = ["confirmed_on", "created_at", "updated_at"]
    inlines = INLINES
    fieldsets = [
        (_("What it is"), {"fields": ["code", "lead_plan", "further_plans", "title", "summary", "body"]}),
        (_("Where it comes from"), {"fields": ["chapter", "source_note"]}),
        (_("What it serves"), {"fields": ["goals", "sdgs", "pillars", "instruments", "assignment_reason"]}),
        (_("Where"), {"fields": ["localities", "is_citywide", "geometry", "geometry_note"]}),
        (_("Who"), {
            "fields": [
                ("responsible_unit", "deputy_unit"), ("responsible_person", "deputy_person"), "partners",
            ]
        }),
        (_("How urgent, and when"), {"fields": ["urgency", "urgency_reason", "horizon", "horizon_reason"]}),
        (_("Adopted, expected, actual"), {
            "fields": [
                ("baseline_start", "forecast_start", "actual_start"), ("baseline_end", "forecast_end", "actual_end"),
                "baseline_cost",
            ]
        }),
        (_("Where it stands"), {"fields": ["status", "status_reason", "unblocked_by", "must_act", "next_step"]}),
        (_("Who sees it"), {"fields": ["visibility", "internal_note", ("confirmed_on", "updated_at", "created_at")]}),
    ]  # fmt: skip

    class Media:
        js = ["js/desk-order.js"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Measure]:
        """The desk has the same door as the pages: `visible_to`."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user).with_signals(timezone.localdate())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, **{"change": change, **kwargs})  # a class made for this request
        form.user = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People by name, and only those who work here; autocompletion would need the right to see all people."""
        if db_field.name in {"responsible_person", "deputy_person"}:
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True).order_by("name", "email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "pillars":
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("what the records say"))
    def says(self, measure: Any) -> SafeString:
        given = [(icon(s.icon), s.label) for s in Signal if getattr(measure, f"is_{s.value}")]
        rows = format_html_join("", '<li class="signal">{} {}</li>', given)
        return format_html('<ul class="signals">{}</ul>', rows) if given else format_html("–")

    @admin.display(description=_("who sees it"), ordering="visibility")
    def seen_by(self, measure: Measure) -> str:
        level = str(Visibility(measure.visibility).label)
        return f"{level} · {measure.approval_enum.label}" if measure.approval else level

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        measure = kwargs.get("obj")
        if measure is not None and measure.pk:
            context["signals"] = signals_of(Measure.objects.get(pk=measure.pk), timezone.localdate())
        context["may_publish"] = request.user.has_perm("step.publish_measure", measure)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Measure, form: Any, change: bool) -> None:
        """Status and visibility go through their services, on the record as it is stored; the rest is saved after."""
        actor: Any = request.user
        if change:
            stored = Measure.objects.get(pk=obj.pk)
            if stored.status != obj.status:
                services.change_status(
                    measure=stored,
                    to=Status(obj.status),
                    reason=obj.reason_in_german,
                    unblocked_by=obj.unblocked_by_de or "",  # type: ignore[attr-defined]
                    must_act=obj.must_act_de or "",  # type: ignore[attr-defined]
                    actor=actor,
                )
            services.set_visibility(measure=stored, to=Visibility(obj.visibility), actor=actor)
            obj.approval, obj.approval_note = stored.approval, stored.approval_note
        super().save_model(request, obj, form, change)
        if not change:
            after = {"code": obj.code, "status": obj.status, "visibility": obj.visibility}
            record("measure.create", obj, actor=actor, after=after)

    def response_add(self, request: HttpRequest, obj: Measure, post_url_continue: str | None = None) -> HttpResponse:
        self._decide(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Measure) -> HttpResponse:
        self._decide(request, obj)
        return super().response_change(request, obj)

    def _decide(self, request: Any, obj: Measure) -> None:
        """“Save and propose”, “Save and publish”: the second half, once the form is saved."""
        steps = {
            "_propose": (services.propose_measure, _now("Proposed. It now waits at the desk of the head of office.")),
            "_publish": (services.publish_measure, _now("Published. Everyone can read it now.")),
        }
        for name in steps.keys() & request.POST.keys():
            act, told = steps[name]
            try:
                act(measure=Measure.objects.get(pk=obj.pk), actor=request.user)
            except (PermissionDenied, ValidationError) as error:
                reason = " ".join(getattr(error, "messages", [])) or _now("Only the head of office publishes.")
                messages.error(request, reason)
            else:
                messages.success(request, told)
