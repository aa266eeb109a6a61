"""What each role may do with plans, places and measures in the administration. `rules.py` narrows it per record."""

from accounts.roles import Grants, Role

OFFICE = {Role.OFFICE_LEAD: "view add change delete", Role.ADMINISTRATOR: "view add change delete"}
READERS = {Role.COUNCIL: "view", Role.MODERATOR: "view"}
BOUND = {Role.PLANNER: "view add change"}  # only in the plans to which the planner is bound
PARTS = {Role.PLANNER: "view add change delete", Role.COUNCIL: "view", **OFFICE}

GRANTS: Grants = {
    "plan": {Role.PLANNER: "view change", **READERS, **OFFICE},
    "measure": {**BOUND, **READERS, **OFFICE},
    "milestone": PARTS,
    "budgetline": PARTS,
    "progressreport": PARTS,
    "measurelink": PARTS,
    "interventionarea": {**BOUND, **READERS, **OFFICE},
    "locality": {Role.PLANNER: "view", **READERS, **OFFICE},
    "timehorizon": {Role.PLANNER: "view", **READERS, **OFFICE},
}
