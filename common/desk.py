"""What waits for a person at the desk, the start page of the administration.

Each app tells its own in a module `desk` with `waiting_for(user, today) -> list[Waiting]`; the roof gathers them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Waiting:
    """One kind of work: how many, the list of exactly these, and whether some of it is late."""

    label: str | Promise
    count: int
    url: str
    icon: str = "clipboard-check"
    is_late: bool = False
