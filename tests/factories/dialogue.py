"""Dialogues, loops and voices for tests: every value is fixed or counted, none is random."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from leitbild.models import OrganisationUnit
from participation.models import Contribution, Dialogue, Loop, Publication
from tests.factories.leitbild import make_unit

_numbers = count(1)


def make_dialogue(**fields: Any) -> Dialogue:
    """Public, without a loop."""
    number = next(_numbers)
    values = {"slug": f"dialog-{number}", "title": f"Dialog Nummer {number}", "is_public": True, **fields}
    return Dialogue.objects.create(**values)


def make_loop(dialogue: Dialogue | None = None, **fields: Any) -> Loop:
    """Open for contributions today."""
    today = timezone.localdate()
    days = {"invite_from": -20, "participate_from": -10, "feedback_from": 10, "ends_on": 30}
    dates = {name: today + dt.timedelta(days=offset) for name, offset in days.items()}
    return Loop.objects.create(dialogue=dialogue or make_dialogue(), **{"phase": "Vorentwurf", **dates, **fields})


def make_voice(text: str = "Mehr Bänke bitte.", **fields: Any) -> Contribution:
    """Published, in an open loop unless it is told what it is about."""
    is_about = {"loop", "measure", "chapter", "plan"} & set(fields)
    context = {} if is_about else {"loop": make_loop()}
    values = {"text": text, "status": Publication.PUBLISHED, "published_at": timezone.now(), **context, **fields}
    return Contribution.objects.create(**values)


def office() -> OrganisationUnit:
    return OrganisationUnit.objects.first() or make_unit("Amt für Stadtentwicklung")


def another_citizen(name: str = "Bruno", **fields: Any) -> User:
    return User.objects.create_user(f"{name.lower()}@example.lu", "correct horse battery", pseudonym=name, **fields)
