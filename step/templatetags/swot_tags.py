"""Strengths and weaknesses on the pages of plans, localities and measures."""

from typing import Any

from django import template

from step.models import Locality, Measure, Plan, SwotEntry
from step.models.access import Reader
from step.models.swot import board_url
from step.swot import fields_of

register = template.Library()

FIRST = 3  # entries of each field on the page of a plan or a locality; the board has them all


@register.inclusion_tag("step/swot_summary.html")
def plan_swot(plan: Plan, user: Reader) -> dict[str, Any]:
    return _summary(user, plan=plan)


@register.inclusion_tag("step/swot_summary.html")
def locality_swot(locality: Locality, user: Reader) -> dict[str, Any]:
    return _summary(user, locality=locality)


def _summary(user: Reader, **owner: Any) -> dict[str, Any]:
    """The first entries of each field, each with its place on the board."""
    entries = list(SwotEntry.objects.visible_to(user).of(**owner))
    fields = [(field.kind, field.entries[:FIRST], len(field.entries)) for field in fields_of(entries)]
    return {"fields": fields, "total": len(entries), "url": board_url(**owner)}


@register.inclusion_tag("step/measure_swot.html")
def measure_swot(measure: Measure, user: Reader) -> dict[str, Any]:
    """The entries that led to a measure, each with the board on which it stands."""
    rows = SwotEntry.objects.visible_to(user).filter(measures=measure)
    return {"entries": rows.select_related("plan", "locality")}
