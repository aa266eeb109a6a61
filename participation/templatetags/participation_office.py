"""The loop's ring and its invitation, what was merged, appeals, and personal data marked in a text."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.invitation import invited
from participation.models import Contribution, Dialogue, Loop
from participation.personal_data import segments
from participation.register import about
from participation.ring import SIZE, arcs
from participation.services import last_hiding
from participation.spam import stamp
from participation.templatetags.participation_tags import loop_steps

register = template.Library()
register.filter("about", about)


register.simple_tag(stamp, name="form_stamp")


@register.inclusion_tag("participation/ring.html")
def loop_ring(loop: Loop) -> dict[str, Any]:
    """The loop as a ring of its three steps with dates, the current one marked."""
    drawn = loop_steps(loop)
    for item, arc in zip(drawn["steps"], arcs(), strict=True):
        item["arc"] = arc
    return {**drawn, "size": SIZE}


@register.inclusion_tag("participation/invited.html", takes_context=True)
def who_is_invited(context: template.Context, dialogue: Dialogue, loop: Loop) -> dict[str, Any]:
    """Groups, localities and neighbours, with their number and the map where there is one."""
    found = invited(dialogue, loop)
    return {"dialogue": dialogue, "loop": loop, "invited": found, "map_data": found.map_data, **_of(context)}


def _of(context: template.Context) -> dict[str, Any]:
    return {"request": context.get("request"), "user": context.get("user")}


@register.inclusion_tag("participation/merged.html", takes_context=True)
def merged_note(context: template.Context, contribution: Contribution) -> dict[str, Any]:
    """Where it was merged into with the answer given there, or what was merged into it."""
    seen = Contribution.objects.visible_to(context["user"]).published()
    rows = seen.for_lists()
    target = rows.filter(pk=contribution.merged_into_id).first() if contribution.merged_into_id else None
    originals = list(seen.filter(merged_into=contribution).order_by("created_at", "pk")[:50])
    return {"contribution": contribution, "target": target, "originals": originals, **_of(context)}


@register.inclusion_tag("participation/appeal_box.html")
def appeal_box(contribution: Contribution) -> dict[str, Any]:
    """For its author: how to appeal against hiding, or how the appeal stands."""
    decision = last_hiding(contribution)
    given = contribution.decisions.filter(appeal__isnull=False).select_related("appeal").first()
    return {"contribution": contribution, "decision": decision, "appeal": given.appeal if given else None}


@register.filter
def marked_personal_data(text: str) -> SafeString:
    """The text, escaped, with what looks like personal data marked and named."""
    pieces = ((_marked(piece, kind) if kind else piece,) for piece, kind in segments(text))
    return format_html_join("", "{}", pieces)


def _marked(piece: str, kind: Any) -> SafeString:
    return format_html(
        '<mark class="personal-data">{}<span class="personal-kind"> ({})</span></mark>', piece, kind.label
    )


@register.filter
def in_days(took: Any) -> str:
    """A span of time in words: "12 days", "5 hours"."""
    if took is None:
        return _("not known yet")
    if took.days:
        return ngettext("%(n)d day", "%(n)d days", took.days) % {"n": took.days}
    hours = took.seconds // 3600
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return _("less than an hour")
