"""What waits for a person: indicators whose update is overdue or that never had a value."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.desk import Waiting
from leitbild.models import Indicator


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    """Only for those who enter values; kinds without any work are left out."""
    if not user.has_perm("leitbild.change_indicator"):
        return []
    rows, url = Indicator.objects.visible_to(user), reverse("admin:leitbild_indicator_changelist")
    work = [
        Waiting(
            _("Indicators whose update is overdue"), rows.overdue(today).count(), f"{url}?gap=overdue", "graph-up", True
        ),
        Waiting(
            _("Indicators that wait for their first value"), rows.waiting().count(), f"{url}?gap=values", "graph-up"
        ),
    ]
    return [kind for kind in work if kind.count]
