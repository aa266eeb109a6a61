"""Every figure of a Konzeptplan, wherever it stands."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from konzeptplan.figures import Figure, Gap, VoiceCount


def walk(value: Any) -> Iterator[Any]:
    """All records below a value, itself included."""
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from walk(item)


def figures(value: Any) -> list[Figure]:
    return [found for found in walk(value) if isinstance(found, Figure)]


def voice_counts(value: Any) -> list[VoiceCount]:
    return [found for found in walk(value) if isinstance(found, VoiceCount)]


def gaps(value: Any) -> list[Gap]:
    return [found for found in walk(value) if isinstance(found, Gap)]
