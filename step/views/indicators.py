"""The list of indicators: here and not in the guideline, because it is filtered by plans too."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitbild.readings import readings_of
from step.indicator_filters import indicators_for

PER_PAGE = 24


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators that the reader may see, with their latest value and trend, narrowed by the URL's filters."""
    filters = indicators_for(request.GET, request.user)
    page = Paginator(filters.qs.with_values(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page_obj": page,
        "readings": readings_of(page, timezone.localdate()),
        "total": page.paginator.count,
    }
    return render(request, "step/indicators.html", context)
