"""Every permission of the dialogue, asked as `user.has_perm("participation.answer", contribution)`."""

import datetime as dt

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Role
from participation.models import RESERVED, Act, Appeal, Contribution, Loop


@rules.predicate
def moderates(user: User) -> bool:
    return user.is_authenticated and user.has_role(Role.MODERATOR, Role.ADMINISTRATOR)


@rules.predicate
def answers_for_the_office(user: User) -> bool:
    return user.is_authenticated and user.has_role(Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)


@rules.predicate
def may_see(user: User, contribution: Contribution | None) -> bool:
    return contribution is not None and Contribution.objects.visible_to(user).filter(pk=contribution.pk).exists()


@rules.predicate
def is_second_person(user: User, appeal: Appeal | None) -> bool:
    """Whoever hid it does not decide on the appeal. Without an appeal: asked for the list."""
    return appeal is None or appeal.decision.by_id != user.pk


def may(user: User | AnonymousUser, act: Act, loop: Loop, day: dt.date) -> bool:
    """Whether the step of that day allows the act, and the person's role as well."""
    reserved = RESERVED.get(act)
    fits = reserved is None or (isinstance(user, User) and user.has_role(*reserved))
    return fits and loop.allows(act, day)


rules.add_perm("participation.moderate", moderates)
rules.add_perm("participation.decide_appeal", moderates & is_second_person)
rules.add_perm("participation.answer", answers_for_the_office)
rules.add_perm("participation.see_contribution", may_see)
rules.add_perm("participation.manage_registrations", answers_for_the_office)
rules.add_perm("participation.enter_contributions", answers_for_the_office | moderates)
rules.add_perm("participation.export_poll", answers_for_the_office)
