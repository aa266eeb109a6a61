"""What waits at the desk of an administrator: mails that did not find their way."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import MailState, OutboxMail, User
from accounts.roles import Role
from common.desk import Waiting


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    if not user.has_role(Role.ADMINISTRATOR):
        return []
    address = reverse("admin:accounts_outboxmail_changelist")
    counts = {
        MailState.UNCLEAR: OutboxMail.objects.unclear(timezone.now()).count(),
        MailState.GIVEN_UP: OutboxMail.objects.given_up().count(),
    }
    labels = {MailState.UNCLEAR: _("Mails that may have gone out or not"), MailState.GIVEN_UP: _("Mails given up")}
    return [
        Waiting(labels[state], count, f"{address}?state={state.value}", icon="envelope", is_late=True)
        for state, count in counts.items()
        if count
    ]
