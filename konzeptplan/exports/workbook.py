"""The workbook: a sheet per table, numbers as numbers, days as days, no text that a spreadsheet would run."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from common.spreadsheet import safe_cell
from konzeptplan.edition import Edition
from konzeptplan.exports.stamp import Stamp
from konzeptplan.exports.tables import Table, tables

HEAD = 4  # row of the column names: title, stamp and note stand above
WIDEST = 60


def xlsx(edition: Edition, stamp: Stamp) -> bytes:
    book = Workbook()
    for table in tables(edition):
        _sheet(book.create_sheet(table.title[:31]), table, stamp)
    del book[book.sheetnames[0]]  # the empty one that every new workbook has
    book.properties.title = _("Konzeptplan StEP 2030")
    book.properties.description = stamp.text
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def _sheet(sheet: Worksheet, table: Table, stamp: Stamp) -> None:
    sheet.append([safe_cell(f"{_('Konzeptplan StEP 2030')} – {table.title}")])
    sheet.append([safe_cell(stamp.text)])
    sheet.append([safe_cell(table.note)])
    sheet.append(list(table.columns))
    for row in table.rows:
        sheet.append([safe_cell(value) for value in row])
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[HEAD]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="2C3B47")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    _format(sheet, table)


def _format(sheet: Worksheet, table: Table) -> None:
    for index, name in enumerate(table.columns, start=1):
        values = [row[index - 1] for row in table.rows]
        longest = max((len(str(value)) for value in [name, *values] if value is not None), default=8)
        sheet.column_dimensions[get_column_letter(index)].width = min(longest + 2, WIDEST)
        form = next((_number_format(value) for value in values if _number_format(value)), "")
        if form:
            for cells in sheet.iter_rows(min_row=HEAD + 1, min_col=index, max_col=index):
                cells[0].number_format = form
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(table.columns))}{max(sheet.max_row, HEAD)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToHeight = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"


def _number_format(value: Any) -> str:
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    return "#,##0.00" if isinstance(value, Decimal) else ""
