"""The Konzeptplan on the pages of other rooms: decisions in the chain, the council's tools, ways between its pages."""

from typing import Any

from django import template
from django.urls import reverse

from konzeptplan.comparing import Change
from konzeptplan.figures import Audience
from konzeptplan.models import Decision, Follow, Note
from konzeptplan.telling import Names, sentences
from konzeptplan.views.access import audience_of, prefix
from konzeptplan.views.decisions import with_effects
from participation.models import Contribution
from step.models import Measure

register = template.Library()


@register.inclusion_tag("konzeptplan/related_decisions.html", takes_context=True)
def measure_decisions(context: template.Context, measure: Measure) -> dict[str, Any]:
    """What the bodies decided about a measure."""
    rows = Decision.objects.visible_to(context["user"]).about(measure)
    return {"decisions": with_effects(rows, context["user"]), "measure": measure}


@register.inclusion_tag("konzeptplan/related_decisions.html", takes_context=True)
def contribution_decisions(context: template.Context, contribution: Contribution) -> dict[str, Any]:
    """The decisions that took up an answer to a contribution."""
    rows = Decision.objects.visible_to(context["user"]).on_answers_to(contribution)
    return {"decisions": with_effects(rows, context["user"]), "measure": None}


@register.inclusion_tag("konzeptplan/doors.html", takes_context=True)
def konzeptplan_doors(context: template.Context, current: str = "") -> dict[str, Any]:
    """The ways between the pages of the Konzeptplan; council members are led to their own editions."""
    audience = audience_of(context["user"])
    names = ["sessions", "decisions", "snapshots", "comparison", "exports", "presentation"]
    both = {"comparison", "exports", "presentation"}
    doors = [(name, reverse(f"{prefix(audience) if name in both else 'konzeptplan:'}{name}")) for name in names]
    return {"doors": doors, "current": current, "is_council": audience is Audience.COUNCIL}


@register.inclusion_tag("konzeptplan/tools.html", takes_context=True)
def council_tools(context: template.Context, measure: Measure | None = None, tile: str = "") -> dict[str, Any]:
    """Follow, note and share: for those who read for the council, nothing for others."""
    user, request = context["user"], context["request"]
    if not user.has_perm("konzeptplan.view_council"):
        return {"is_member": False}
    notes = Note.objects.visible_to(user)
    return {
        "is_member": True,
        "measure": measure,
        "tile": tile,
        "path": request.get_full_path(),
        "note": notes.filter(measure=measure, tile=tile).first() if measure or tile else None,
        "follows": measure is not None and Follow.objects.visible_to(user).filter(measure=measure).exists(),
        "can_share": "/konzeptplan/" in request.path,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def tile_notes(context: template.Context) -> dict[str, str] | None:
    """{part of the dashboard: the reader's own note on it}, in one query; None for whoever keeps no notes."""
    user = context["user"]
    if not user.has_perm("konzeptplan.view_council"):
        return None
    return dict(Note.objects.visible_to(user).exclude(tile="").values_list("tile", "text"))


@register.filter
def note_on(notes: dict[str, str], tile: str) -> str:
    return notes.get(tile, "")


@register.simple_tag
def told(change: Change, names: Names) -> list[str]:
    """The sentences of a change."""
    return sentences(change, names)


@register.filter
def late(decision: Decision, today: Any) -> bool:
    """Whether it should have been carried out by now."""
    return decision.is_late(today)
