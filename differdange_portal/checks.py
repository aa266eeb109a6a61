"""System checks with a hint for what a production set-up is missing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security)
def known_base_map(**kwargs: Any) -> list[CheckMessage]:
    if settings.MAP_TILES in settings.BASE_MAPS:
        return []
    return [
        Error(
            f"MAP_TILES={settings.MAP_TILES!r} is no base map.",
            hint="Choose one of: " + ", ".join(settings.BASE_MAPS),
            id="portal.E001",
        )
    ]


@register(Tags.security, deploy=True)
def no_sample_data(**kwargs: Any) -> list[CheckMessage]:
    if not settings.SAMPLE_DATA:
        return []
    return [
        Warning(
            "SAMPLE_DATA is on: the portal may show generated records.",
            hint="Unset SAMPLE_DATA and use a database of its own.",
            id="portal.W001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_reaches_people(**kwargs: Any) -> list[CheckMessage]:
    if "console" not in settings.EMAIL_BACKEND:
        return []
    return [
        Warning(
            "Mails are written to the log.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@host:587; people confirm their address by mail.",
            id="portal.W002",
        )
    ]
