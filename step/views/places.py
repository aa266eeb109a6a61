"""Localities and the map."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from step.filters import MeasureFilter, measures_for
from step.mapdata import PlaceList, by_place, collection, features, locality_feature
from step.models import Locality, Measure

SHOWN = 12  # measures on a locality's page; the list has them all


@require_safe
def localities(request: HttpRequest) -> HttpResponse:
    return render(request, "step/localities.html", {"localities": Locality.objects.with_measure_counts(request.user)})


@require_safe
def locality(request: HttpRequest, slug: str) -> HttpResponse:
    """A locality: its figures with date and source, its outline, the measures there."""
    found = get_object_or_404(Locality, slug=slug)
    visible = Measure.objects.visible_to(request.user).counting()
    here = visible.at(found)
    context = {
        "locality": found,
        "measures": here.for_lists()[:SHOWN],
        "measure_count": here.count(),
        "citywide_count": visible.citywide().count(),
        "areas": found.intervention_areas.select_related("plan", "chapter"),
        "map_data": collection([locality_feature(found)]) if found.outline else None,
        "others": Locality.objects.exclude(pk=found.pk),
    }
    return render(request, "step/locality.html", context)


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The map, and beside it a list that says the same in words and needs no JavaScript."""
    filters, places = _map(request)
    context = {
        "filters": filters,
        "places": places,
        "query": request.GET.urlencode(),
        "outline_notes": sorted({g.locality.outline_note for g in places.groups if g.locality.outline} - {"", None}),
    }
    return render(request, "step/map.html", context)


@require_safe
def map_data(request: HttpRequest) -> JsonResponse:
    """What the map draws: outlines of localities and measures with a place, as GeoJSON in EPSG:4326."""
    _filters, places = _map(request)
    return JsonResponse(features(places, request.GET), content_type="application/geo+json")


def _map(request: HttpRequest) -> tuple[MeasureFilter, PlaceList]:
    filters = measures_for(request.GET, request.user)
    rows = filters.qs
    only = filters.form.cleaned_data.get("locality")
    return filters, by_place(rows, list(Locality.objects.all()), only)
