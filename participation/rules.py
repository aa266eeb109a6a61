"""Every permission of the dialogue, asked as `user.has_perm("participation.answer", contribution)`."""

import rules

from accounts.models import User
from accounts.roles import Role
from participation.models import Contribution


@rules.predicate
def moderates(user: User) -> bool:
    return user.is_authenticated and user.has_role(Role.MODERATOR, Role.ADMINISTRATOR)


@rules.predicate
def answers_for_the_office(user: User) -> bool:
    return user.is_authenticated and user.has_role(Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)


@rules.predicate
def may_see(user: User, contribution: Contribution | None) -> bool:
    return contribution is not None and Contribution.objects.visible_to(user).filter(pk=contribution.pk).exists()


rules.add_perm("participation.moderate", moderates)
rules.add_perm("participation.answer", answers_for_the_office)
rules.add_perm("participation.see_contribution", may_see)
