"""How the portal moderates, in numbers for everyone. Counts only; no text and no name."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from participation.models import Appeal, Contribution, Flag, HideReason, ModerationDecision, Publication
from participation.models.answers import median


@dataclass(frozen=True)
class Figures:
    """`received` is the sum of the four states. `hidden_by` counts what is hidden now, by its latest reason."""

    received: int
    published: int
    waiting: int
    hidden: int
    withdrawn: int
    hidden_by: list[tuple[str, int]]
    flags: int
    flagged: int
    appeals: dict[str, Any]
    median_wait: dt.timedelta | None


def figures() -> Figures:
    """A fixed number of queries, whatever the number of contributions."""
    states = dict(Contribution.objects.order_by().values_list("status").annotate(Count("pk")))
    flags = Flag.objects.aggregate(all=Count("pk"), texts=Count("contribution", distinct=True))
    return Figures(
        received=sum(states.values()),
        published=states.get(Publication.PUBLISHED, 0),
        waiting=states.get(Publication.WAITING, 0),
        hidden=states.get(Publication.HIDDEN, 0),
        withdrawn=states.get(Publication.WITHDRAWN, 0),
        hidden_by=_hidden_by(),
        flags=flags["all"],
        flagged=flags["texts"],
        appeals=Appeal.objects.counts(),
        median_wait=_median_wait(),
    )


def _hidden_by() -> list[tuple[str, int]]:
    later = ModerationDecision.objects.filter(
        contribution=OuterRef("contribution"), action=ModerationDecision.Action.HIDE
    ).filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    latest = ModerationDecision.objects.filter(
        ~Exists(later), action=ModerationDecision.Action.HIDE, contribution__status=Publication.HIDDEN
    )
    counted = dict(latest.order_by().values_list("category").annotate(Count("pk")))
    counted[HideReason.OTHER] = counted.get(HideReason.OTHER, 0) + counted.pop("", 0)
    return [(str(reason.label), counted[reason]) for reason in HideReason if counted.get(reason)]


def _median_wait() -> dt.timedelta | None:
    """The middle time from receipt to publication, of what moderators published."""
    took = ExpressionWrapper(F("published_at") - F("created_at"), output_field=DurationField())
    rows = Contribution.objects.published().filter(published_at__isnull=False).annotate(took=took)
    return median(rows.order_by("took").values_list("took", flat=True))
