"""One bar cut into parts, such as measures by status."""

from collections.abc import Iterable
from dataclasses import dataclass

LABELLED_FROM = 26.0  # a narrower part has no room for its number


@dataclass(frozen=True)
class Part:
    """A piece of the bar: `x` and `width` in the units of the bar's length."""

    key: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def is_labelled(self) -> bool:
        return self.width >= LABELLED_FROM


def stacked(counts: Iterable[tuple[str, int]], *, length: float = 600, of: int | None = None) -> tuple[Part, ...]:
    """The parts in their order, empty ones left out; the whole length is `of`, or the sum."""
    known = [(key, count) for key, count in counts if count > 0]
    whole = max(of or 0, sum(count for _key, count in known))
    parts, before = [], 0
    for key, count in known:
        parts.append(Part(key, count, round(before / whole * length, 2), round(count / whole * length, 2)))
        before += count
    return tuple(parts)
