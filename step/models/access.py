"""Which levels of visibility a reader may see. Every `visibility` column of this app is read through it."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Role
from step.models.states import Visibility

Reader = User | AnonymousUser


def visible_levels(user: Reader) -> list[Visibility]:
    """Everyone sees what is public, council also what is internal, planners everything.

    A draft is work in progress of the office; the council gets to see it once it is proposed.
    """
    if sees_drafts(user):
        return list(Visibility)
    if sees_internal(user):
        return [Visibility.INTERNAL, Visibility.PUBLIC]
    return [Visibility.PUBLIC]


def sees_drafts(user: Reader) -> bool:
    return isinstance(user, User) and user.has_role(Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)


def sees_internal(user: Reader) -> bool:
    return sees_drafts(user) or (isinstance(user, User) and user.has_role(Role.COUNCIL))
