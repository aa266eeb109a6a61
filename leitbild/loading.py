"""The content loader: YAML into records, without ever overwriting what staff changed.

Guarantees, whatever the order of records within a model:

- all or nothing: one transaction, and any fault in the YAML changes nothing;
- idempotent: a second run writes nothing, and asks a few questions per model, not per record;
- per record the loader keeps a fingerprint of the columns and relations that it wrote (`LoadedRecord`). A record that
  still has it is the loader's own and follows the YAML; one that differs was edited by staff and is left alone, and so
  is one that the loader never wrote; one that is gone was deleted by staff and stays gone, with what belongs to it.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from leitbild.models import LoadedRecord
from leitbild.reading import Entry, Key, Reader, Source

__all__ = ["ContentError", "Loader", "Outcome", "Source"]

Report = dict[str, Counter["Outcome"]]


class ContentError(Exception):
    """What is wrong in the YAML, one line per fault: file, record, field, reason."""


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    STAFF_CHANGED = "left alone, staff changed it"
    STAFF_DELETED = "left deleted, staff deleted it"


@dataclass
class Loader:
    """Loads the sources in their order: a source may refer to itself and to those before it.

    `force` overwrites what staff changed and brings back what they deleted; `dry_run` rolls everything back.
    """

    sources: list[Source]
    force: bool = False
    dry_run: bool = False
    report: Report = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)  # names of records in which staff has the last word
    _records: dict[Source, dict[Key, models.Model]] = field(default_factory=dict)
    _ledger: dict[str, LoadedRecord] = field(default_factory=dict)
    _absent: set[str] = field(default_factory=set)
    _written: list[LoadedRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = Reader(self.sources)

    def load(self) -> Report:
        """Outcomes by model label. Raises ContentError and then changes nothing."""
        with transaction.atomic():
            self._ledger = {entry.record: entry for entry in LoadedRecord.objects.all()}
            for source in self.sources:
                self._load_source(source)
            if self._reader.faults:
                raise ContentError("\n".join(self._reader.faults))
            self._keep_ledger()
            if self.dry_run:
                transaction.set_rollback(True)
        return self.report

    # --- One model

    def _load_source(self, source: Source) -> None:
        records = self._records[source] = self._existing(source)
        self.report.setdefault(source.label, Counter())
        entries = self._reader.entries(source)
        self._absent |= self._reader.broken
        # Those that the YAML names for the first time come first, so that the others can refer to them.
        known = [entry for entry in entries if entry.key in records]
        created = [entry for entry in entries if entry.key not in records and self._create(entry)]
        for entry in created:
            self._write(entry, records[entry.key], self._wanted(entry))
        for entry in known:
            self._update(entry, records[entry.key])

    def _existing(self, source: Source) -> dict[Key, models.Model]:
        paths = list(self._reader.key_paths(source))
        rows = source.model._default_manager.prefetch_related(*[r.name for r in source.model._meta.many_to_many])
        parents = ["__".join(path[:-1]) for path in paths if len(path) > 1]
        rows = rows.select_related(*parents) if parents else rows
        return {tuple(_follow(record, path) for path in paths): record for record in rows}

    def _create(self, entry: Entry) -> bool:
        """The record without what may lead to others of its model, unless staff deleted it or what it belongs to."""
        model = entry.source.model
        outer = {n: key for n, key in entry.references.items() if model._meta.get_field(n).related_model is not model}
        columns = {**entry.columns, **self._resolve(entry, outer)}
        if (entry.name in self._ledger and not self.force) or self._lacks(entry, columns):
            self._absent.add(entry.name)
            self._count(entry, Outcome.STAFF_DELETED)
            return False
        record = model(**columns)
        if not self._save(entry, record):
            self._absent.add(entry.name)
            return False
        self._records[entry.source][entry.key] = record
        self._count(entry, Outcome.CREATED)
        return True

    def _update(self, entry: Entry, record: models.Model) -> None:
        wanted = self._wanted(entry)
        known = self._ledger.get(entry.name)
        if all(_value(record, name) == _plain(value) for name, value in wanted.items()):
            self._count(entry, Outcome.UNCHANGED)
            if known:
                self._note(entry, wanted)
        elif not self._lacks(entry, wanted) and (self.force or (known and self._is_own(record, known, wanted))):
            self._count(entry, Outcome.UPDATED)
            self._write(entry, record, wanted)
        else:
            self._count(entry, Outcome.STAFF_CHANGED)

    def _is_own(self, record: models.Model, known: LoadedRecord, wanted: dict[str, Any]) -> bool:
        """Whether it is as the loader left it, and staff has not filled what the YAML now gives for the first time."""
        if known.fingerprint != _fingerprint({name: _value(record, name) for name in known.fields}):
            return False
        new = set(wanted) - set(known.fields)
        return all(_value(record, name) == _plain(wanted[name]) or _is_untouched(record, name) for name in new)

    # --- One record

    def _wanted(self, entry: Entry) -> dict[str, Any]:
        """Every column and relation as the YAML has it; primary keys for references."""
        wanted = {**entry.columns, **self._resolve(entry, entry.references)}
        for name, keys in entry.relations.items():
            found = [self._find(entry, name, key) for key in keys]
            wanted[name] = sorted({pk for pk in found if pk is not None})
        return wanted

    def _resolve(self, entry: Entry, references: dict[str, Key | None]) -> dict[str, int | None]:
        return {f"{name}_id": self._find(entry, name, key) if key else None for name, key in references.items()}

    def _lacks(self, entry: Entry, wanted: dict[str, Any]) -> bool:
        """Whether something that the record cannot do without is not there."""
        needed = [name for name in entry.references if not entry.source.model._meta.get_field(name).null]
        return any(wanted.get(f"{name}_id", 0) is None for name in needed)

    def _find(self, entry: Entry, name: str, key: Key) -> int | None:
        """Primary key of a record by its natural key; None where staff deleted it. A fault where there is none."""
        target = self._reader.source_of(entry.source.model._meta.get_field(name).related_model)
        record = self._records[target].get(key)
        if record is not None:
            return int(record.pk)
        there_once = target.name_of(key)
        if there_once not in self._absent and there_once not in self._ledger:
            self._fault(entry, name, f"there is no {target.label} {'/'.join(map(str, key))!r}")
        return None

    def _write(self, entry: Entry, record: models.Model, wanted: dict[str, Any]) -> None:
        changed = {name: value for name, value in wanted.items() if _value(record, name) != _plain(value)}
        columns = {name: value for name, value in changed.items() if name not in entry.relations}
        for name, value in columns.items():
            setattr(record, name, value)
        if columns and not self._save(entry, record):
            return
        for name in set(changed) & set(entry.relations):
            getattr(record, name).set(wanted[name])
        self._note(entry, wanted)

    def _save(self, entry: Entry, record: models.Model) -> bool:
        try:
            record.clean_fields(exclude=entry.references)  # those were looked up already
            record.clean()
            record.validate_unique()
            record.validate_constraints()
        except ValidationError as error:
            by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, texts in by_field.items():
                self._fault(entry, name, " ".join(texts))
            return False
        record.save()
        return True

    def _fault(self, entry: Entry, name: str, reason: str) -> None:
        fault = entry.fault(name, reason)
        if fault not in self._reader.faults:
            self._reader.faults.append(fault)

    # --- What was done

    def _count(self, entry: Entry, outcome: Outcome) -> None:
        self.report[entry.source.label][outcome] += 1
        if outcome in {Outcome.STAFF_CHANGED, Outcome.STAFF_DELETED}:
            self.left_alone.append(entry.name)

    def _note(self, entry: Entry, wanted: dict[str, Any]) -> None:
        """Remember the record as it is now, where that is not yet known."""
        columns, known = sorted(wanted), self._ledger.get(entry.name)
        fingerprint = _fingerprint({name: _plain(value) for name, value in wanted.items()})
        if known is None or known.fingerprint != fingerprint or known.fields != columns:
            self._written.append(LoadedRecord(record=entry.name, fields=columns, fingerprint=fingerprint))

    def _keep_ledger(self) -> None:
        LoadedRecord.objects.bulk_create(
            self._written,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["record"],
            update_fields=["fields", "fingerprint", "loaded_at"],
        )


def _follow(record: Any, path: list[str]) -> Any:
    for name in path:
        record = getattr(record, name)
    return record


def _value(record: models.Model, name: str) -> Any:
    """A column or relation of a record in a form that can be compared and hashed."""
    if name in {relation.name for relation in record._meta.many_to_many}:
        return sorted(related.pk for related in getattr(record, name).all())
    return _plain(getattr(record, name, None))


def _is_untouched(record: models.Model, name: str) -> bool:
    value = _value(record, name)
    model_field: Any = record._meta.get_field(name)
    return value in (None, "", []) or (not model_field.many_to_many and value == _plain(model_field.get_default()))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _fingerprint(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
