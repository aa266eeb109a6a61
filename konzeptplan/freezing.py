"""Frozen dataclasses ↔ JSON that outlives the code: how a snapshot stores what the Konzeptplan said.

`freeze` writes plain JSON without any class names; `thaw` reads it back by the types of today's dataclasses. Three
rules keep old payloads readable while the classes go on growing:

- a field that the payload does not know gets its default, or the empty value of its type: `()`, `frozenset()`, `{}`,
  and None where the type allows it or is itself a record. A missing number or text is never made up: `Unreadable`.
- a field that today's class no longer knows is left out;
- what these rules cannot bridge (renamed, moved, other unit) is an entry in `UPGRADES` with a new `SCHEMA`.

`weave` joins the same payload in several languages, storing once what is the same in all of them; `pick` reads one.
"""

import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin

T = TypeVar("T")
Json = Any  # what `json.loads` returns

SCHEMA = 1
# {version: what makes the payload of the next version of it}; applied one after the other up to SCHEMA.
UPGRADES: dict[int, Callable[[Json], Json]] = {}
BY_LANGUAGE = "@"  # the key of a woven value: {"@": {"de": …, "fr": …}}


class Unreadable(ValueError):
    """A payload that today's classes cannot read: an upgrade is missing, or it is no payload."""


def canonical(tree: Json) -> str:
    """The one spelling of a JSON tree: sorted keys, no spaces, UTF-8. What is hashed and stored."""
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(text: str) -> str:
    """sha256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(value: Any) -> Json:
    """JSON of a record: dates in ISO, decimals as text (no rounding), sets sorted, enums by value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: freeze(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return _freeze_many(value)


def _freeze_many(value: Any) -> Json:
    if isinstance(value, Mapping):
        return {str(key): freeze(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((freeze(item) for item in value), key=canonical)
    if isinstance(value, list | tuple):
        return [freeze(item) for item in value]
    return str(value)  # text, lazy translations, decimals


def thaw(kind: type[T], tree: Json, *, version: int = SCHEMA) -> T:
    """The record of that class from JSON of that schema version; Unreadable if it cannot be had."""
    for number in range(version, SCHEMA):
        tree = UPGRADES[number](tree)
    try:
        if tree is None:
            raise TypeError("nothing was frozen")
        return typing.cast(T, _thaw(kind, tree))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise Unreadable(f"{kind.__name__}: {error}") from error


def _thaw(kind: Any, tree: Json) -> Any:
    if kind is Any or kind is object:
        return tree
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _thaw_union(get_args(kind), tree)
    if origin is not None:
        return _thaw_many(origin, get_args(kind), tree)
    if dataclasses.is_dataclass(kind):
        return None if tree is None else _thaw_record(kind, tree)
    return _thaw_scalar(kind, tree)


def _thaw_scalar(kind: Any, tree: Json) -> Any:
    if kind in {dt.date, dt.datetime}:
        return kind.fromisoformat(tree)
    if kind is float and isinstance(tree, int):
        return float(tree)
    if kind in {int, str, bool, float} and not isinstance(tree, kind):
        raise TypeError(f"{tree!r} is no {kind.__name__}")
    return kind(tree)  # also decimals and enums


def _thaw_union(kinds: tuple[Any, ...], tree: Json) -> Any:
    """`X | None`, or the first kind that takes the value."""
    if tree is None:
        return None
    for kind in (kind for kind in kinds if kind is not types.NoneType):
        try:
            return _thaw(kind, tree)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            continue
    raise TypeError(f"{tree!r} is none of {kinds}")


def _thaw_many(origin: Any, kinds: tuple[Any, ...], tree: Json) -> Any:
    if issubclass(origin, Mapping):
        return {_thaw(kinds[0], key): _thaw(kinds[1], item) for key, item in tree.items()}
    if not isinstance(tree, list):
        raise TypeError(f"{tree!r} is no list")
    if origin is tuple and kinds[-1] is not Ellipsis:
        return tuple(_thaw(kind, item) for kind, item in zip(kinds, tree, strict=True))
    return origin(_thaw(kinds[0], item) for item in tree)


def _thaw_record(kind: Any, tree: Json) -> Any:
    values = {}
    for field, hint in _fields(kind):
        if field.name in tree:
            values[field.name] = _thaw(hint, tree[field.name])
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            values[field.name] = _empty(hint, f"{kind.__name__}.{field.name}")
    return kind(**values)


@functools.cache
def _fields(kind: Any) -> tuple[tuple[dataclasses.Field[Any], Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in dataclasses.fields(kind) if field.init)


def _empty(hint: Any, name: str) -> Any:
    """What stands for a field that came after the payload was written."""
    origin = get_origin(hint)
    if dataclasses.is_dataclass(hint) or (origin in {Union, types.UnionType} and types.NoneType in get_args(hint)):
        return None
    if isinstance(origin, type) and origin not in {Union, types.UnionType}:
        return {} if issubclass(origin, Mapping) else origin()
    raise KeyError(f"{name} is missing, and nothing is made up for it")


def weave(trees: Mapping[str, Json]) -> Json:
    """One tree of the same payload in several languages: {language: tree} → tree."""
    first, *others = trees.values()
    if all(other == first for other in others):
        return first
    values = list(trees.values())
    if all(isinstance(value, dict) and value.keys() == first.keys() for value in values):
        return {key: weave({language: tree[key] for language, tree in trees.items()}) for key in first}
    if all(isinstance(value, list) and len(value) == len(first) for value in values):
        return [weave({language: tree[index] for language, tree in trees.items()}) for index in range(len(first))]
    return {BY_LANGUAGE: dict(trees)}


def pick(tree: Json, language: str) -> Json:
    """The payload in one language; German, or else any, where it was not frozen in that one."""
    if isinstance(tree, list):
        return [pick(item, language) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.keys() == {BY_LANGUAGE}:
        said = tree[BY_LANGUAGE]
        return said.get(language, said.get("de", next(iter(said.values()))))
    return {key: pick(item, language) for key, item in tree.items()}
