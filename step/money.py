"""The money of a measure: known amounts are summed, unknown ones are counted and said."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from step.models import BudgetLine


@dataclass(frozen=True)
class Amount:
    """A sum in euros over `known` of `lines` budget lines; None where no line has a figure."""

    total: Decimal | None
    known: int
    lines: int

    @property
    def is_complete(self) -> bool:
        return self.known == self.lines


@dataclass(frozen=True)
class Money:
    lines: tuple[BudgetLine, ...]
    planned: Amount
    voted: Amount
    spent: Amount


def money_of(lines: Iterable[BudgetLine]) -> Money:
    rows = tuple(lines)
    return Money(rows, *(_amount([getattr(line, kind) for line in rows]) for kind in ("planned", "voted", "spent")))


def _amount(values: list[Decimal | None]) -> Amount:
    known = [value for value in values if value is not None]
    return Amount(sum(known, Decimal(0)) if known else None, len(known), len(values))
