"""Bulk actions with a preview: choose the change, see what it does to each measure, confirm."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leitbild.models import OrganisationUnit
from step import services
from step.bulk import (
    Change,
    PlanChange,
    StatusChange,
    UnitChange,
    VisibilityChange,
    digest,
    make_all,
    try_all,
)
from step.models import Measure, Plan, Status, Visibility

MOST = 1000  # measures at once


class BulkForm(forms.Form):
    @property
    def change(self) -> Change:
        """What the valid form asks for."""
        raise NotImplementedError


class StatusForm(BulkForm):
    status = forms.ChoiceField(label=_("New status"), choices=Status.choices)
    reason = forms.CharField(
        label=_("Reason, in German"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Required when the measure deviates from its plan."),
    )
    unblocked_by = forms.CharField(
        label=_("What would free it"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Required where the measure is delayed or blocked."),
    )
    must_act = forms.CharField(
        label=_("Who must act"),
        required=False,
        max_length=200,
        help_text=_("Required where the measure is delayed or blocked."),
    )

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        if to := cleaned.get("status"):
            texts = {name: cleaned.get(name, "") for name in ("unblocked_by", "must_act")}
            try:
                services.guard_texts(Status(to), {"status_reason": cleaned.get("reason", ""), **texts})
            except ValidationError as error:
                self.add_error(str(error.code), error)
        return cleaned

    @property
    def change(self) -> StatusChange:
        texts = {name: self.cleaned_data[name] for name in ("reason", "unblocked_by", "must_act")}
        return StatusChange(Status(self.cleaned_data["status"]), **texts)


class PlanForm(BulkForm):
    plan: forms.ModelChoiceField = forms.ModelChoiceField(label=_("New lead StEP"), queryset=Plan.objects.all())

    @property
    def change(self) -> PlanChange:
        return PlanChange(self.cleaned_data["plan"])


class UnitForm(BulkForm):
    unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("New responsible unit"), queryset=OrganisationUnit.objects.all()
    )

    @property
    def change(self) -> UnitChange:
        return UnitChange(self.cleaned_data["unit"])


class VisibilityForm(BulkForm):
    visibility = forms.ChoiceField(label=_("New visibility"), choices=Visibility.choices)

    @property
    def change(self) -> VisibilityChange:
        return VisibilityChange(Visibility(self.cleaned_data["visibility"]))


FORMS: dict[str, type[BulkForm]] = {
    "bulk_status": StatusForm,
    "bulk_plan": PlanForm,
    "bulk_unit": UnitForm,
    "bulk_visibility": VisibilityForm,
}


class BulkActions(admin.ModelAdmin):
    actions = list(FORMS)

    @admin.action(description=_("Change the status …"), permissions=["change"])
    def bulk_status(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._bulk(request, queryset, "bulk_status")

    @admin.action(description=_("Move to another lead StEP …"), permissions=["change"])
    def bulk_plan(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._bulk(request, queryset, "bulk_plan")

    @admin.action(description=_("Change the responsible unit …"), permissions=["change"])
    def bulk_unit(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._bulk(request, queryset, "bulk_unit")

    @admin.action(description=_("Change the visibility …"), permissions=["change"])
    def bulk_visibility(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._bulk(request, queryset, "bulk_visibility")

    def _bulk(self, request: HttpRequest, rows: models.QuerySet[Measure], name: str) -> HttpResponse | None:
        keys = list(rows.order_by("code").values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            told = ngettext("At most %(most)d measure at once.", "At most %(most)d measures at once.", MOST)
            messages.error(request, told % {"most": MOST})
            return None
        measures = Measure.objects.filter(pk__in=keys).select_related("lead_plan", "responsible_unit")
        step = request.POST.get("step", "")
        form = FORMS[name](request.POST if step else None)
        context: dict[str, Any] = {"form": form, "action": name, "keys": keys}
        if step and form.is_valid():
            actor: Any = request.user
            if step == "confirm":
                outcomes, stored = make_all(
                    measures=measures, change=form.change, actor=actor, seen=request.POST.get("seen", "")
                )
                if stored:
                    self._tell(request, [outcome for outcome in outcomes if outcome.changes])
                    return None
                context["is_outdated"] = True
            else:
                outcomes = try_all(measures=measures, change=form.change, actor=actor)
            changing = sum(outcome.changes for outcome in outcomes)
            context |= {"outcomes": outcomes, "seen": digest(outcomes), "changing": changing}
        return self._bulk_page(request, context)

    def _tell(self, request: HttpRequest, changed: list[Any]) -> None:
        number = len(changed)
        told = ngettext("%(number)d measure was changed.", "%(number)d measures were changed.", number)
        messages.success(request, told % {"number": number})

    def _bulk_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        title = getattr(type(self), context["action"]).short_description
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": str(title).rstrip(" …")}
        checkbox = {"checkbox": ACTION_CHECKBOX_NAME}
        return TemplateResponse(request, "admin/step/measure/bulk.html", {**shared, **checkbox, **context})
