"""What waits for a person at the desk of the dialogue."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.desk import Waiting
from participation.models import Contribution


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    """Contributions to moderate and to answer, counted as the pages that list them do."""
    found = []
    if user.has_perm("participation.moderate"):
        url, number = reverse("participation:moderation"), Contribution.objects.waiting().count()
        found.append(Waiting(_("Contributions to moderate"), number, url, "shield-check"))
    if user.has_perm("participation.answer"):
        url, number = reverse("participation:answers"), Contribution.objects.visible_to(user).untreated().count()
        found.append(Waiting(_("Contributions to answer"), number, url, "chat-left-text"))
    return found
