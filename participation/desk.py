"""What of the dialogue waits for a person at the desk."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.desk import Waiting
from participation.models import Appeal, Contribution


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    """Moderation, appeals of others' decisions, and answers; only what the person may do."""
    waiting: list[Waiting] = []
    if user.has_perm("participation.moderate"):
        queue = Contribution.objects.visible_to(user).for_moderation()
        appeals = Appeal.objects.open().exclude(decision__by=user)
        waiting += [
            Waiting(_("Contributions to moderate"), queue.count(), reverse("participation:moderation"), "shield-check"),
            Waiting(_("Appeals to decide"), appeals.count(), reverse("participation:appeals"), "reply"),
        ]
    if user.has_perm("participation.answer"):
        visible = Contribution.objects.visible_to(user).standing_alone()
        late = visible.overdue(today).count()
        answers = reverse("participation:answers")
        waiting += [
            Waiting(_("Contributions to answer"), visible.untreated().count(), answers, "reply"),
            Waiting(_("Overdue answers"), late, f"{answers}?show=overdue", "hourglass", is_late=bool(late)),
        ]
    return [item for item in waiting if item.count]
