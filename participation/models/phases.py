"""The three steps of the loop, and which acts each of them allows: a phase is data, not an if-chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    MODERATE = "moderate", _("Moderate")
    ANSWER = "answer", _("Answer")
    CLOSE = "close", _("Close")


# None: before the loop begins, after its last day, or once it is closed.
ACTS: dict[Step | None, frozenset[Act]] = {
    None: frozenset({Act.READ, Act.MODERATE, Act.ANSWER, Act.CLOSE}),
    Step.INVITE: frozenset({Act.READ, Act.MODERATE, Act.ANSWER}),
    Step.PARTICIPATE: frozenset({Act.READ, Act.CONTRIBUTE, Act.MODERATE, Act.ANSWER}),
    Step.FEEDBACK: frozenset({Act.READ, Act.MODERATE, Act.ANSWER, Act.CLOSE}),
}
