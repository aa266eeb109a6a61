"""What waits for a person at the desk of the measures."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from common.desk import Waiting
from step.models import Approval, Measure, MeasureQuerySet, Signal
from step.rules import leads_office

SHOWN = 12  # measures with their button on the start page; the list has them all


def waiting_for(user: User, today: dt.date) -> list[Waiting]:
    """Planners see what is theirs, the head of office everything. Each number links to exactly the list it counts."""
    if not user.has_role(Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR):
        return []
    rows, scope = _scope(user)
    kinds = [
        (_("Due soon"), rows.due_soon(today), {"signal": "due"}, "calendar-event", False),
        (_("Late"), rows.late(today), {"signal": Signal.LATE.value}, Signal.LATE.icon, True),
        (_("Without a fresh report"), rows.stale(today), {"signal": Signal.STALE.value}, Signal.STALE.icon, False),
        (_("Incomplete"), rows.incomplete(), {"signal": Signal.INCOMPLETE.value}, Signal.INCOMPLETE.icon, False),
        (
            (_("Proposed, to approve"), _at(rows, Approval.PROPOSED), {"approval__exact": "proposed"}, "send", False)
            if leads_office(user)
            else (_("Sent back"), _at(rows, Approval.SENT_BACK), {"approval__exact": "sent_back"}, "reply", True)
        ),
    ]
    return [
        Waiting(label, found.count(), _list({**query, **scope}), icon, is_late)
        for label, found, query, icon, is_late in kinds
    ]


def _scope(user: User) -> tuple[MeasureQuerySet, dict[str, str]]:
    rows = Measure.objects.visible_to(user)
    return (rows, {}) if leads_office(user) else (rows.of_person(user), {"whose": "mine"})


def _at(rows: MeasureQuerySet, approval: Approval) -> MeasureQuerySet:
    return rows.filter(approval=approval)


def _list(query: dict[str, str]) -> str:
    return f"{reverse('admin:step_measure_changelist')}?{urlencode(query)}"


def my_measures(user: User, today: dt.date) -> tuple[list[tuple[Measure, bool]], int, str]:
    """The measures that a person looks after, those that wait longest for a word first, each with whether they may
    confirm it (who is named in another plan reads it only); then their number and their list.
    """
    if not user.has_role(Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR):
        return [], 0, ""
    rows = Measure.objects.visible_to(user).of_person(user)
    shown = (
        rows.with_signals(today).select_related("lead_plan").order_by("-is_stale", "-is_late", "confirmed_on", "code")
    )
    measures = [(measure, user.has_perm("step.change_measure", measure)) for measure in shown[:SHOWN]]
    return measures, rows.count(), _list({"whose": "mine"})
