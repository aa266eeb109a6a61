"""StEP + participation = Konzeptplan StEP 2030: every figure of the dashboard, computed in one place.

`build` reads once (see `sources.py`) and hands plain records to `compute`, which is pure: the same records in any order
give the same Konzeptplan. How each figure is defined, with its edge cases, stands in docs/konzeptplan.md.
"""

import datetime as dt

from konzeptplan.figures import Audience, Konzeptplan, Selection, Source
from konzeptplan.parts import counts, deviations, effect, freshness, gaps, links, money, timeline, voices
from konzeptplan.sources import read
from konzeptplan.tally import Tally
from step.models import Status


def build(at: dt.date, audience: Audience, selection: Selection | None = None) -> Konzeptplan:
    """The Konzeptplan on a day, for everyone or for the council; a fixed number of queries, no writes.

    A selection narrows all figures to the measures and contributions that fit it, and their lists with them.
    """
    return compute(read(at, audience, selection))


def compute(source: Source) -> Konzeptplan:
    """All figures from plain records. Withdrawn and superseded measures are out of all but `left_out`."""
    tally = Tally(source)
    heard = voices.voices(source)
    return Konzeptplan(
        at=source.at,
        audience=source.audience,
        selection=source.selection,
        total=tally.total,
        left_out=tuple(tally.left_out(status) for status in Status if not status.counts),
        matrix=counts.matrix(tally),
        by_status=counts.by_status(tally),
        by_urgency=counts.by_urgency(tally),
        by_locality=counts.by_locality(tally),
        by_goal=counts.by_goal(tally),
        by_sdg=counts.by_sdg(tally),
        by_pillar=counts.by_pillar(tally),
        goals=counts.goals(tally),
        deviations=deviations.deviations(tally),
        by_drift=deviations.by_drift(tally),
        freshness=freshness.by_freshness(tally),
        effects=effect.effects(tally),
        voices=heard,
        money=money.money(tally),
        gaps=gaps.gaps(tally, heard),
        timeline=timeline.timeline(tally),
        connections=links.connections(tally),
    )
