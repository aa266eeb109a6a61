"""Measures and plans on the pages of other apps: what a goal, a chapter or an instrument leads to."""

from typing import Any

from django import template
from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from leitbild.models import Chapter, Goal, Instrument, Sdg
from step.models import Measure, MeasureQuerySet, Plan
from step.models.access import Reader

register = template.Library()

CARDS = 12  # measures shown on the page; the list has them all
ROWS = 12  # lines shown at once; the rest is folded


@register.inclusion_tag("step/related_cards.html")
def goal_measures(goal: Goal, user: Reader) -> dict[str, Any]:
    """Plans and measures that serve an overall goal."""
    return _cards(_seen_by(user).filter(goals=goal), {"goal": goal.number})


@register.inclusion_tag("step/related_cards.html")
def sdg_measures(sdg: Sdg, user: Reader) -> dict[str, Any]:
    """Plans and measures that serve one of the 17 goals of the United Nations."""
    return _cards(_seen_by(user).filter(sdgs=sdg), {"sdg": sdg.number})


@register.inclusion_tag("step/related_rows.html")
def chapter_measures(chapter: Chapter, user: Reader) -> dict[str, Any]:
    """Plans and measures that cite a chapter of the guideline as their source."""
    return {"plans": Plan.objects.filter(chapter=chapter), **_rows(_seen_by(user).filter(chapter=chapter))}


@register.inclusion_tag("step/related_rows.html")
def instrument_measures(instrument: Instrument, user: Reader) -> dict[str, Any]:
    """Measures for which a planning instrument matters."""
    return _rows(_seen_by(user).filter(instruments=instrument))


def _seen_by(user: Reader) -> MeasureQuerySet:
    return Measure.objects.visible_to(user).counting()


def _cards(measures: MeasureQuerySet, wanted: dict[str, Any]) -> dict[str, Any]:
    """The first measures as cards, the plans that lead them, and links to exactly the lists that are counted."""
    led = dict(measures.order_by().values_list("lead_plan").annotate(number=Count("pk")))
    plans = Plan.objects.filter(pk__in=led)
    return {
        "measures": measures.for_lists()[:CARDS],
        "total": sum(led.values()),
        "list_url": _list_url(wanted),
        "plans": [(plan, led[plan.pk], _list_url({"lead": plan.code.lower(), **wanted})) for plan in plans],
    }


def _rows(measures: MeasureQuerySet) -> dict[str, Any]:
    found = list(measures.select_related("lead_plan"))
    return {"first": found[:ROWS], "further": found[ROWS:], "total": len(found)}


def _list_url(wanted: dict[str, Any]) -> str:
    return f"{reverse('step:measures')}?{urlencode({**wanted, 'counting': 1})}"
