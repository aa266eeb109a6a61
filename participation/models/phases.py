"""The three steps of the loop, and which acts each of them allows: a phase is data, not an if-chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Step(models.TextChoices):
    """The steps of the participatory loop (Vienna's Beteiligungsschleife), in their order."""

    INVITE = "invite", _("Invite")
    PARTICIPATE = "participate", _("Participate")
    FEEDBACK = "feedback", _("Feed back")

    @property
    def icon(self) -> str:
        return f"step-{self.value}"


class Act(models.TextChoices):
    """What somebody can do in a dialogue."""

    READ = "read", _("Read")
    CONTRIBUTE = "contribute", _("Contribute")
    COMMENT = "comment", _("Comment")
    SUPPORT = "support", _("Support")
    VOTE = "vote", _("Vote")
    REGISTER = "register", _("Register for an event")
    MODERATE = "moderate", _("Moderate")
    ANSWER = "answer", _("Answer")
    CLOSE = "close", _("Close")


# The office moderates and answers at any time; registering is open as soon as people are invited, and again for the
# meeting at which the results are told. A loop is closed once it feeds back, never while people still take part.
_ALWAYS = {Act.READ, Act.MODERATE, Act.ANSWER}

# None: before the loop begins, after its last day, or once it is closed.
ACTS: dict[Step | None, frozenset[Act]] = {
    None: frozenset({*_ALWAYS, Act.CLOSE}),
    Step.INVITE: frozenset({*_ALWAYS, Act.REGISTER}),
    Step.PARTICIPATE: frozenset(
        {*_ALWAYS, Act.CONTRIBUTE, Act.COMMENT, Act.SUPPORT, Act.VOTE, Act.REGISTER},
    ),
    Step.FEEDBACK: frozenset({*_ALWAYS, Act.COMMENT, Act.REGISTER, Act.CLOSE}),
}

_MODERATORS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
_OFFICE = frozenset({Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR})

# Acts that need a role. All others are open to everyone, as far as the dialogue asks for no account.
RESERVED: dict[Act, frozenset[Role]] = {
    Act.MODERATE: _MODERATORS,
    Act.ANSWER: _OFFICE,
    Act.CLOSE: _OFFICE,
}
