"""The dry run: what each row of a file would create or change, and what is wrong with it. Writes nothing.

Everything stored is loaded first (`records.load`), so the number of queries does not grow with the rows. Whatever a
cell holds, the answer is a value or a problem that names its place; `writing.apply` makes only what has none.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from step.exchange import records
from step.exchange.cells import CellError, in_csv, is_empty
from step.exchange.columns import Column, Sheet
from step.exchange.guards import GUARDS, Actor, Guard, Refusal
from step.exchange.reading import Content, Row, Table
from step.exchange.records import Stored

Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and how to mend it."""

    sheet: str
    row: int
    place: str  # letter and header of the column; empty where the whole row is meant
    message: str
    cure: str = ""

    def __str__(self) -> str:
        where = _("Sheet “%(sheet)s”, row %(row)d") % {"sheet": self.sheet, "row": self.row}
        parts = [f"{where}, {self.place}" if self.place else where, f"{self.message} {self.cure}".strip()]
        return ": ".join(parts)


@dataclass(frozen=True)
class Change:
    column: Column
    before: str
    after: str


@dataclass
class Planned:
    """What becomes of one row. `record` holds the new values but is not saved."""

    sheet: Sheet
    title: str
    row: int
    label: str
    record: Any
    is_new: bool
    changes: list[Change] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)  # of every column of the file, by field name

    @property
    def outcome(self) -> str:
        return "created" if self.is_new else "changed" if self.changes else "unchanged"

    @property
    def changed(self) -> set[str]:
        return {change.column.name for change in self.changes}


@dataclass
class Comparison:
    planned: list[Planned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what the file holds and the portal ignores

    @property
    def counts(self) -> list[tuple[Sheet, Counter[str]]]:
        found: dict[str, tuple[Sheet, Counter[str]]] = {}
        for row in self.planned:
            found.setdefault(row.sheet.key, (row.sheet, Counter()))[1][row.outcome] += 1
        return list(found.values())

    @property
    def to_write(self) -> list[Planned]:
        return [row for row in self.planned if row.outcome != "unchanged"]

    @property
    def digest(self) -> str:
        """The same for the same outcome: a confirmation must find what the preview has shown."""
        told = [
            (row.sheet.key, row.row, row.label, row.is_new, [(c.column.name, c.before, c.after) for c in row.changes])
            for row in self.to_write
        ]
        return hashlib.sha256(repr((told, [str(problem) for problem in self.problems])).encode()).hexdigest()


def compare(content: Content, actor: Actor, progress: Progress | None = None) -> Comparison:
    """What an import of the content by this person would do. German is the language of the texts it compares."""
    found = Comparison(notes=_notes(content))
    stored = records.load()
    total, done = sum(len(table.rows) for table in content.tables), 0
    for table in content.tables:
        sheet = _SheetComparison(table, stored, actor, found)
        for row in table.rows:
            sheet.take(row)
            done += 1
            if progress:
                progress(done, total)
    return found


def _notes(content: Content) -> list[str]:
    notes = [_("Sheet “%(title)s” has no known headers and is ignored.") % {"title": t} for t in content.ignored]
    for table in content.tables:
        if table.unknown:
            told = {"title": table.title, "names": ", ".join(table.unknown)}
            notes.append(_("Sheet “%(title)s”: these columns are not known and are ignored: %(names)s") % told)
    return notes


class _SheetComparison:
    def __init__(self, table: Table, stored: Stored, actor: Actor, found: Comparison) -> None:
        self.table, self.stored, self.found = table, stored, found
        self.guard: Guard = GUARDS[table.sheet.key](stored, actor)
        self.seen: dict[Any, int] = {}

    def take(self, row: Row) -> None:
        before = len(self.found.problems)
        values = self._read(row)
        if len(self.found.problems) > before:
            self.guard.remember_broken(row.cells)
            return
        try:
            record, key = self.guard.find(values)
            self._check_twice(key, row)
        except Refusal as refusal:
            self._refuse(row, refusal)
            self.guard.remember_broken(row.cells)
            return
        is_new = record._state.adding
        planned = Planned(self.table.sheet, self.table.title, row.number, self.guard.label(record), record, is_new)
        self._compare(planned, row, values)
        with translation.override("de"):
            refusals = list(self._refusals(planned))
        for found in refusals:
            self._refuse(row, found)
        if not refusals:
            self.found.planned.append(planned)
        self.guard.remember(record)

    def _read(self, row: Row) -> dict[str, Any]:
        """The values of the cells; for an empty one what emptiness means, or nothing if it says nothing."""
        values: dict[str, Any] = {}
        for name, raw in row.cells.items():
            column = self.table.sheet.by_name[name]
            try:
                values[name] = None if is_empty(raw) else column.kind.read(raw, self.stored.books)
            except CellError as error:
                self._refuse(row, Refusal(name, error.message, error.cure))
            if is_empty(raw) and name in self.table.sheet.keys:
                self._refuse(row, Refusal(name, _("This cell must not be empty."), _("It says which record is meant.")))
        return values

    def _check_twice(self, key: Any, row: Row) -> None:
        if key in self.seen:
            told = {"row": self.seen[key]}
            raise Refusal("", _("The same record stands in row %(row)d already.") % told, _("Keep one of the two."))
        self.seen[key] = row.number

    def _compare(self, planned: Planned, row: Row, values: dict[str, Any]) -> None:
        record = planned.record
        for name, value in values.items():
            column = self.table.sheet.by_name[name]
            if name == "id":
                continue
            if is_empty(row.cells[name]):
                if column.is_required or (column.kind.keeps and not planned.is_new):
                    continue
                value = column.kind.empty()
            planned.values[name] = value
            stored = self.guard.stored(record, name)
            if planned.is_new or not column.kind.same(stored, value):
                self._note(planned, column, stored, value)

    def _note(self, planned: Planned, column: Column, stored: Any, value: Any) -> None:
        before = "" if planned.is_new else self._told(column, stored)
        after = self._told(column, value)
        if before != after or not planned.is_new:
            planned.changes.append(Change(column, before, after))
        if not isinstance(column.kind.field, models.ManyToManyField):
            setattr(planned.record, column.name, value)

    def _told(self, column: Column, value: Any) -> str:
        return in_csv(column.kind.show(value, self.stored.books))

    def _refusals(self, planned: Planned) -> Iterator[Refusal]:
        missing = [c for c in self.table.sheet.columns if c.is_required and planned.values.get(c.name) in (None, "")]
        if planned.is_new and missing:
            yield from map(self._missing, missing)
            return
        yield from self.guard.refusals(planned.record, planned.values, planned.changed, is_new=planned.is_new)
        try:
            if planned.outcome != "unchanged":
                planned.record.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield Refusal(name if name != "__all__" else "", " ".join(messages))

    def _missing(self, column: Column) -> Refusal:
        cure = _("A new record needs it.") if column.name in self.table.letters else _("Add the column.")
        return Refusal(column.name, _("“%(header)s” is missing.") % {"header": column.header}, cure)

    def _refuse(self, row: Row, refusal: Refusal) -> None:
        column = self.table.sheet.by_name.get(refusal.name)
        letter = self.table.letters.get(refusal.name, "")
        place = ""
        if column:
            told = {"letter": letter, "header": column.header}
            place = _("column %(letter)s (%(header)s)") % told if letter else column.header
        self.found.problems.append(Problem(self.table.title, row.number, place, refusal.message, refusal.cure))
