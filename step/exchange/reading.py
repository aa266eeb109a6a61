"""Files as they are in real life: other columns' order, merged headers, empty rows, CSV of any make.

A file is checked by what it is, not by its name, and before it is unpacked: size, rows, columns, unpacked size.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from step.exchange.cells import is_empty, name_of
from step.exchange.columns import SHEETS, Sheet

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 500  # files inside a workbook
MOST_ROWS = 30_000  # in a sheet
MOST_COLUMNS = 200
MOST_SHEETS = 20
HEADER_ROWS = 10  # how far down the header is looked for
Line = tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    number: int  # as the spreadsheet counts
    cells: dict[str, Any]  # by field name


@dataclass
class Table:
    """One sheet of the file: which sheet it is, where its columns stand, its rows that are not empty."""

    sheet: Sheet
    title: str  # as the file calls it
    letters: dict[str, str]  # by field name
    rows: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # headers that say nothing to the portal


@dataclass
class Content:
    tables: list[Table] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # sheets without a known header


def read(data: bytes, name: str = "") -> Content:
    """The tables of an XLSX or CSV file; ValidationError if it is neither, or too large."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1024 // 1024})
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(_("This is an old or a protected workbook. Save it as .xlsx without a password."))
    content = Content()
    sheets = _workbook(data) if data.startswith(b"PK") else _csv(data, name)
    for title, lines in sheets:
        table = _table(title, lines)
        if table is None:
            content.ignored.append(title)
        elif any(known.sheet is table.sheet for known in content.tables):
            told = {"title": title, "sheet": table.sheet.title}
            raise ValidationError(_("“%(title)s” is a second sheet of “%(sheet)s”. Put them together.") % told)
        else:
            content.tables.append(table)
    if not content.tables:
        raise ValidationError(_("No sheet has headers that the portal knows. Compare them with the template."))
    content.tables.sort(key=lambda table: SHEETS.index(table.sheet))
    return content


# --- XLSX


def _workbook(data: bytes) -> Iterator[tuple[str, list[Line]]]:
    refusal = ValidationError(_("This is not a workbook that can be read. Save it as .xlsx or .csv."))
    try:
        _check_parts(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")][:MOST_SHEETS]
        found = [(sheet.title, _lines(sheet)) for sheet in sheets if sheet.sheet_state == "visible"]
    except ValidationError:
        raise
    except Exception as error:  # whatever a broken file leads to inside the library
        raise refusal from error
    yield from found


def _check_parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise ValidationError(_("The workbook is too large when unpacked."))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    if b"<!" in opened.read(2048).replace(b"\0", b"").replace(b"<!--", b""):
                        raise ValidationError(_("The workbook holds definitions that no spreadsheet needs."))


def _lines(sheet: Any) -> list[Line]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    lines: list[Line] = []
    for cells in sheet.iter_rows(values_only=True):
        if len(cells) > MOST_COLUMNS:
            cells = _cut(cells)
        lines.append(cells)
        if len(lines) > MOST_ROWS:
            raise _too_many_rows()
    return lines


def _cut(cells: Line) -> Line:
    """Formatted but empty columns do no harm."""
    if any(not is_empty(cell) for cell in cells[MOST_COLUMNS:]):
        raise ValidationError(_("A sheet may have at most %(most)d columns.") % {"most": MOST_COLUMNS})
    return cells[:MOST_COLUMNS]


def _too_many_rows() -> ValidationError:
    return ValidationError(_("A sheet may have at most %(most)d rows. Split the file.") % {"most": MOST_ROWS})


# --- CSV


def _csv(data: bytes, name: str) -> Iterator[tuple[str, list[Line]]]:
    text = _decoded(data)
    best = max((_split(text, sign) for sign in ";,\t"), key=_headers_found)
    yield name or "CSV", best


def _decoded(data: bytes) -> str:
    for code in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise ValidationError(_("This is neither a workbook nor a CSV file. Save it as .xlsx or .csv."))


def _split(text: str, sign: str) -> list[Line]:
    lines: list[Line] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            lines.append(_cut(tuple(cells)) if len(cells) > MOST_COLUMNS else tuple(cells))
            if len(lines) > MOST_ROWS:
                raise _too_many_rows()
    except csv.Error as error:
        told = {"row": len(lines) + 1}
        raise ValidationError(_("Row %(row)d of the CSV file cannot be read.") % told) from error
    return lines


def _headers_found(lines: list[Line]) -> int:
    return max((score for sheet in SHEETS for _i, score in _header_scores(sheet, lines)), default=0)


# --- Headers


def _table(title: str, lines: list[Line]) -> Table | None:
    """The sheet of which most headers are found; its own title decides if there is one."""
    named = [sheet for sheet in SHEETS if name_of(title.rsplit(".", 1)[0]) in sheet.names]
    best: tuple[int, int, Sheet] | None = None
    for sheet in named or SHEETS:
        for index, score in _header_scores(sheet, lines):
            # One known word may stand anywhere; a sheet that is not named as ours needs more than that.
            if (named or score > 1) and (best is None or score > best[0]):
                best = (score, index, sheet)
    if best is None:
        return None
    _score, index, sheet = best
    places, unknown = _places(sheet, lines, index)
    letters = {name: get_column_letter(place + 1) for place, name in places.items()}
    rows = []
    for number, cells in enumerate(lines[index + 1 :], start=index + 2):
        found = {name: cells[place] if place < len(cells) else None for place, name in places.items()}
        if not all(is_empty(cell) for cell in found.values()):
            rows.append(Row(number, found))
    return Table(sheet, title, letters, rows, unknown)


def _header_scores(sheet: Sheet, lines: list[Line]) -> Iterator[tuple[int, int]]:
    """(index, number of known headers) of each of the first rows that could be the header."""
    for index in range(min(HEADER_ROWS, len(lines))):
        places, _unknown = _places(sheet, lines, index)
        if set(sheet.keys) <= set(places.values()):
            yield index, len(places)


def _places(sheet: Sheet, lines: list[Line], index: int) -> tuple[dict[int, str], list[str]]:
    """Which field stands in which column. A merged header leaves its other cells empty: what stands above, or above
    and to the left, belongs to the name (“beschlossen” over “Beginn” and “Ende”).
    """
    above, group = _above(lines, index), ""
    places: dict[int, str] = {}
    unknown: list[str] = []
    for place, (cell, over) in enumerate(zip_longest(lines[index], above, fillvalue="")):
        own = "" if is_empty(cell) else str(cell)
        group = over or group
        column = next(filter(None, (sheet.column_named(n) for n in _candidates(own, over, group))), None)
        if column is not None and column.name not in places.values():
            places[place] = column.name
        elif own:
            unknown.append(f"{own[:60]} ({get_column_letter(place + 1)})")
    return places, unknown


def _candidates(own: str, over: str, group: str) -> list[str]:
    return [f"{group} {own}", own] if own else [over]


def _above(lines: list[Line], index: int) -> list[str]:
    return ["" if is_empty(cell) else str(cell) for cell in lines[index - 1]] if index else []
