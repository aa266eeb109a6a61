"""Voices on the pages of other rooms, and the drawing of a loop."""

from typing import Any

from django import template
from django.db import models
from django.urls import reverse
from django.utils import timezone

from leitbild.models import Chapter
from participation.models import Contribution, Dialogue, Loop, Step
from participation.models.contributions import ContributionQuerySet
from step.models import Measure, Plan

register = template.Library()
SHOWN = 5


def _voices(context: template.Context, rows: ContributionQuerySet, comment_url: str, list_url: str) -> dict[str, Any]:
    shown = list(rows.for_lists()[: SHOWN + 1])
    return {
        "voices": shown[:SHOWN],
        "total": rows.count() if len(shown) > SHOWN else len(shown),
        "comment_url": comment_url,
        "list_url": list_url,
        "request": context.get("request"),
    }


def _published(context: template.Context) -> ContributionQuerySet:
    return Contribution.objects.visible_to(context["user"]).published()


@register.inclusion_tag("participation/voices.html", takes_context=True)
def measure_voices(context: template.Context, measure: Measure) -> dict[str, Any]:
    """What people said about a measure, and the answers that changed it."""
    rows = _published(context).voices_of(measure)
    return _voices(context, rows, reverse("participation:comment_measure", args=[measure.code]), "")


@register.inclusion_tag("participation/voices.html", takes_context=True)
def plan_voices(context: template.Context, plan: Plan) -> dict[str, Any]:
    """What people said about a StEP or its measures."""
    rows = _published(context).of_plan(plan, Measure.objects.visible_to(context["user"]))
    more = reverse("participation:contributions") + f"?plan={plan.code.lower()}"
    return _voices(context, rows, reverse("participation:comment_plan", args=[plan.slug]), more)


@register.inclusion_tag("participation/voices.html", takes_context=True)
def chapter_voices(context: template.Context, chapter: Chapter) -> dict[str, Any]:
    """What people said about a chapter, directly or in its dialogues."""
    rows = _published(context).filter(models.Q(chapter=chapter) | models.Q(loop__dialogue__chapter=chapter))
    return _voices(context, rows, reverse("participation:comment_chapter", args=[chapter.number]), "")


@register.inclusion_tag("participation/open_dialogues.html", takes_context=True)
def open_dialogues(context: template.Context) -> dict[str, Any]:
    """Where people can have their say today."""
    today = timezone.localdate()
    rows = Dialogue.objects.visible_to(context["user"]).open_on(today).with_voice_counts().for_lists()
    return {"rows": [(dialogue, dialogue.current_loop(today)) for dialogue in rows[:3]]}


@register.inclusion_tag("participation/loop.html")
def loop_steps(loop: Loop) -> dict[str, Any]:
    """The three steps of a loop with their dates, and where it stands today."""
    today = timezone.localdate()
    current = loop.step_on(today)
    starts = [loop.invite_from, loop.participate_from, loop.feedback_from]
    ends = [loop.participate_from, loop.feedback_from, loop.ends_on]
    steps = [
        {
            "step": step,
            "starts": start,
            "ends": end,
            "is_current": step is current,
            "is_past": bool(loop.closed_at) or end < today,
        }
        for step, start, end in zip(Step, starts, ends, strict=True)
    ]
    return {"loop": loop, "steps": steps, "current": current}
