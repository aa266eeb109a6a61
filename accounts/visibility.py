"""Who may see a record that has a `visibility`. Every such column of every app is read through `visible_levels`."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role

Reader = User | AnonymousUser


class Visibility(models.TextChoices):
    """Who may see a record: its authors, the house, or everyone."""

    DRAFT = "draft", _("Draft")
    INTERNAL = "internal", _("Internal")
    PUBLIC = "public", _("Public")


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
