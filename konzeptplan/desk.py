"""What waits at the desk: decisions to carry out, and a coming session without its snapshot."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.desk import Waiting
from konzeptplan.models import Decision, Session

DAYS_BEFORE = 7  # of a session, in which its snapshot is asked for


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    """For those who carry out decisions or prepare sessions; an empty list for others."""
    found = []
    if user.has_perm("konzeptplan.change_decision"):
        rows = Decision.objects.visible_to(user).to_carry_out()
        count, late = rows.count(), rows.late(today).count()
        register = reverse("admin:konzeptplan_decision_changelist")
        if late:
            found.append(Waiting(_("Decisions not carried out in time"), late, f"{register}?late=1", is_late=True))
        if count:
            query = "?follow_up__in=open,running"
            found.append(Waiting(_("Decisions to carry out"), count, register + query, "check2-circle"))
    if user.has_perm("konzeptplan.freeze"):
        soon = Q(date__range=(today, today + dt.timedelta(days=DAYS_BEFORE)), snapshot=None)
        if count := Session.objects.visible_to(user).filter(soon).count():
            url = reverse("konzeptplan:sessions")
            found.append(Waiting(_("Coming sessions without a snapshot"), count, url, "calendar-event"))
    return found
