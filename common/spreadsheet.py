"""Cells of spreadsheets: a text that begins like a formula stays a text."""

from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """The value for a cell; texts that a spreadsheet would run as a formula get a leading apostrophe.

    Numbers and dates stay what they are.
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS) else value
