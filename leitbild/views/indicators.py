"""The page of an indicator. Their list is in `step.views.indicators`, which knows the plans too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitbild.models import Indicator
from leitbild.readings import reading_of


@require_safe
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """What it measures, its values over time, and what they cannot say; its plans come by a tag of theirs."""
    rows = Indicator.objects.visible_to(request.user).with_values().select_related("chapter", "owner")
    found = get_object_or_404(rows.prefetch_related("goals"), slug=slug)
    context = {
        "indicator": found,
        "reading": reading_of(found, timezone.localdate()),
        "may_change": request.user.has_perm("leitbild.change_indicator"),
    }
    return render(request, "leitbild/indicator.html", context)
