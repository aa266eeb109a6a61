"""Kinds of columns: how a value of the model is read from a cell, shown in one, and compared."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from common import richtext
from step.exchange import cells
from step.exchange.cells import CellError, name_of, plain

YES, NO = "ja", "nein"
ANSWERS = {
    **dict.fromkeys(["ja", "j", "oui", "yes", "y", "sim", "jo", "x", "1", "true", "wahr", "vrai"], True),
    **dict.fromkeys(["nein", "n", "non", "no", "nao", "neen", "0", "false", "falsch", "faux"], False),
}


@dataclass
class Book:
    """The records of one model that cells may name: by every name they go by, and the name to show."""

    found: dict[str, Any] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)


Books = Mapping[type[models.Model], Book]


class Kind:
    """A text; the other kinds differ from it."""

    def __init__(self, model_field: Any) -> None:
        self.field = model_field

    def read(self, raw: Any, books: Books) -> Any:
        """The value of a cell that is not empty; CellError says what is wrong."""
        return self.checked(cells.as_text(raw))

    def checked(self, value: Any) -> Any:
        try:
            return self.field.clean(value, None)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error

    def empty(self) -> Any:
        """The value of an empty cell."""
        if isinstance(self.field, models.CharField | models.TextField):
            return ""
        return None if self.field.null else self.field.get_default()

    @property
    def keeps(self) -> bool:
        """Whether an empty cell leaves a record as it is, because the record cannot be without a value."""
        return False

    def same(self, stored: Any, value: Any) -> bool:
        return _alike(plain(stored or ""), plain(value or ""))

    def show(self, value: Any, books: Books) -> Any:
        return cells.as_cell(value or "") or None

    def allowed(self) -> list[str]:
        """What the cell may hold, if that is a short list."""
        return []


class Rich(Kind):
    def read(self, raw: Any, books: Books) -> Any:
        text = cells.as_text(raw)
        return self.checked(richtext.clean(text) if "<" in text else text)

    def same(self, stored: Any, value: Any) -> bool:
        stored, value = plain(stored or ""), plain(value or "")
        return _alike(stored, value) or richtext.clean(stored) == value


def _alike(stored: str, value: str) -> bool:
    """A workbook cuts what is too long for a cell; that is no change."""
    return stored == value or (len(stored) > cells.FULL >= len(value) - 100 and value.startswith(stored[:32_000]))


class Date(Kind):
    def read(self, raw: Any, books: Books) -> Any:
        return self.checked(cells.as_date(raw))

    @property
    def keeps(self) -> bool:
        return not self.field.null

    def same(self, stored: Any, value: Any) -> bool:
        return bool(stored == value)

    def show(self, value: Any, books: Books) -> Any:
        return value


class Number(Date):
    @property
    def places(self) -> int:
        return getattr(self.field, "decimal_places", 0)

    def read(self, raw: Any, books: Books) -> Any:
        number = cells.as_number(raw, self.places)
        return self.checked(number if self.places else int(number))

    def show(self, value: Any, books: Books) -> Any:
        return cells.number_cell(value) if self.places and value is not None else value


class YesNo(Date):
    def read(self, raw: Any, books: Books) -> Any:
        answer = ANSWERS.get(name_of(cells.as_text(raw)))
        if answer is None:
            raise CellError(_("“%(text)s” is neither yes nor no.") % {"text": str(raw)[:60]}, _("Write ja or nein."))
        return answer

    def show(self, value: Any, books: Books) -> Any:
        return YES if value else NO

    def allowed(self) -> list[str]:
        return [YES, NO]


class Choice(Date):
    def read(self, raw: Any, books: Books) -> Any:
        text = cells.as_text(raw)
        if (value := _names(self.field).get(name_of(text))) is None:
            raise CellError(
                _("“%(text)s” is not one of the allowed values.") % {"text": text[:60]},
                _("Allowed are: %(values)s.") % {"values": ", ".join(self.allowed())},
            )
        return value

    def show(self, value: Any, books: Books) -> Any:
        with translation.override("de"):
            return str(dict(self.field.flatchoices).get(value, value))

    def allowed(self) -> list[str]:
        with translation.override("de"):
            return [str(label) for _value, label in self.field.flatchoices]


@cache
def _names(model_field: Any) -> dict[str, Any]:
    """Every name of a choice: its key and its label in every language; German goes first."""
    found: dict[str, Any] = {name_of(value): value for value, _label in model_field.flatchoices}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for value, label in model_field.flatchoices:
                found.setdefault(name_of(label), value)
    return found


class One(Date):
    """A record of another model, by name or key."""

    def read(self, raw: Any, books: Books) -> Any:
        return self.find(cells.as_text(raw), books)

    def find(self, text: str, books: Books) -> Any:
        book = books[self.field.related_model]
        loose = name_of(text)
        record = next(filter(None, map(book.found.get, (text.casefold(), loose, loose.lstrip("0")))), None)
        if record is None:
            raise CellError(_("“%(text)s” is not known.") % {"text": text[:60]}, self._cure(book))
        return record

    def _cure(self, book: Book) -> str:
        names = list(book.shown.values())
        if len(names) > 30:
            return _("Names must be written as the template lists them.")
        return _("Known are: %(names)s.") % {"names": ", ".join(names)}

    def show(self, value: Any, books: Books) -> Any:
        return cells.as_cell(_shown(value, books[self.field.related_model])) if value is not None else None


class Many(One):
    """Several records, separated by semicolons; commas do where no name has one."""

    def read(self, raw: Any, books: Books) -> Any:
        found = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]", cells.as_text(raw)))):
            found += self._part(part, books)
        return sorted({record.pk: record for record in found}.values(), key=lambda record: record.pk)

    def _part(self, part: str, books: Books) -> list[Any]:
        try:
            return [self.find(part, books)]
        except CellError:
            if "," not in part:
                raise
            return [self.find(single, books) for single in part.split(",") if single.strip()]

    def empty(self) -> Any:
        return []

    @property
    def keeps(self) -> bool:
        return False

    def same(self, stored: Any, value: Any) -> bool:
        return {record.pk for record in stored} == {record.pk for record in value}

    def show(self, value: Any, books: Books) -> Any:
        book = books[self.field.related_model]
        return cells.as_cell("; ".join(_shown(record, book) for record in value)) or None


def _shown(record: Any, book: Book) -> str:
    """A record that the same file creates has a code but no number yet."""
    return book.shown.get(record.pk) or str(getattr(record, "code", "") or getattr(record, "slug", ""))


KINDS: list[tuple[Callable[[Any], bool], type[Kind]]] = [
    (lambda f: isinstance(f, models.ManyToManyField), Many),
    (lambda f: isinstance(f, models.ForeignKey), One),
    (lambda f: bool(getattr(f, "choices", None)), Choice),
    (lambda f: isinstance(f, models.BooleanField), YesNo),
    (lambda f: isinstance(f, models.DateField), Date),
    (lambda f: isinstance(f, models.DecimalField | models.IntegerField), Number),
]


def kind_of(model_field: Any) -> Kind:
    for fits, kind in KINDS:
        if fits(model_field):
            return kind(model_field)
    original = getattr(model_field, "translated_field", model_field)
    return Rich(model_field) if isinstance(original, richtext.RichTextField) else Kind(model_field)
