"""Find what is missing, what the records say, and what waits for oneself."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from step.models import Measure, MeasureQuerySet, Signal, Status, Urgency
from step.models.signals import GAPS, Gap

# What else can be missing; it asks for no signal. Another app may add its own: the dialogue adds "no voice".
FURTHER: dict[str, Gap] = {
    "person": Gap(_("No responsible person"), lambda: models.Q(responsible_person=None)),
    "horizon": Gap(_("No time horizon"), lambda: models.Q(horizon=None)),
    "urgency": Gap(_("Urgency not judged"), lambda: models.Q(urgency=Urgency.UNKNOWN)),
    "status": Gap(_("Status not reported"), lambda: models.Q(status=Status.UNKNOWN)),
    "next": Gap(_("No next step"), lambda: models.Q(next_step_de="") | models.Q(next_step_de=None)),
    "source": Gap(_("No source"), lambda: models.Q(chapter=None, source_note="")),
    "swot": Gap(_("No strength or weakness led to it"), lambda: models.Q(swot_entries=None)),
}


class MissingFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, gap.label) for name, gap in {**GAPS, **FURTHER}.items()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
        gap = {**GAPS, **FURTHER}.get(str(self.value()))
        return queryset.filter(gap.condition()) if gap else queryset


class SignalFilter(admin.SimpleListFilter):
    """The three signals, and what falls due in the days to come."""

    title = _("what the records say")
    parameter_name = "signal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        due: tuple[str, str | Promise] = ("due", _("Due soon"))
        return [due, *Signal.choices]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
        return filtered(queryset, str(self.value()), timezone.localdate())


def filtered(rows: Any, signal: str, today: dt.date) -> Any:
    if signal == "due":
        return rows.due_soon(today)
    return rows.filter(Signal(signal).condition(today)) if signal in Signal else rows


class WhoseFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("Mine, and those of my plans"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
        rows: MeasureQuerySet = queryset  # type: ignore[assignment]
        return rows.of_person(request.user) if self.value() == "mine" else rows  # type: ignore[arg-type]
