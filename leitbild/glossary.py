"""The glossary in the order of the reader's alphabet."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from leitbild.models import GlossaryTerm


@dataclass(frozen=True)
class Letter:
    """One letter of the alphabet with its terms; what begins with none stands under #."""

    name: str
    terms: list[GlossaryTerm]

    @property
    def anchor(self) -> str:
        return f"letter-{self.name.lower()}" if self.name != "#" else "letter-other"


def alphabet(terms: Iterable[GlossaryTerm]) -> list[Letter]:
    """Terms by their first letter as shown to the reader; accents do not count: École stands under E."""
    ordered = sorted(terms, key=lambda term: (_plain(term.term), term.slug))
    return [Letter(name, list(group)) for name, group in groupby(ordered, key=lambda term: _initial(term.term))]


def contrasts(terms: Iterable[GlossaryTerm]) -> list[tuple[GlossaryTerm, GlossaryTerm]]:
    """Pairs of terms that are not to be confused, each pair once."""
    by_pk = {term.pk: term for term in terms}
    pairs = {
        frozenset((term.pk, term.differs_from_id))
        for term in by_pk.values()
        if term.differs_from_id in by_pk and term.differs_from_id != term.pk
    }
    ordered = [sorted((by_pk[pk] for pk in pair), key=lambda term: _plain(term.term)) for pair in pairs]
    return sorted(((first, second) for first, second in ordered), key=lambda pair: _plain(pair[0].term))


def _initial(term: str) -> str:
    first = _plain(term)[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
