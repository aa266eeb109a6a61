"""Who may open what of the Konzeptplan."""

import rules

from accounts.models import User
from accounts.roles import Role


@rules.predicate
def reads_for_the_council(user: User) -> bool:
    """Council members, and the office that prepares the session for them."""
    return user.is_authenticated and user.has_role(Role.COUNCIL, Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)


rules.add_perm("konzeptplan.view_council", reads_for_the_council)
