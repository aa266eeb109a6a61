"""What each role may do with the guideline in the administration: planners write it, the office also takes away."""

from accounts.roles import Grants, Role

EVERYTHING = "view add change delete"
CONTENT = {
    Role.PLANNER: "view add change",
    Role.OFFICE_LEAD: EVERYTHING,
    Role.ADMINISTRATOR: EVERYTHING,
    Role.MODERATOR: "view",
    Role.COUNCIL: "view",
}

GRANTS: Grants = {
    "chapter": CONTENT,
    "reference": CONTENT,
    "glossaryterm": CONTENT,
    "goal": CONTENT,
    "guideline": CONTENT,
    "theme": CONTENT,
    "actionfield": CONTENT,
    "actionfielditem": CONTENT,
    "pillar": CONTENT,
    "brandstatement": CONTENT,
    "sdg": CONTENT,
    "leipzigprinciple": CONTENT,
    "instrument": CONTENT,
    "organisationunit": CONTENT,
    "loadedrecord": {Role.ADMINISTRATOR: "view"},
}
