"""Sessions, decisions and snapshots for tests: every value is fixed or counted, none is random."""

import datetime as dt
from itertools import count
from typing import Any

from konzeptplan.models import Decision, DecisionEffect, Effect, Session, Snapshot
from konzeptplan.services import freeze_konzeptplan
from step.models import Measure, Visibility

_numbers = count(1)


def make_session(date: dt.date = dt.date(2026, 3, 4), **fields: Any) -> Session:
    values = {"place": "Rathaus", "visibility": Visibility.PUBLIC, **fields}
    return Session.objects.create(date=date, **values)


def make_decision(
    session: Session | None = None, effects: dict[Measure, Effect] | None = None, **fields: Any
) -> Decision:
    """A public decision, unless told otherwise, with its effects on measures."""
    session = session or Session.objects.first() or make_session()
    number = next(_numbers)
    values = {
        "reference": f"2026-{number:03}",
        "title": f"Beschluss {number}",
        "visibility": Visibility.PUBLIC,
        **fields,
    }
    decision = Decision.objects.create(session=session, position=number, **values)
    for measure, kind in (effects or {}).items():
        DecisionEffect.objects.create(decision=decision, measure=measure, kind=kind, note="von A nach B")
    return decision


def make_snapshot(label: str = "Stand", on: dt.date = dt.date(2026, 3, 1)) -> Snapshot:
    return freeze_konzeptplan(on=on, label=label)[0]
