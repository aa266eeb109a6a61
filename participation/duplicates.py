"""Contributions that may say the same as another one: those about the same thing that share the most words with it."""

import re

from participation.models import Contribution
from participation.models.contributions import CONTEXTS, ContributionQuerySet

LOOKED_AT = 300  # the newest ones; a search by words reaches the others
SHOWN = 20
_WORD = re.compile(r"\w{4,40}")


def candidates(target: Contribution, visible: ContributionQuerySet, query: str = "") -> list[Contribution]:
    """At most twenty that can be merged into the target, the most alike first."""
    same = {f"{name}_id": getattr(target, f"{name}_id") for name in CONTEXTS}
    rows = visible.filter(**same).standing_alone().untreated().filter(originals=None).exclude(pk=target.pk)
    for word in query.split():
        rows = rows.filter(text__icontains=word)
    wanted = _words(target.text)
    near = sorted(rows.for_lists()[:LOOKED_AT], key=lambda row: -_alike(wanted, _words(row.text)))
    return near[:SHOWN]


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _alike(one: set[str], other: set[str]) -> float:
    """Shared words by all words of both: 0 nothing in common, 1 the same words."""
    return len(one & other) / len(one | other) if one | other else 0.0
