"""Mails about a registration, in the language in which the person registered; through the outbox."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.outbox import enqueue
from common.links import absolute
from participation.models import Registration


def tell_received(registration: Registration, token: str, now: dt.datetime) -> None:
    """A place, or one on the waiting list, with the link to confirm. Asked for again: at most one mail an hour."""
    _tell(registration, f"received:{now:%Y%m%d%H}", "registered", token=token)


def tell_promoted(registration: Registration, token: str) -> None:
    _tell(registration, "promoted", "promoted", token=token)


def tell_cancelled(registration: Registration) -> None:
    _tell(registration, "cancelled", "registration_cancelled")


def tell_event_cancelled(registration: Registration) -> None:
    _tell(registration, "event-cancelled", "event_cancelled")


def _tell(registration: Registration, what: str, template: str, token: str = "") -> None:
    with translation.override(registration.language):
        context: dict[str, Any] = {"registration": registration, "event": registration.event}
        context["event_url"] = absolute(registration.event.get_absolute_url())
        if token:
            context["url"] = absolute(reverse("participation:registration", args=[token]))
        enqueue(
            key=f"registration:{registration.pk}:{what}",
            to=registration.email,
            language=registration.language,
            subject=_("Your registration: %(title)s") % {"title": registration.event.title},
            body=render_to_string(f"emails/{template}.txt", context),
        )
