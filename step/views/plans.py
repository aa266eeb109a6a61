"""The eight plans and the stylesheet with their colours."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leitbild.models import Goal
from step.models import Measure, MeasureQuerySet, Plan, TimeHorizon

SHOWN = 9  # measures of one horizon on a plan's page; the list has them all


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    return render(request, "step/plans.html", {"plans": Plan.objects.with_measure_counts(request.user)})


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan: what it is for, where it intervenes, which goals it serves and what it does."""
    found: Plan = get_object_or_404(Plan.objects.select_related("chapter"), slug=slug)
    visible = Measure.objects.visible_to(request.user).of_plan(found)
    measures = visible.counting()
    context = {
        "plan": found,
        "areas": found.intervention_areas.prefetch_related("localities").select_related("chapter"),
        "groups": _by_horizon(measures, found),
        "measure_count": measures.count(),
        "left_out": visible.count() - measures.count(),
        "goals": _goals_served(measures),
        "others": Plan.objects.exclude(pk=found.pk),
    }
    return render(request, "step/plan.html", context)


def _by_horizon(measures: MeasureQuerySet, plan: Plan) -> list[dict[str, Any]]:
    """Each horizon with its first measures, then those whose horizon is not yet known; empty ones are left out."""
    horizons: list[TimeHorizon | None] = [*TimeHorizon.objects.all(), None]
    counts = dict(measures.order_by().values_list("horizon").annotate(n=models.Count("pk")))
    rows = [_first(measures, horizon, plan) for horizon in horizons]
    return [
        {"horizon": horizon, "measures": found, "total": counts[horizon.pk if horizon else None]}
        for horizon, found in zip(horizons, rows, strict=True)
        if found
    ]


def _first(measures: MeasureQuerySet, horizon: TimeHorizon | None, plan: Plan) -> list[Measure]:
    """The plan's own measures come before those that it shares."""
    shared = models.Case(models.When(lead_plan=plan, then=0), default=1, output_field=models.IntegerField())
    return list(measures.filter(horizon=horizon).order_by(shared, "code").for_lists()[:SHOWN])


def _goals_served(measures: MeasureQuerySet) -> models.QuerySet[Goal]:
    """Goals with `measure_count`: how many of the plan's measures serve each."""
    served = models.Count("measures", filter=models.Q(measures__in=measures.order_by().values("pk")), distinct=True)
    return Goal.objects.annotate(measure_count=served).filter(measure_count__gt=0)


@require_safe
@cache_control(public=True, max_age=300)
def colours(request: HttpRequest) -> HttpResponse:
    """`--plan` for every plan, so that no page needs a style of its own. Codes and colours are checked on entry."""
    rules = [f".plan-{code.lower()}{{--plan:{colour}}}" for code, colour in Plan.objects.values_list("code", "colour")]
    return HttpResponse("\n".join(rules) + "\n", content_type="text/css; charset=utf-8")
