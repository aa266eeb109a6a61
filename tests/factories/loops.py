"""A dialogue with its loop, and what people said in it, for tests: every value is fixed or counted."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from participation.models import Contribution, Dialogue, Loop, Point, Publication, Result, Treatment
from tests.factories.step import make_unit

_numbers = count(1)


def make_dialogue(slug: str = "", **fields: Any) -> Dialogue:
    """Public, for everyone, moderated before publication, unless told otherwise."""
    slug = slug or f"dialog-{next(_numbers)}"
    return Dialogue.objects.create(slug=slug, **{"title": f"Dialog {slug}", "is_public": True, **fields})


def make_loop(dialogue: Dialogue | None = None, *, feeds_back: bool = True, **fields: Any) -> Loop:
    """A loop that feeds back today, or one in which people take part today."""
    today = timezone.localdate()
    begins = today - dt.timedelta(days=40 if feeds_back else 15)
    dates = {
        "invite_from": begins,
        "participate_from": begins + dt.timedelta(days=10),
        "feedback_from": begins + dt.timedelta(days=30),
        "ends_on": begins + dt.timedelta(days=60),
    }
    values = {"phase": "Vorentwurf", **dates, **fields}
    return Loop.objects.create(dialogue=dialogue or make_dialogue(), **values)


def make_voice(loop: Loop | None = None, **fields: Any) -> Contribution:
    """A published contribution of ten days ago, in the loop unless it has another context."""
    number = next(_numbers)
    published = fields.get("status", Publication.PUBLISHED) == Publication.PUBLISHED
    at = timezone.now() - dt.timedelta(days=10)
    values = {
        "text": f"Mehr Schatten, bitte ({number}).",
        "status": Publication.PUBLISHED,
        "published_at": at if published else None,
        **fields,
    }
    return Contribution.objects.create(loop=loop, **values)


def make_answer(*voices: Contribution, **fields: Any) -> Treatment:
    """One answer to every point of these contributions."""
    values = {"result": Result.ADOPTED, "reason": "Wird gemacht.", "unit": make_unit(), **fields}
    treatment = Treatment.objects.create(**values)
    for voice in voices:
        if not voice.points.exists():
            Point.objects.create(contribution=voice, text=voice.text)
        voice.points.update(treatment=treatment)
    return treatment
