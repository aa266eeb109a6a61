"""Every permission of this app, asked as `user.has_perm("step.change_measure", measure)`.

Asked without a record, the answer is the role's own permission (see `roles.py`): may this person do it at all?
"""

import rules

from accounts.models import User
from accounts.roles import Role
from step.models import InterventionArea, Measure, Plan
from step.models.access import Reader, visible_levels


@rules.predicate
def sees(user: Reader, measure: Measure | None) -> bool:
    return measure is not None and measure.visibility in visible_levels(user)


@rules.predicate
def leads_office(user: Reader) -> bool:
    return isinstance(user, User) and user.has_role(Role.OFFICE_LEAD, Role.ADMINISTRATOR)


@rules.predicate
def is_bound(user: Reader, record: Plan | Measure | InterventionArea | None) -> bool:
    """A planner bound to the plan that leads the record."""
    if record is None or not isinstance(user, User) or not user.has_role(Role.PLANNER):
        return False
    return _lead_plan(record) in bound_plans(user)


def _lead_plan(record: Plan | Measure | InterventionArea) -> int | None:
    if isinstance(record, Measure):
        return record.lead_plan_id
    return record.plan_id if isinstance(record, InterventionArea) else record.pk


def bound_plans(user: User) -> set[int]:
    """The plans of a planner; one query, then remembered on the instance."""
    if not hasattr(user, "_bound_plans"):
        user._bound_plans = set(user.plans.values_list("pk", flat=True))  # type: ignore[attr-defined]
    return user._bound_plans  # type: ignore[attr-defined]


@rules.predicate
def exists(user: Reader, record: Measure | None) -> bool:
    return record is not None


rules.add_perm("step.view_measure", sees)
rules.add_perm("step.change_measure", exists & (leads_office | is_bound))
rules.add_perm("step.delete_measure", exists & leads_office)
rules.add_perm("step.publish_measure", leads_office)
rules.add_perm("step.change_plan", exists & (leads_office | is_bound))
rules.add_perm("step.change_interventionarea", exists & (leads_office | is_bound))
