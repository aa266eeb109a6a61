"""How a plan is measured, on its page; and which plans an indicator serves, on the indicator's."""

from typing import Any

from django import template
from django.utils import timezone

from leitbild.models import Indicator
from leitbild.readings import readings_of
from step.models import Plan
from step.models.access import Reader

register = template.Library()


@register.inclusion_tag("step/plan_indicators.html")
def plan_indicators(plan: Plan, user: Reader) -> dict[str, Any]:
    """The indicators of a plan that the reader may see, in the plan's order."""
    rows = Indicator.objects.visible_to(user).filter(plan_links__plan=plan).order_by("plan_links__position", "position")
    return {"plan": plan, "readings": readings_of(rows.with_values(), timezone.localdate())}


@register.inclusion_tag("step/indicator_plans.html")
def indicator_plans(indicator: Indicator) -> dict[str, Any]:
    return {"plans": Plan.objects.filter(indicator_links__indicator=indicator)}
