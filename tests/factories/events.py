"""Events in a week, with ten places unless told otherwise, and registrations in their order."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from participation.models import Event, Registration, Seat

_numbers = count(1)


def make_event(**fields: Any) -> Event:
    begins = fields.pop("starts_at", None) or timezone.now() + dt.timedelta(days=7)
    values = {
        "title": f"Werkstatt {next(_numbers)}",
        "starts_at": begins,
        "ends_at": begins + dt.timedelta(hours=2),
        "place": "Rathaus",
        "needs_registration": True,
        "capacity": 10,
        "is_public": True,
    }
    return Event.objects.create(**{**values, **fields})


def make_registration(event: Event, **fields: Any) -> Registration:
    number = event.registrations.count() + 1
    values = {"email": f"person-{number}@example.lu", "status": Seat.PLACE, "confirmed_at": timezone.now()}
    return Registration.objects.create(event=event, number=number, **{**values, **fields})
