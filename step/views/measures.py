"""The list of measures and the page of one."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from step.baseline import compare
from step.filters import measures_for
from step.mapdata import collection, measure_feature
from step.models import Measure, MeasureLink, ProgressReport
from step.models.access import Reader
from step.money import money_of
from step.public_history import public_history

PER_PAGE = 24


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """All measures that the reader may see, narrowed by the filters of the URL."""
    filters = measures_for(request.GET, request.user)
    page = Paginator(filters.qs.for_lists(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page_obj": page, "total": page.paginator.count, "query": request.GET.urlencode()}
    return render(request, "step/measures.html", context)


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """A measure: what it is, what it serves, where it comes from, what happens next."""
    found = get_object_or_404(Measure.objects.visible_to(request.user).for_page(), code=code.upper())
    context = measure_context(found, request.user, timezone.localdate())
    return render(request, "step/measure.html", context)


def measure_context(measure: Measure, reader: Reader, today: dt.date) -> dict[str, Any]:
    """What the page of a measure shows this reader; the preview at the desk asks it as a visitor."""
    money = money_of(measure.budget_lines.all())
    return {
        "measure": measure,
        "links": _links(reader, measure),
        "milestones": [(milestone, milestone.is_missed(today)) for milestone in measure.milestones.all()],
        "money": money,
        "comparison": compare(measure, money),
        "staff_times": measure.staff_times.all(),
        "reports": ProgressReport.objects.visible_to(reader).filter(measure=measure).select_related("unit"),
        "signals": signals_of(measure, today),
        "objection_notes": [i for i in measure.instruments.all() if i.objection_note],
        "map_data": collection([measure_feature(measure)]) if measure.geometry else None,
        "may_change": reader.has_perm("step.change_measure", measure),
    }


def _links(reader: Reader, measure: Measure) -> list[dict[str, object]]:
    """Links as this measure tells them, from either end, to measures that the reader may see."""
    return [
        {"label": MeasureLink.Kind(link.kind).label, "measure": link.target, "note": link.note}
        if link.source_id == measure.pk
        else {"label": MeasureLink.Kind(link.kind).inverse, "measure": link.source, "note": link.note}
        for link in MeasureLink.objects.visible_to(reader).around(measure)
    ]


@require_safe
def measure_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed on the measure since it is public."""
    found = get_object_or_404(Measure.objects.visible_to(request.user).select_related("lead_plan"), code=code.upper())
    page = Paginator(public_history(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "step/measure_history.html", {"measure": found, "page_obj": page})
