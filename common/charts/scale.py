"""An axis: the values of a chart mapped to a length, with ticks at round numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`; `ticks` are round numbers, the first is `low` and the last is `high`."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float, length: float) -> float:
        """Position of a value on an axis of that length, 0 at `low`; rounded to what a screen can show."""
        return round((value - self.low) / (self.high - self.low) * length, 2)


def scale(values: Iterable[float], *, ticks: int = 5, from_zero: bool = True) -> Scale:
    """The smallest axis with about that many round ticks on which all values lie.

    Bars start at zero, or their lengths would lie; a line of values that are close together may pass `from_zero=False`.
    No values, or all the same, still give an axis of some length.
    """
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low, low + 1) if from_zero else (low - 1, high + 1)
    step = _round_step((high - low) / max(ticks - 1, 1))
    first, last = math.floor(low / step), math.ceil(high / step)
    places = max(0, -math.floor(math.log10(step)))
    marks = tuple(round(number * step, places) for number in range(first, last + 1))
    return Scale(marks[0], marks[-1], marks)


def _round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 or 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if rough <= factor * power * (1 + 1e-9))
