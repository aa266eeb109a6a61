"""Talking on the page of a contribution: the thread, support buttons, photos, place and versions."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.geo import representative_point
from participation.forms import CommentForm
from participation.models import Act, Comment, Contribution, ContributionVersion
from participation.models.versions import PINNED
from participation.services import talk_refusal
from participation.thread import SHORT, Show, Sort, read_thread, supported_by, waiting_of
from participation.visitor import visitor_of
from step.mapdata import collection, locality_feature
from step.models import Locality
from step.models.access import sees_internal

register = template.Library()


@register.simple_tag
def place_config() -> str:
    """What the drawing script needs to know: the extent and the background of the map."""
    west, south, east, north = settings.LEAFLET_CONFIG["SPATIAL_EXTENT"]
    tiles = [[url, options] for _name, url, options in settings.LEAFLET_CONFIG["TILES"]]
    return json.dumps({"bounds": [[south, west], [north, east]], "tiles": tiles})


@register.inclusion_tag("participation/thread.html", takes_context=True)
def thread(context: template.Context, contribution: Contribution) -> dict[str, Any]:
    """The first piece of a thread, with the form for a comment."""
    request, user = context["request"], context["user"]
    rights(context, contribution)
    around: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return {
        **around,
        "contribution": contribution,
        "thread": read_thread(contribution, user, {}),
        "mine": waiting_of(contribution, user, request.session.get("comments", [])),
        "why_not": talk_refusal(contribution, user, Act.COMMENT, timezone.localdate()),
        "form": CommentForm(person=user, contribution=contribution),
        "sorts": list(Sort),
        "shows": list(Show),
    }


@register.simple_tag(takes_context=True)
def thread_rights(context: template.Context, contribution: Contribution) -> str:
    """Puts into the context what this reader may do in the thread, once for all comments."""
    rights(context, contribution)
    context["sorts"], context["shows"] = list(Sort), list(Show)
    return ""


def rights(context: template.Context, contribution: Contribution) -> None:
    """Asked once for a page; every comment reads the answers."""
    request, user, today = context["request"], context["user"], timezone.localdate()
    comment, support = (talk_refusal(contribution, user, act, today) for act in (Act.COMMENT, Act.SUPPORT))
    contributions, comments = supported_by(user, visitor_of(request))
    context["limit"] = SHORT
    context["may_comment"] = comment is None or comment.login_helps
    context["may_support"] = support is None
    context["may_moderate"] = user.has_perm("participation.moderate")
    context["supported"] = {"contribution": contributions, "comment": comments}


@register.inclusion_tag("participation/support.html", takes_context=True)
def support_button(
    context: template.Context, target: Contribution | Comment, contribution: Contribution
) -> dict[str, Any]:
    """The button that supports, or takes the support back; a mere count where nobody can. Needs `thread_rights`."""
    kind = "comment" if isinstance(target, Comment) else "contribution"
    name = "participation:support_comment" if kind == "comment" else "participation:support"
    return {
        "url": reverse(name, args=[target.pk]),
        "count": target.support_count,
        "supported": target.pk in context["supported"][kind],
        "may_support": context["may_support"],
        "of": target.signed if kind == "comment" else "",
    }


@register.inclusion_tag("participation/extras.html", takes_context=True)
def contribution_extras(context: template.Context, contribution: Contribution) -> dict[str, Any]:
    """Place, photos, the text that it was made on, and what it said before. Whoever calls has checked the reader."""
    user = context["user"]
    pinned, differs = contribution.text_version, False
    for name in PINNED:
        if pinned and (record := getattr(contribution, name)):
            differs = pinned.differs_from(record, name)
    return {
        "request": context["request"],
        "contribution": contribution,
        "photos": contribution.photos.all(),
        "versions": ContributionVersion.objects.visible_to(user).filter(contribution=contribution),
        "earlier_text": pinned if differs else None,
        "shows_earlier_text": pinned is not None and (pinned.was_public or sees_internal(user)),
        **_map(contribution),
    }


def _map(contribution: Contribution) -> dict[str, Any]:
    """The drawn place for the small map, and the same in words."""
    if not contribution.geometry:
        return {"map_data": None}
    longitude, latitude = representative_point(contribution.geometry)
    properties = {"kind": "place", "title": contribution.place or _("The marked place"), "point": [longitude, latitude]}
    feature = {"type": "Feature", "geometry": contribution.geometry, "properties": properties}
    around = [locality_feature(place) for place in Locality.objects.all() if place.outline]
    words = _("Marked on the map near %(latitude).4f° N, %(longitude).4f° E.")
    return {
        "map_data": collection([*around, feature]),
        "map_words": words % {"latitude": latitude, "longitude": longitude},
    }
