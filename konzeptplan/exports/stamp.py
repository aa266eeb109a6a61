"""What every export says about itself: from which day, from which state, for whom, and whether it is sample data."""

import datetime as dt
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from konzeptplan.edition import Edition
from konzeptplan.figures import Audience
from konzeptplan.models import Snapshot

LIVE = "live"


@dataclass(frozen=True)
class Stamp:
    """`source` is "live" or the short id of a snapshot, its number and the beginning of its fingerprint."""

    as_of: dt.date
    source: str
    audience: Audience
    is_sample: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The stamp in the reader's language, a line each."""
        found = [_("As of %(date)s") % {"date": formats.date_format(self.as_of)}]
        found.append(
            _("Source: today's records (live)")
            if self.source == LIVE
            else _("Source: snapshot %(id)s") % {"id": self.source}
        )
        if self.audience is Audience.COUNCIL:
            found.append(_("For the council: not to be passed on"))
        if self.is_sample:
            found.append(_("Sample data: generated, not facts about Differdange"))
        return tuple(found)

    @property
    def mark(self) -> str:
        """The shortest stamp, for the foot of a page: `2026-11-25 · live · sample data`."""
        marks = [self.as_of.isoformat(), self.source]
        if self.is_sample:
            marks.append(_("Sample data"))
        return " · ".join(marks)

    @property
    def text(self) -> str:
        return " · ".join(self.lines)


def live_stamp(edition: Edition) -> Stamp:
    return Stamp(edition.plan.at, LIVE, edition.plan.audience, edition.is_sample)


def frozen_stamp(edition: Edition, snapshot: Snapshot) -> Stamp:
    return Stamp(edition.plan.at, snapshot.short_id, edition.plan.audience, edition.is_sample or snapshot.is_sample)
