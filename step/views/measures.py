"""The list of measures and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from step.filters import measures_for
from step.mapdata import collection, measure_feature
from step.models import Measure, MeasureLink, ProgressReport
from step.money import money_of

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
    context = {
        "measure": found,
        "links": _links(request, found),
        "milestones": found.milestones.all(),
        "money": money_of(found.budget_lines.all()),
        "reports": ProgressReport.objects.visible_to(request.user).filter(measure=found).select_related("unit"),
        "objection_notes": [i for i in found.instruments.all() if i.objection_note],
        "map_data": collection([measure_feature(found)]) if found.geometry else None,
        "may_change": request.user.has_perm("step.change_measure", found),
    }
    return render(request, "step/measure.html", context)


def _links(request: HttpRequest, measure: Measure) -> list[dict[str, object]]:
    """Links as this measure tells them, from either end, to measures that the reader may see."""
    return [
        {"label": MeasureLink.Kind(link.kind).label, "measure": link.target, "note": link.note}
        if link.source_id == measure.pk
        else {"label": MeasureLink.Kind(link.kind).inverse, "measure": link.source, "note": link.note}
        for link in MeasureLink.objects.visible_to(request.user).around(measure)
    ]
