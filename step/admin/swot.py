"""Strengths and weaknesses at the desk: the list, the form, and the four-field board with its add buttons."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.admin.base import ADDRESS, SOURCE, untranslated
from leitbild.admin.publishing import PublishingMixin
from step.admin.base import BoundDesk
from step.models import Locality, Plan, SwotEntry, SwotKind
from step.swot import Board, board_of, doors


class SwotGapFilter(admin.SimpleListFilter):
    title = gettext_lazy("what is missing")
    parameter_name = "gap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("measure", _("Leads to no measure")), ("text", _("No text")), ("source", _("No source"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[SwotEntry]) -> models.QuerySet[SwotEntry]:
        conditions = {
            "measure": models.Q(measures=None),
            "text": models.Q(text_de="") | models.Q(text_de=None),
            "source": models.Q(chapter=None, source_note=""),
        }
        return queryset.filter(conditions[value]) if (value := self.value()) in conditions else queryset


class OwnerFilter(admin.SimpleListFilter):
    title = gettext_lazy("board")
    parameter_name = "board"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        plans = [(f"plan-{plan.pk}", str(plan)) for plan in Plan.objects.all()]
        places = [(f"locality-{place.pk}", place.name) for place in Locality.objects.all()]
        return [("city", _("Whole city")), *plans, *places]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[SwotEntry]) -> models.QuerySet[SwotEntry]:
        kind, _dash, key = (self.value() or "").partition("-")
        if kind == "city":
            return queryset.filter(plan=None, locality=None)
        return queryset.filter(**{kind: key}) if kind in {"plan", "locality"} and key.isdecimal() else queryset


@admin.register(SwotEntry)
class SwotEntryAdmin(PublishingMixin, BoundDesk):
    plan_field = "plan"
    change_list_template = "admin/step/swotentry/change_list.html"
    list_display = ["title", "kind", "board", "measure_count", "visibility"]
    ordering = ["plan__number", "locality__position", "kind", "position"]
    list_select_related = ["plan", "locality"]
    list_filter = [SwotGapFilter, OwnerFilter, "kind", "visibility", *untranslated("title")]
    search_fields = ["title_de", "title_fr", "text_de", "slug"]
    autocomplete_fields = ["locality", "chapter", "measures"]
    prepopulated_fields = {"slug": ["title_de"]}
    fieldsets = [
        (gettext_lazy("What it is"), {"fields": ["kind", "title", "text"]}),
        (gettext_lazy("Whose it is"), {"fields": ["plan", "locality"]}),
        (gettext_lazy("What follows from it"), {"fields": ["measures"]}),
        (SOURCE, {"fields": ["chapter", "source_note"]}),
        (gettext_lazy("Who sees it"), {"fields": ["visibility"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SwotEntry]:
        """The desk has the same door as the pages: `visible_to`."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user).annotate(measure_count=models.Count("measures", distinct=True))

    @admin.display(description=gettext_lazy("board"))
    def board(self, entry: SwotEntry) -> str:
        return str(entry.plan or entry.locality or _("Whole city"))

    @admin.display(description=gettext_lazy("measures"), ordering="measure_count")
    def measure_count(self, entry: Any) -> int:
        return int(entry.measure_count)

    def get_urls(self) -> list[URLPattern]:
        board = path("board/", self.admin_site.admin_view(self.board_view), name="step_swotentry_board")
        return [board, *super().get_urls()]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """The four fields of one board: `?plan=vm`, `?locality=niederkorn`, or the city's without either."""
        if not self.has_view_permission(request):
            raise Http404
        found = board_of(request.user, **_owner(request))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Strengths and weaknesses"),
            "opts": self.opts,
            "board": found,
            "doors": doors(request.user),
            "add_urls": _add_urls(found) if self.has_add_permission(request) else {},
        }
        return TemplateResponse(request, "admin/step/swotentry/board.html", context)


def _owner(request: HttpRequest) -> dict[str, Any]:
    if code := request.GET.get("plan"):
        return {"plan": get_object_or_404(Plan, code=code.upper())}
    if slug := request.GET.get("locality"):
        return {"locality": get_object_or_404(Locality, slug=slug)}
    return {}


def _add_urls(board: Board) -> dict[str, str]:
    """For each field the form that already knows field and board."""
    owners = {"plan": board.plan, "locality": board.locality}
    known = {name: str(owner.pk) for name, owner in owners.items() if owner}
    add = reverse("admin:step_swotentry_add")
    return {kind.value: f"{add}?{urlencode({'kind': str(kind.value), **known})}" for kind in SwotKind}
