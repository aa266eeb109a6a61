"""Editions of past days for sample snapshots: today's sample measures, told as if their latest changes lay ahead.

Nobody froze anything on those days, and nothing here claims so: all of it concerns sample measures (codes from 9001
on) and is labelled as sample data. The same code, seed and day give the same past.
"""

import dataclasses
import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from differdange_portal.sample.measures import FIRST_NUMBER
from konzeptplan.edition import Edition, edition_of
from konzeptplan.figures import Audience, MeasureRow
from konzeptplan.sources import MoneyLine, read
from step.models import Status

# What a measure was before its latest change of status, and before that.
BEFORE = {
    Status.DONE: (Status.RUNNING, Status.PLANNED),
    Status.DELAYED: (Status.RUNNING, Status.PLANNED),
    Status.BLOCKED: (Status.PLANNED, Status.PROPOSED),
    Status.RUNNING: (Status.PLANNED, Status.PROPOSED),
    Status.WITHDRAWN: (Status.PLANNED, Status.PROPOSED),
    Status.PLANNED: (Status.PROPOSED, Status.PROPOSED),
}


@dataclasses.dataclass(frozen=True)
class History:
    """The days on which a sample measure came, changed its status for the first and last time, and got a new budget."""

    came: dt.date
    first: dt.date
    last: dt.date
    budget: dt.date
    factor: Decimal  # of the planned money before that day

    def status(self, now: Status, on: dt.date) -> Status:
        if on >= self.last or now not in BEFORE:
            return now
        return BEFORE[now][0 if on >= self.first else 1]


class Past:
    """Makes editions of days before `today`, up to `days` back."""

    def __init__(self, seed: int, today: dt.date, days: int) -> None:
        self.seed, self.today, self.days = seed, today, days

    def edition(self, on: dt.date, audience: Audience) -> Edition:
        source = read(on, audience)
        there = [row for row in source.measures if not _is_sample(row.code) or self._history(row.code).came <= on]
        codes = {row.code for row in there}
        money = tuple(self._line(line, on) for line in source.money if line.code in codes)
        measures = tuple(self._row(row, money, on) if _is_sample(row.code) else row for row in there)
        made = edition_of(dataclasses.replace(source, measures=measures, money=money), audience)
        steps = [step for step in made.milestones if step.code in codes]
        return dataclasses.replace(
            made,
            milestones=tuple(
                dataclasses.replace(step, done_on=None) if step.done_on and step.done_on > on else step
                for step in steps
            ),
            places=tuple(place for place in made.places if place.code in codes),
        )

    def _history(self, code: str) -> History:
        rng = Random(f"{self.seed}:{code}")  # noqa: S311 -- reproducible samples, nothing secret
        last = rng.randint(0, self.days)
        first = last + rng.randint(60, 300)
        came = self.days + 1 if rng.random() < 0.85 else rng.randint(0, self.days)
        budget = rng.randint(0, self.days) if rng.random() < 0.25 else self.days * 2
        factor = Decimal(rng.choice(["0.8", "0.9", "1.1", "1.25"]))
        came_on, first_on, last_on, budget_on = (
            self.today - dt.timedelta(days=days) for days in (came, first, last, budget)
        )
        return History(came_on, first_on, last_on, budget_on, factor)

    def _line(self, line: MoneyLine, on: dt.date) -> MoneyLine:
        """Nothing is voted or spent for a year that has not begun."""
        if not _is_sample(line.code):
            return line
        history = self._history(line.code)
        planned, funded = line.planned, line.funded
        if on < history.budget:
            planned, funded = (
                amount and (amount * history.factor).quantize(Decimal(1)) for amount in (planned, funded)
            )
        known = line.year <= on.year
        return dataclasses.replace(
            line,
            planned=planned,
            funded=funded,
            voted=line.voted if known else None,
            spent=line.spent if known else None,
        )

    def _row(self, row: MeasureRow, money: tuple[MoneyLine, ...], on: dt.date) -> MeasureRow:
        status = self._history(row.code).status(row.status, on)
        is_now = status is row.status
        return dataclasses.replace(
            row,
            status=status,
            status_reason=row.status_reason if is_now else "",
            forecast_end=row.forecast_end if is_now else row.baseline_end,
            actual_end=row.actual_end if is_now else None,
            **_sums([line for line in money if line.code == row.code]),
        )


def _is_sample(code: str) -> bool:
    return int(code.rpartition("-")[2]) >= FIRST_NUMBER


def _sums(lines: list[MoneyLine]) -> dict[str, Any]:
    sums: dict[str, Any] = {}
    for kind in ("planned", "voted", "spent"):
        known = [amount for line in lines if (amount := getattr(line, kind)) is not None]
        sums[kind] = sum(known[1:], known[0]) if known else None
    return sums
