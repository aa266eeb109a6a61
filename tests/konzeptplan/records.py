"""Plain records for the roll-up: a small city with two plans, two goals and two horizons."""

import datetime as dt
from typing import Any

from konzeptplan.figures import Audience, Horizon, Label, MeasureRow, Voice
from konzeptplan.sources import MoneyLine, Source
from step.models import Status, Urgency

TODAY = dt.date(2026, 7, 2)
PLANS = (Label("vm", "Verkehr", "/vm"), Label("kn", "Klima", "/kn"))
GOALS = (Label("1", "Leben"), Label("2", "Integration"), Label("3", "Nachbarschaft"))
HORIZONS = (
    Horizon(Label("short", "kurz"), dt.date(2026, 1, 1), dt.date(2027, 1, 1), 0.5),
    Horizon(Label("long", "lang"), dt.date(2030, 1, 1), dt.date(2035, 1, 1), 0.0),
)
LOCALITIES = (Label("niederkorn", "Niederkorn"), Label("oberkorn", "Oberkorn"))
PILLARS = (Label("ecological", "ökologisch"), Label("social", "sozial"))
SDGS = (Label("11", "Städte"), Label("13", "Klimaschutz"))


def measure(code: str, **fields: Any) -> MeasureRow:
    lead = fields.pop("lead_plan", "vm")
    further = fields.pop("further", ())
    return MeasureRow(
        **{
            "code": code,
            "title": f"Measure {code}",
            "lead_plan": lead,
            "plans": frozenset({lead, *further}),
            "horizon": "short",
            "status": Status.PLANNED,
            "urgency": Urgency.MEDIUM,
            **{k: frozenset(v) if isinstance(v, set) else v for k, v in fields.items()},
        }
    )


def source(
    measures: list[MeasureRow] | tuple[MeasureRow, ...] = (),
    voices: list[Voice] | tuple[Voice, ...] = (),
    money: list[MoneyLine] | tuple[MoneyLine, ...] = (),
    audience: Audience = Audience.PUBLIC,
) -> Source:
    return Source(
        at=TODAY,
        audience=audience,
        plans=PLANS,
        horizons=HORIZONS,
        localities=LOCALITIES,
        goals=GOALS,
        sdgs=SDGS,
        pillars=PILLARS,
        measures=tuple(measures),
        voices=tuple(voices),
        money=tuple(money),
    )
