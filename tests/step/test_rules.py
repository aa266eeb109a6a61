"""Who may do what with a measure: one table."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from step.models import Visibility
from tests.factories.step import make_measure, make_plan

NOBODY = None
SEES = {
    NOBODY: {"public"},
    Role.CITIZEN: {"public"},
    Role.MODERATOR: {"public"},
    Role.COUNCIL: {"public", "internal"},
    Role.PLANNER: {"public", "internal", "draft"},
    Role.OFFICE_LEAD: {"public", "internal", "draft"},
    Role.ADMINISTRATOR: {"public", "internal", "draft"},
}
# role: (change own plan's, change another plan's, publish)
MAY = {
    NOBODY: (False, False, False),
    Role.CITIZEN: (False, False, False),
    Role.MODERATOR: (False, False, False),
    Role.COUNCIL: (False, False, False),
    Role.PLANNER: (True, False, False),
    Role.OFFICE_LEAD: (True, True, True),
    Role.ADMINISTRATOR: (True, True, True),
}
RoleOrNobody = Role | None


def person(role: RoleOrNobody, as_role: Callable[..., Client]) -> User | AnonymousUser:
    if role is None:
        return AnonymousUser()
    as_role(role)
    return User.objects.get(email=f"{role.value}@example.lu")


@pytest.mark.parametrize("role", SEES)
def test_each_role_sees_its_levels(role: RoleOrNobody, as_role: Callable[..., Client]) -> None:
    user = person(role, as_role)
    for level in Visibility:
        measure = make_measure(visibility=level)
        assert user.has_perm("step.view_measure", measure) == (level.value in SEES[role])


@pytest.mark.parametrize("role", MAY)
def test_each_role_changes_and_publishes_what_the_table_says(
    role: RoleOrNobody, as_role: Callable[..., Client]
) -> None:
    user = person(role, as_role)
    own, foreign = make_measure(), make_measure(lead_plan=make_plan("KN"))
    if isinstance(user, User):
        own.lead_plan.planners.add(user)
    asked = (
        user.has_perm("step.change_measure", own),
        user.has_perm("step.change_measure", foreign),
        user.has_perm("step.publish_measure", own),
    )
    assert asked == MAY[role]


def test_a_further_plan_gives_a_planner_no_right_to_change(planner: User) -> None:
    measure = make_measure(lead_plan=make_plan("KN"), further_plans=[make_plan("VM")])
    make_plan("VM").planners.add(planner)
    assert not planner.has_perm("step.change_measure", measure)


def test_a_planner_changes_the_texts_of_bound_plans_only(planner: User) -> None:
    make_plan("VM").planners.add(planner)
    assert planner.has_perm("step.change_plan", make_plan("VM"))
    assert not planner.has_perm("step.change_plan", make_plan("KN"))
