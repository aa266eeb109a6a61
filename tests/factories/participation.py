"""Dialogues and what people say in them, for tests: every value is fixed or counted, none is random."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from participation.models import Contribution, Dialogue, Loop, Publication, Step

_numbers = count(1)
DAY = dt.timedelta(days=1)
# How many days ago each step began, by the step in which the loop stands today.
BEGAN = {Step.INVITE: (5, -5, -15), Step.PARTICIPATE: (15, 5, -5), Step.FEEDBACK: (25, 15, 5)}


def make_dialogue(**fields: Any) -> Dialogue:
    """A public dialogue that moderates before publishing, unless told otherwise."""
    number = next(_numbers)
    values = {"slug": f"dialog-{number}", "title": f"Dialog Nummer {number}", "is_public": True, **fields}
    return Dialogue.objects.create(**values)


def make_loop(dialogue: Dialogue | None = None, step: Step = Step.PARTICIPATE, **fields: Any) -> Loop:
    """A loop that stands in `step` today."""
    today = timezone.localdate()
    starts = [today - days * DAY for days in BEGAN[step]]
    values = {
        "dialogue": dialogue or make_dialogue(),
        "phase": "Konzept",
        **dict(zip(("invite_from", "participate_from", "feedback_from"), starts, strict=True)),
        "ends_on": max(starts[-1], today) + 10 * DAY,
        **fields,
    }
    return Loop.objects.create(**values)


def make_contribution(loop: Loop | None = None, **fields: Any) -> Contribution:
    """A published contribution in a dialogue, unless it has another context or status."""
    values = {"text": f"Beitrag Nummer {next(_numbers)}", "status": Publication.PUBLISHED, **fields}
    if not {"measure", "chapter", "plan"} & set(fields):
        values["loop"] = loop or make_loop()
    if values["status"] == Publication.PUBLISHED:
        values.setdefault("published_at", timezone.now())
    return Contribution.objects.create(**values)
