"""What a row of values says: trend, distance to the target, what is overdue. Pure; explained in docs/indicators.md."""

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

WINDOW = 3  # the trend looks at the last three values, or at two if there are no more
TOLERANCE = Decimal("0.01")  # a change of up to 1 % of the earlier value is no change


class Direction(models.TextChoices):
    """Where the city wants the figure to go."""

    UP = "up", _("More is better")
    DOWN = "down", _("Less is better")
    KEEP = "keep", _("Should stay as it is")
    NONE = "none", _("Neither good nor bad: for observation")


class Movement(models.TextChoices):
    """What the figure did, whatever is wanted."""

    RISING = "rising", _("Rising")
    FALLING = "falling", _("Falling")
    STEADY = "steady", _("Unchanged")
    MIXED = "mixed", _("Up and down")
    UNKNOWN = "unknown", _("Not enough values")

    @property
    def icon(self) -> str:
        """Name of the symbol in the icon sprite; each movement has a shape of its own."""
        return f"trend-{self.value}"


class Verdict(models.TextChoices):
    """What the movement means for the goal."""

    BETTER = "better", _("in the desired direction")
    WORSE = "worse", _("against the desired direction")
    SAME = "same", _("no progress")
    OPEN = "open", _("no judgement")


class Measured(Protocol):
    """A value of a row: a date and a number."""

    @property
    def measured_on(self) -> dt.date: ...

    @property
    def value(self) -> Decimal: ...


M = TypeVar("M", bound=Measured)


@dataclass(frozen=True)
class Trend:
    """`change`: last value minus first value of the window; `since`: the first value; None without two values."""

    movement: Movement
    verdict: Verdict
    change: Decimal | None = None
    since: Any = None
    values: int = 0


@dataclass(frozen=True)
class Distance:
    """`gap`: target minus latest value. `is_reached` is None where no direction is desired.

    `percent`: share of the way from baseline to target, rounded down; below 0 the figure moved away, above 100 it went
    further. None without a baseline, or where the way has no length or no direction.
    """

    gap: Decimal
    is_reached: bool | None
    percent: int | None


def in_order(values: Iterable[M]) -> list[M]:
    return sorted(values, key=lambda value: value.measured_on)


def latest_of(values: Iterable[M]) -> M | None:
    return max(values, key=lambda value: value.measured_on, default=None)


def trend_of(values: Iterable[Measured], direction: Direction) -> Trend:
    """Movement over the last `WINDOW` values and what it means for the desired direction."""
    window = in_order(values)[-WINDOW:]
    if len(window) < 2:
        return Trend(Movement.UNKNOWN, Verdict.OPEN, values=len(window))
    movement = movement_of([value.value for value in window])
    change = window[-1].value - window[0].value
    return Trend(movement, verdict_of(movement, direction), change, window[0], len(window))


def movement_of(numbers: Sequence[Decimal]) -> Movement:
    """Of two or more numbers, oldest first. Steps that contradict each other give no direction."""
    steps = [step_of(before, after) for before, after in pairwise(numbers)]
    whole = step_of(numbers[0], numbers[-1])
    if {1, -1} <= set(steps):
        return Movement.MIXED
    return {1: Movement.RISING, -1: Movement.FALLING, 0: Movement.STEADY}[whole]


def step_of(before: Decimal, after: Decimal) -> int:
    """1 up, -1 down, 0 for a change within the tolerance. From zero every change counts."""
    if abs(after - before) <= abs(before) * TOLERANCE:
        return 0
    return 1 if after > before else -1


def verdict_of(movement: Movement, direction: Direction) -> Verdict:
    if direction == Direction.NONE or movement in {Movement.UNKNOWN, Movement.MIXED}:
        return Verdict.OPEN
    if direction == Direction.KEEP:
        return Verdict.BETTER if movement == Movement.STEADY else Verdict.WORSE
    if movement == Movement.STEADY:
        return Verdict.SAME
    wanted = Movement.RISING if direction == Direction.UP else Movement.FALLING
    return Verdict.BETTER if movement == wanted else Verdict.WORSE


def distance_of(
    latest: Decimal | None, *, baseline: Decimal | None, target: Decimal | None, direction: Direction
) -> Distance | None:
    """How far it is to the target; None without a target or without a value."""
    if latest is None or target is None:
        return None
    return Distance(
        target - latest, _is_reached(latest, target, direction), _percent(latest, baseline, target, direction)
    )


def _is_reached(latest: Decimal, target: Decimal, direction: Direction) -> bool | None:
    if direction == Direction.NONE:
        return None
    if direction == Direction.KEEP:
        return step_of(target, latest) == 0
    return latest >= target if direction == Direction.UP else latest <= target


def _percent(latest: Decimal, baseline: Decimal | None, target: Decimal, direction: Direction) -> int | None:
    if baseline is None or baseline == target or direction in {Direction.KEEP, Direction.NONE}:
        return None
    return math.floor((latest - baseline) * 100 / (target - baseline))


def is_overdue(next_update: dt.date | None, today: dt.date) -> bool:
    """Due today is not overdue."""
    return next_update is not None and next_update < today


def later(start: dt.date, months: int, *, after: dt.date) -> dt.date:
    """The first of start, start + months, start + 2 × months … after that day. A day that a month lacks is its last."""
    steps = 0
    while (due := _add_months(start, steps * months)) <= after:
        steps += 1
    return due


def _add_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
