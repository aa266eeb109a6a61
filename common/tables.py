"""Reading a table that somebody uploads: XLSX or CSV, told apart by content; nothing in it is trusted."""

import csv
import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

MAX_BYTES = 2_000_000
MAX_UNPACKED = 40_000_000
MAX_ROWS = 2_000
MAX_COLUMNS = 30
ZIP = b"PK\x03\x04"


def read_table(data: bytes) -> list[list[str]]:
    """The rows of the first sheet, cells as stripped text, without empty rows at the end. Raises ValidationError."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than %(max)d MB."), params={"max": MAX_BYTES // 1_000_000})
    rows = _read_xlsx(data) if data.startswith(ZIP) else _read_csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise ValidationError(_("The file is empty."))
    return rows


def _read_xlsx(data: bytes) -> list[list[str]]:
    refusal = ValidationError(_("This is not a spreadsheet that the portal can read. Please save it as XLSX or CSV."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise refusal
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return _limited([_text(cell) for cell in row[:MAX_COLUMNS]] for row in sheet.iter_rows(values_only=True))
    except ValidationError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken or malicious file leads to
        raise refusal from error


def _read_csv(data: bytes) -> list[list[str]]:
    if b"\0" in data:
        raise ValidationError(_("This is not a spreadsheet that the portal can read. Please save it as XLSX or CSV."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _limited([_text(cell) for cell in row[:MAX_COLUMNS]] for row in lines)
    except csv.Error as error:
        raise ValidationError(_("This CSV file cannot be read: a quotation mark may be missing.")) from error


def _limited(rows: Any) -> list[list[str]]:
    kept: list[list[str]] = []
    for row in rows:
        if len(kept) > MAX_ROWS:
            raise ValidationError(_("The file has more than %(max)d rows. Please split it."), params={"max": MAX_ROWS})
        kept.append(row)
    return kept


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\0", "").strip()
