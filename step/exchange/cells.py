"""Single cells: what people type in spreadsheets, read as values, and values written as cells."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import from_excel

from common.spreadsheet import FORMULA_SIGNS, safe_cell

FULL = 32_767  # characters that a cell of a workbook holds
ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#NV", "#BEZUG!", "#WERT!"}
SERIALS = range(15_000, 80_000)  # days of Excel that can be meant as a date: 1941 to 2119
_SIGNS = re.escape("".join(FORMULA_SIGNS))
_MARKED = re.compile(rf"'+[{_SIGNS}]")
_DATES = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]


class CellError(Exception):
    """What is wrong with a cell, and how to mend it."""

    def __init__(self, message: Any, cure: Any = "") -> None:
        super().__init__(message)
        self.message, self.cure = str(message), str(cure)


def name_of(value: Any) -> str:
    """A header, a choice or a name as it is compared: without case, accents, blanks and punctuation."""
    folded = unicodedata.normalize("NFKD", str("" if value is None else value)).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def plain(text: str) -> str:
    """Text as both sides compare it: one kind of line end, no control signs, no blanks at the ends."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def as_cell(value: Any) -> Any:
    """The value as a cell that no spreadsheet runs; `as_text` gives back exactly what went in."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if _MARKED.match(text) else safe_cell(text)


def as_text(raw: Any) -> str:
    """The cell as text, without the apostrophe that keeps it from being a formula."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat()
    text = plain(str(raw))
    if text.upper() in ERRORS:
        raise CellError(_("The cell holds an error of the spreadsheet."), _("Mend its formula or type the value."))
    return text[1:] if _MARKED.match(text) else text


def is_empty(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not plain(raw))


def as_date(raw: Any) -> dt.date:
    """31.12.2026, 2026-12-31, 31/12/2026, a date cell, or Excel's number of days."""
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    text = as_text(raw)
    for pattern in _DATES:
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return _serial(raw, text)


def _serial(raw: Any, text: str) -> dt.date:
    if not isinstance(raw, bool) and re.fullmatch(r"[0-9]{5}([.,][0-9]{1,12})?", text):
        days = int(text[:5])
        if days in SERIALS:
            found: Any = from_excel(days)
            return found.date() if isinstance(found, dt.datetime) else found
    raise CellError(_("“%(text)s” is not a date.") % {"text": text[:60]}, _("Write it like 31.12.2026."))


def as_number(raw: Any, places: int) -> Decimal:
    """1.234,50 and 1234.5 and 1 234,50 €, a number cell; more than `places` decimals are refused."""
    if isinstance(raw, bool | dt.date | dt.time | dt.timedelta):
        raise _no_number(raw)
    text = repr(raw) if isinstance(raw, float) else _german(as_text(raw))
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _no_number(raw) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise _no_number(raw)
    rounded = number.quantize(Decimal(1).scaleb(-places))
    # What a spreadsheet has computed may be off by a hair.
    if abs(number - rounded) > (Decimal("1e-7") if isinstance(raw, float) else 0):
        raise CellError(
            _("“%(text)s” has more than %(places)d decimals.") % {"text": as_text(raw)[:60], "places": places},
            _("Round it."),
        )
    return rounded


def _no_number(raw: Any) -> CellError:
    text = as_text(raw)[:60]
    return CellError(_("“%(text)s” is not a number.") % {"text": text}, _("Write it like 1234,50 or 1.234,50."))


def _german(text: str) -> str:
    """Thousands and decimals as German does it; English only where it cannot be mistaken."""
    text = re.sub(r"(€|EUR|%|\s|\u00a0|\u202f|')", "", text).replace("−", "-")
    if not re.fullmatch(r"[+-]?[0-9][0-9.,]{0,30}", text):
        return "?"
    dot, comma = text.rfind("."), text.rfind(",")
    if dot >= 0 and comma >= 0:
        thousands = "," if dot > comma else "."
        return text.replace(thousands, "").replace(",", ".")
    if comma >= 0:
        return text.replace(",", ".") if text.count(",") == 1 else text.replace(",", "")
    return text.replace(".", "") if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+", text) else text


def number_cell(number: Decimal) -> Any:
    """A number that a workbook keeps exactly; with more digits than that, its text."""
    text = f"{number.normalize():f}"
    return Decimal(text) if len(text) <= 16 else text.replace(".", ",")


def in_csv(value: Any) -> str:
    """A cell as the city's spreadsheets read it: 1234,50 and 31.12.2026."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y") if value.year >= 1000 else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value)
