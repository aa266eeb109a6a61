"""The polls of a dialogue on its page."""

from typing import Any

from django import template
from django.utils import timezone

from participation.models import Dialogue, Poll

register = template.Library()


@register.inclusion_tag("participation/polls/list.html", takes_context=True)
def dialogue_polls(context: template.Context, dialogue: Dialogue) -> dict[str, Any]:
    """The polls of all its loops that the reader may see, with whether each is open or over today."""
    today = timezone.localdate()
    polls = Poll.objects.visible_to(context["user"]).filter(loop__dialogue=dialogue).with_ballot_counts().for_lists()
    return {"rows": [(poll, poll.is_open(today), poll.is_over(today)) for poll in polls]}
