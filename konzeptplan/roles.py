"""What each role may do with sessions, decisions and snapshots in the administration."""

from accounts.roles import Grants, Role

_ALL = "view add change delete"
_DESK = {
    Role.PLANNER: "view add change",
    Role.COUNCIL: "view",
    Role.OFFICE_LEAD: _ALL,
    Role.ADMINISTRATOR: _ALL,
}

GRANTS: Grants = {
    "session": _DESK,
    "decision": _DESK,
    "decisioneffect": {**_DESK, Role.PLANNER: _ALL},
    # Frozen by the service, changed by nobody.
    "snapshot": dict.fromkeys([Role.PLANNER, Role.COUNCIL, Role.OFFICE_LEAD, Role.ADMINISTRATOR], "view"),
}
