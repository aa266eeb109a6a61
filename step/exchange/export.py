"""Files that an import takes back without a change: a workbook of all sheets, one sheet as CSV, and the template."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from leitbild.models import Indicator, IndicatorValue
from step.exchange import cells, records
from step.exchange.columns import SHEETS, Column, Sheet
from step.exchange.comparing import Progress
from step.exchange.kinds import Books, Choice, Date, Number, Rich, YesNo
from step.models import BudgetLine, Measure, Milestone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_DAY = dt.date(1900, 3, 1)  # earlier days are not the same in every spreadsheet
TEMPLATE_ROWS = 1000  # rows for which the template offers lists of values
HEAD = PatternFill("solid", fgColor="E5EBEF")
MUST = PatternFill("solid", fgColor="F7E8E0")


def rows_of(sheet: Sheet, measures: Any, indicators: Any) -> Any:
    """The records of a sheet, limited to the measures and indicators that the reader may see."""
    if sheet.model is Measure:
        return measures
    if sheet.model is Indicator:
        return indicators
    parts: dict[Any, Any] = {
        Milestone: Milestone.objects.filter(measure__in=measures.values("pk")).select_related("measure"),
        BudgetLine: BudgetLine.objects.filter(measure__in=measures.values("pk")).select_related("measure"),
        IndicatorValue: IndicatorValue.objects.filter(indicator__in=indicators.values("pk")).select_related(
            "indicator"
        ),
    }
    order = {Milestone: ("measure__code", "position", "pk"), BudgetLine: ("measure__code", "year", "kind", "funder")}
    return parts[sheet.model].order_by(*order.get(sheet.model, ("indicator__slug", "measured_on")))


def lines(sheet: Sheet, rows: Iterable[Any], books: Books) -> Iterator[list[Any]]:
    for record in rows:
        yield [column.kind.show(_value(record, column), books) for column in sheet.columns]


def _value(record: Any, column: Column) -> Any:
    value = getattr(record, column.name)
    return list(value.all()) if isinstance(column.kind.field, models.ManyToManyField) else value


def _books() -> Books:
    measures = {measure.code: measure for measure in Measure.objects.only("code")}
    return records.load_books(measures, {indicator.slug: indicator for indicator in Indicator.objects.all()})


def as_workbook(measures: Any, indicators: Any, progress: Progress | None = None) -> bytes:
    """All sheets. `measures` and `indicators` are querysets of `records`, limited to what the reader may see."""
    book, books = Workbook(write_only=True), _books()
    for done, sheet in enumerate(SHEETS):
        page = _page(book, sheet)
        for line in lines(sheet, rows_of(sheet, measures, indicators), books):
            page.append([_typed(page, cell) for cell in line])
        if progress:
            progress(done + 1, len(SHEETS))
    return _saved(book)


def as_csv(sheet: Sheet, measures: Any, indicators: Any) -> bytes:
    """One sheet in UTF-8 with a mark for Excel, separated by semicolons as spreadsheets here expect it."""
    stored = io.StringIO(newline="")
    writer = csv.writer(stored, delimiter=";")
    writer.writerow([column.header for column in sheet.columns])
    for line in lines(sheet, rows_of(sheet, measures, indicators), _books()):
        writer.writerow([cells.in_csv(cell) for cell in line])
    return stored.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """Empty sheets with lists of the allowed values, and a first sheet that explains every column."""
    with translation.override("de"):
        book = Workbook(write_only=True)
        _explain(book, _books())
        for sheet in SHEETS:
            page = _page(book, sheet)
            for place, column in enumerate(sheet.columns, start=1):
                _offer(page, place, column)
        return _saved(book)


def _page(book: Any, sheet: Sheet) -> Any:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B2" if sheet.model is Measure else "A2"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = 40 if isinstance(column.kind, Rich) else 20
    page.append([_head(page, column) for column in sheet.columns])
    return page


def _head(page: Any, column: Column) -> Any:
    cell = WriteOnlyCell(page, column.header)
    cell.font, cell.fill = Font(bold=True), MUST if column.is_required else HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _typed(page: Any, value: Any) -> Any:
    """Texts are marked as texts, so that no spreadsheet makes 9.1 a day or a number of them."""
    if isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        cell.number_format, cell.data_type = "@", "s"
        return cell
    if isinstance(value, dt.date):
        if value < FIRST_DAY:
            return value.isoformat()
        cell = WriteOnlyCell(page, dt.datetime.combine(value, dt.time.min))
        cell.number_format = "dd.mm.yyyy"
        return cell
    return value


def _offer(page: Any, place: int, column: Column) -> None:
    names = ",".join(column.kind.allowed())
    if not names or len(names) > 250:  # a workbook takes no longer list
        return
    rule = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True)
    rule.error = _("Please choose a value from the list.")
    letter = get_column_letter(place)
    rule.add(f"{letter}2:{letter}{TEMPLATE_ROWS}")
    page.data_validations.append(rule)


def _explain(book: Any, books: Books) -> None:
    page = book.create_sheet(_("Explanation")[:31])
    for letter, width in zip("ABCDE", (18, 30, 12, 60, 60), strict=True):
        page.column_dimensions[letter].width = width
    for told in _rules():
        page.append([told])
    page.append([])
    heads = [_("Sheet"), _("Column"), _("Required"), _("What goes in"), _("Allowed values")]
    page.append([_bold(page, head) for head in heads])
    for sheet in SHEETS:
        for column in sheet.columns:
            required = _("yes") if column.is_required else ""
            told = str(column.help) or _what(column)
            page.append([sheet.title, column.header, required, told, cells.as_cell(_allowed(column, books))])


def _rules() -> list[str]:
    return [
        _("A record is found by its code; what is not found is created. Nothing is ever deleted."),
        _("A column that is missing leaves the records as they are. An empty cell empties the field."),
        _("Columns may stand in any order; unknown ones are ignored. Dates like 31.12.2026, numbers like 1.234,50."),
        _("Several values in one cell are separated by semicolons."),
        _("Before anything is stored, you see row by row what would change. All rows are stored or none."),
    ]


def _bold(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.font, cell.fill = Font(bold=True), HEAD
    return cell


def _what(column: Column) -> str:
    kind: Any = column.kind
    if isinstance(kind, Choice | YesNo):
        return _("One of the allowed values")
    if isinstance(kind, Number):
        return _("A number")
    if kind.field.is_relation:
        return _("Names or keys of records of the portal")
    return _("A date") if isinstance(kind, Date) else _("A text")


def _allowed(column: Column, books: Books) -> str:
    kind: Any = column.kind
    if names := kind.allowed():
        return "; ".join(names)
    if kind.field.is_relation and kind.field.related_model in books:
        shown = list(books[kind.field.related_model].shown.values())
        return "; ".join(shown) if len(shown) <= 40 else ""
    return ""


def _saved(book: Any) -> bytes:
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()
