"""One person per role, for trying every part of the portal. They exist in sample databases only."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role
from step.models import Plan

PASSWORD = "beispiel-differdange"  # noqa: S105 -- printed for everyone; `load_sample` refuses real portals


def make_people() -> dict[Role, User]:
    """The people by role; the planner is bound to every second plan, so that both cases can be tried."""
    people = {role: _person(role) for role in Role}
    people[Role.PLANNER].plans.set(Plan.objects.filter(number__in=[2, 4, 6, 8]))
    return people


def _person(role: Role) -> User:
    email = f"{role.value}@beispiel.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email,
        PASSWORD,
        name=f"Beispiel {role.label}",
        pseudonym=f"Beispiel {role.label}",
        is_staff=role in Role.staff(),
    )
    user.groups.add(Group.objects.get(name=role.value))
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
