"""How a goal is measured and reviewed, on its page."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.visibility import Reader
from leitbild.models import Chapter, Evaluation, Goal, Indicator
from leitbild.readings import readings_of

register = template.Library()

EVALUATION_CHAPTER = "01"  # where the guideline calls for the regular evaluation of its guidelines and strategies


@register.inclusion_tag("leitbild/goal_indicators.html")
def goal_indicators(goal: Goal, user: Reader) -> dict[str, Any]:
    """The indicators of a goal that the reader may see."""
    rows = Indicator.objects.visible_to(user).filter(goals=goal).with_values()
    return {"goal": goal, "readings": readings_of(rows, timezone.localdate())}


@register.inclusion_tag("leitbild/goal_evaluations.html")
def goal_evaluations(goal: Goal, user: Reader) -> dict[str, Any]:
    """The newest review of a goal, and those before it."""
    reviews = list(Evaluation.objects.visible_to(user).filter(goal=goal).select_related("unit"))
    return {
        "newest": reviews[0] if reviews else None,
        "earlier": reviews[1:],
        "chapter": Chapter.objects.filter(number=EVALUATION_CHAPTER).first(),
    }
