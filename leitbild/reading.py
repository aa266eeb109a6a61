"""YAML into entries, without a look at the database.

A `Source` names a model, its files and its natural key; every app lists its own in `content_sources.py`. In the YAML

- a translated field is a plain string (German) or a mapping by language code;
- the text of a RichTextField is plain text: blank lines part paragraphs, lines that begin with `- ` are a list;
- a reference is the natural key of the other record: `chapter: "08.3"`, `goals: [1, 4]`; where that key has several
  fields it is a list: `loop: [was-sind-wir, 1]`.

A fault never stops the reading, so that one run tells all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from common.richtext import RichTextField, clean, from_plain

Key = tuple[Any, ...]
Model = type[models.Model]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, several times faster where libyaml is there
WRONG = (FieldDoesNotExist, ValidationError, ValueError, TypeError)


@dataclass(frozen=True)
class Source:
    """One model and the files of its records. `key`: the fields that name a record in the YAML."""

    model: Model
    folder: Path
    pattern: str
    key: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def name_of(self, key: Key) -> str:
        """How the ledger calls a record: `leitbild.guideline:3/1`."""
        return f"{self.label}:{shown(key)}"[:160]


@dataclass
class Entry:
    """One record of the YAML. References are natural keys still; `None` takes a reference away."""

    source: Source
    file: str
    key: Key
    columns: dict[str, Any] = field(default_factory=dict)
    references: dict[str, Key | None] = field(default_factory=dict)
    relations: dict[str, list[Key]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.source.name_of(self.key)

    def fault(self, field_name: str, reason: str) -> str:
        return f"{self.file}: {shown(self.key)}: {field_name}: {reason}"


@dataclass
class Reader:
    """Reads the files of the sources; what is wrong in them gathers in `faults`, a line each."""

    sources: list[Source]
    faults: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # names of records that have a fault

    def __post_init__(self) -> None:
        self._by_model = {source.model: source for source in self.sources}

    def source_of(self, model: Any) -> Source:
        if model not in self._by_model:
            raise ValueError(f"content cannot refer to {model._meta.label_lower}")
        return self._by_model[model]

    def key_paths(self, source: Source) -> Iterator[list[str]]:
        """How to reach each part of the key from a record: a guideline's `goal` is `goal.number`."""
        for name in source.key:
            related = source.model._meta.get_field(name).related_model
            if related is None:
                yield [name]
            else:
                yield from ([name, *rest] for rest in self.key_paths(self.source_of(related)))

    def key(self, source: Source, values: Any) -> Key:
        """The natural key in the types of the model, from a value or a list of values."""
        values = values if isinstance(values, list) else [values]
        if len(values) != len(source.key):
            raise ValueError(f"{values!r} is no key of {source.label}: it has {' and '.join(source.key)}")
        parts: list[Any] = []
        for name, value in zip(source.key, values, strict=True):
            model_field: Any = source.model._meta.get_field(name)
            if model_field.related_model:
                parts += self.key(self.source_of(model_field.related_model), value)
            elif value is None or isinstance(value, dict):
                raise ValueError(f"{name} is missing" if value is None else f"{name} is no single value")
            else:
                try:
                    parts.append(model_field.to_python(value))
                except ValidationError as error:
                    raise ValueError(f"{name}: {reason(error)}") from error
        return tuple(parts)

    def entries(self, source: Source) -> list[Entry]:
        """The records of a source's files that have no fault."""
        found: dict[Key, Entry] = {}
        for file, row in self._rows(source):
            try:
                key = self.key(source, [row.get(name) for name in source.key])
            except WRONG as error:
                self.faults.append(f"{file}: {shown(row.get(name) for name in source.key)}: {reason(error)}")
                continue
            entry = Entry(source, file, key)
            if key in found:
                self.faults.append(entry.fault(source.key[-1], f"this key was given before in {found[key].file}"))
            elif self._fill(entry, row):
                found[key] = entry
            else:
                self.broken.add(entry.name)
        return list(found.values())

    def _rows(self, source: Source) -> Iterator[tuple[str, dict[str, Any]]]:
        for path in sorted(source.folder.glob(source.pattern)):
            try:
                rows = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe loader, see above
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                self.faults.append(f"{path.name}: this is no valid YAML: {error}")
                continue
            if not isinstance(rows, list | None) or not all(isinstance(row, dict) for row in rows or []):
                self.faults.append(f"{path.name}: expected is a list of records")
                continue
            yield from ((path.name, row) for row in rows or [])

    def _fill(self, entry: Entry, row: dict[str, Any]) -> bool:
        before = len(self.faults)
        for name, value in row.items():
            try:
                self._take(entry, str(name), value)
            except WRONG as error:
                self.faults.append(entry.fault(str(name), reason(error)))
        return len(self.faults) == before

    def _take(self, entry: Entry, name: str, value: Any) -> None:
        model_field: Any = entry.source.model._meta.get_field(name)
        if not model_field.concrete:
            raise FieldDoesNotExist(f"{name} belongs to another model")
        if model_field.many_to_many:
            target = self.source_of(model_field.related_model)
            entry.relations[name] = [self.key(target, item) for item in _as_list(value)]
        elif model_field.related_model:
            target = self.source_of(model_field.related_model)
            entry.references[name] = None if value is None else self.key(target, value)
        elif name in _translated(entry.source.model):
            for language, text in (value if isinstance(value, dict) else {settings.LANGUAGE_CODE: value}).items():
                if language not in dict(settings.LANGUAGES):
                    raise ValueError(f"unknown language {language!r}")
                entry.columns[build_localized_fieldname(name, language)] = _to_python(model_field, text)
        else:
            entry.columns[name] = _to_python(model_field, value)


def _as_list(value: Any) -> list[Any]:
    if not isinstance(value, list | None):
        raise ValueError(f"expected is a list of keys, not {value!r}")
    return value or []


def _translated(model: Model) -> Iterable[str]:
    try:
        return translator.get_options_for_model(model).get_field_names()
    except NotRegistered:
        return ()


def _to_python(model_field: Any, value: Any) -> Any:
    if isinstance(value, dict | list) and not isinstance(model_field, models.JSONField):
        raise ValueError("expected is a single value")
    if isinstance(model_field, RichTextField):
        return clean(from_plain(str(value or "")))
    if value is None:
        return None if model_field.null else model_field.get_default()
    return model_field.to_python(value.strip() if isinstance(value, str) else value)


def shown(key: Iterable[Any]) -> str:
    return "/".join(str(part) for part in key)


def reason(error: Exception) -> str:
    if isinstance(error, FieldDoesNotExist):
        return f"there is no such field ({error})"
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
