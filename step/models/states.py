"""The states of a measure. Each knows its icon, its meaning for the roll-up, and where it may go next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see a record: its authors, the house, or everyone."""

    DRAFT = "draft", _("Draft")
    INTERNAL = "internal", _("Internal")
    PUBLIC = "public", _("Public")


class Urgency(models.TextChoices):
    """How urgent a measure is; unknown until someone has judged it."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
    UNKNOWN = "unknown", _("Not yet judged")

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Urgency).index(self)


class Status(models.TextChoices):
    """Where a measure stands. *Unknown* is not *not started*: nobody has reported yet."""

    UNKNOWN = "unknown", _("Not yet reported")
    PROPOSED = "proposed", _("Proposed")
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Under way")
    DELAYED = "delayed", _("Delayed")
    BLOCKED = "blocked", _("Blocked")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")

    @property
    def icon(self) -> str:
        """Name of the symbol in the icon sprite; each status has a shape of its own."""
        return f"status-{self.value}"

    @property
    def deviates(self) -> bool:
        """Deviating states need a reason."""
        return self in {Status.DELAYED, Status.BLOCKED, Status.WITHDRAWN, Status.SUPERSEDED}

    @property
    def counts(self) -> bool:
        """Withdrawn and superseded measures are out of every total, and said to be."""
        return self not in {Status.WITHDRAWN, Status.SUPERSEDED}

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.counts and self is not Status.DONE

    @property
    def next(self) -> frozenset["Status"]:
        """The states that may follow this one."""
        return TRANSITIONS[self]


_S = Status
_STOP = frozenset({_S.WITHDRAWN, _S.SUPERSEDED})
TRANSITIONS: dict[Status, frozenset[Status]] = {
    _S.UNKNOWN: frozenset(_S) - {_S.UNKNOWN},
    _S.PROPOSED: frozenset({_S.PLANNED, _S.RUNNING, _S.BLOCKED}) | _STOP,
    _S.PLANNED: frozenset({_S.PROPOSED, _S.RUNNING, _S.DELAYED, _S.BLOCKED}) | _STOP,
    _S.RUNNING: frozenset({_S.DELAYED, _S.BLOCKED, _S.DONE}) | _STOP,
    _S.DELAYED: frozenset({_S.PLANNED, _S.RUNNING, _S.BLOCKED, _S.DONE}) | _STOP,
    _S.BLOCKED: frozenset({_S.PLANNED, _S.RUNNING, _S.DELAYED}) | _STOP,
    _S.DONE: frozenset({_S.RUNNING}),  # reopened
    _S.WITHDRAWN: frozenset({_S.PROPOSED}),  # taken up again
    _S.SUPERSEDED: frozenset({_S.PROPOSED}),
}
