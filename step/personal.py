"""What this app holds about a person: the plans to which a planner is bound."""

from django.utils.translation import gettext as _

from accounts.models import User
from common.personal import Section, section
from step.models import Plan

COVERS = {"step.Plan.planners"}


def export(user: User) -> list[Section]:
    return [section("plans", _("StEP that you work on"), Plan.objects.filter(planners=user), ("code", "short_name"))]


def erase(user: User) -> None:
    for plan in Plan.objects.filter(planners=user):
        plan.planners.remove(user)
