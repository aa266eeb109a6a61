"""What each role may do with the records of this app in the administration."""

from accounts.roles import Grants, Role

_ALL = "view add change delete"
_KEEP = "view add change"

GRANTS: Grants = {
    "dialogue": {
        Role.MODERATOR: "view",
        Role.PLANNER: _KEEP,
        Role.COUNCIL: "view",
        Role.OFFICE_LEAD: _ALL,
        Role.ADMINISTRATOR: _ALL,
    },
    "loop": {
        Role.MODERATOR: "view",
        Role.PLANNER: _KEEP,
        Role.COUNCIL: "view",
        Role.OFFICE_LEAD: _ALL,
        Role.ADMINISTRATOR: _ALL,
    },
    "question": {
        Role.MODERATOR: "view",
        Role.PLANNER: _ALL,
        Role.COUNCIL: "view",
        Role.OFFICE_LEAD: _ALL,
        Role.ADMINISTRATOR: _ALL,
    },
    # What a citizen wrote is not rewritten: staff add what came on paper, and moderate the rest.
    "contribution": {
        Role.MODERATOR: "view add",
        Role.PLANNER: "view add",
        Role.OFFICE_LEAD: "view add",
        Role.ADMINISTRATOR: "view add delete",
    },
    "point": {
        Role.MODERATOR: "view",
        Role.PLANNER: _ALL,
        Role.OFFICE_LEAD: _ALL,
        Role.ADMINISTRATOR: _ALL,
    },
    "treatment": {
        Role.MODERATOR: "view",
        Role.PLANNER: "view change",
        Role.COUNCIL: "view",
        Role.OFFICE_LEAD: "view change",
        Role.ADMINISTRATOR: "view change",
    },
    "moderationdecision": {Role.MODERATOR: "view", Role.OFFICE_LEAD: "view", Role.ADMINISTRATOR: "view"},
}
