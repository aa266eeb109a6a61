"""The frame that others set: United Nations, Leipzig Charter, planning law."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leitbild.colours import stylesheet
from leitbild.models import Goal, Instrument, LeipzigPrinciple, Pillar, Sdg


@require_safe
def sdgs(request: HttpRequest) -> HttpResponse:
    context = {
        "sdgs": Sdg.objects.prefetch_related("goals"),
        "pillars": Pillar.objects.select_related("chapter"),
    }
    return render(request, "leitbild/sdgs.html", context)


@require_safe
def sdg(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Sdg, number=number)
    context = {"sdg": found, "goals": Goal.objects.filter(sdgs=found), "all_sdgs": Sdg.objects.all()}
    return render(request, "leitbild/sdg.html", context)


@require_safe
def leipzig(request: HttpRequest) -> HttpResponse:
    """The charter by kind: dimensions, what cuts across them, principles, levels."""
    principles = list(LeipzigPrinciple.objects.select_related("chapter").order_by("position"))
    groups = [
        (kind, [principle for principle in principles if principle.kind == kind]) for kind in LeipzigPrinciple.Kind
    ]
    return render(request, "leitbild/leipzig.html", {"groups": [group for group in groups if group[1]]})


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    found = list(Instrument.objects.select_related("chapter"))
    levels = [(level, [one for one in found if one.level == level]) for level in Instrument.Level]
    return render(request, "leitbild/instruments.html", {"instruments": found, "levels": levels})


@require_safe
@cache_control(public=True, max_age=300)
def colours(request: HttpRequest) -> HttpResponse:
    return HttpResponse(stylesheet(Sdg.objects.all()), content_type="text/css; charset=utf-8")
