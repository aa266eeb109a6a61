"""My data: everything that the portal holds about a person, gathered from the apps, and its end."""

from typing import Any

from django.db import transaction

from accounts import personal as accounts
from accounts.models import User
from common.personal import Section
from participation import personal as participation
from step import personal as step

# In the order of erasing: what somebody said first, the account last.
APPS: list[Any] = [participation, step, accounts]


def export(user: User) -> list[Section]:
    """Sections with something in them; the account first."""
    return [section for app in reversed(APPS) for section in app.export(user) if section.rows]


def erase(user: User) -> None:
    """Delete the person from every app, or from none."""
    with transaction.atomic():
        for app in APPS:
            app.erase(user)
