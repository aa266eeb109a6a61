"""Who works on dialogues, and so sees what is not public yet."""

from accounts.models import User
from accounts.roles import Role
from step.models.access import Reader


def works_on_dialogues(user: Reader) -> bool:
    """Moderators and the office see what is not published."""
    return isinstance(user, User) and user.has_role(Role.MODERATOR, Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)
