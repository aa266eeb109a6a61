"""Every permission of this app that depends on the person's office, asked as `user.has_perm("leitbild.publish_…")`.

Planners write indicators and reviews; the head of office publishes them and takes them back.
"""

import rules

from accounts.models import User
from accounts.roles import Role
from accounts.visibility import Reader


@rules.predicate
def leads_office(user: Reader) -> bool:
    return isinstance(user, User) and user.has_role(Role.OFFICE_LEAD, Role.ADMINISTRATOR)


rules.add_perm("leitbild.publish_indicator", leads_office)
rules.add_perm("leitbild.publish_evaluation", leads_office)
