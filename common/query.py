"""What a browser sends, made fit for pages and databases."""

import unicodedata

from django.http import QueryDict


def readable(data: QueryDict, instead: str = "\N{REPLACEMENT CHARACTER}") -> QueryDict:
    """A copy without characters that no page and no database takes, such as NUL; `instead` stands in their place.

    Line breaks and tabs stay. Forms show values back, so what cannot be shown must not come in.
    """
    clean = data.copy()
    for name, values in data.lists():
        clean.setlist(name, ["".join(c if _is_text(c) else instead for c in value) for value in values])
    return clean


def _is_text(character: str) -> bool:
    return character in "\t\n\r" or unicodedata.category(character) not in {"Cc", "Cn", "Cs"}
