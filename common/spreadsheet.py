"""Tables as files. What somebody typed must never become a formula in the spreadsheet of whoever opens it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[Any]]


def safe_cell(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe in front; numbers, dates and other text stay as they are.

    Control signs, which no workbook can hold, are dropped.
    """
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_lines(head: Sequence[Any], rows: Rows) -> Iterator[str]:
    """The table as lines of CSV in UTF-8; the mark at the beginning tells Excel so."""
    yield "\ufeff"
    for row in chain([head], rows):
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(value) for value in row])
        yield line.getvalue()


def xlsx(title: str, head: Sequence[Any], rows: Rows, widths: Sequence[int] = ()) -> bytes:
    """The table as a workbook of one sheet, with a fixed bold head row."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "".join(sign for sign in title if sign not in r"[]:*?/\\")[:31] or "1"
    sheet.append([safe_cell(value) for value in head])
    for row in rows:
        sheet.append([safe_cell(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()
