"""Tables as files. What somebody typed must never become a formula in the spreadsheet of whoever opens it."""

from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """Text that begins like a formula gets an apostrophe in front; numbers, dates and other text stay as they are.

    Control signs, which no workbook can hold, are dropped.
    """
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
