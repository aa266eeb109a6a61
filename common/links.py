"""Addresses for mails and feeds, which are read outside the portal."""

from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path of the portal."""
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"
