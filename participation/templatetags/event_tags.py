"""The next events on the pages of others."""

from typing import Any

from django import template
from django.utils import timezone

from participation.models import Dialogue, Event

register = template.Library()
SHOWN = 3


@register.inclusion_tag("participation/events/next.html", takes_context=True)
def next_events(context: template.Context, dialogue: Dialogue | None = None) -> dict[str, Any]:
    """The next three events that the reader may see, of one dialogue or of all; nothing where there is none."""
    events = Event.objects.visible_to(context["user"]).upcoming(timezone.now()).for_lists()
    if dialogue is not None:
        events = events.filter(dialogue=dialogue)
    return {"events": events[:SHOWN]}
