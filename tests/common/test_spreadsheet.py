"""No cell becomes a formula, whatever was typed, and the rows come out as they went in."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from common.spreadsheet import FORMULA_SIGNS, csv_lines, safe_cell, xlsx


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(FORMULA_SIGNS)


@pytest.mark.parametrize("value", ["Bänke", "1 + 1", "", "a=b"])
def test_other_text_stays_as_it_is(value: str) -> None:
    assert safe_cell(value) == value


def test_numbers_and_dates_stay_what_they_are() -> None:
    values = [-3, 2.5, dt.date(2026, 11, 25), None]
    assert [safe_cell(value) for value in values] == values


def test_the_csv_says_that_it_is_utf_8_and_quotes_what_needs_it() -> None:
    text = "".join(csv_lines(["Was"], iter([["Bänke, „viele“\nund Licht"], ["=1"]])))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["Was"], ["Bänke, „viele“\nund Licht"], ["'=1"]]


@pytest.mark.parametrize("title", ["Register", "a/b:c?[d]" * 10, "[]"])
def test_the_workbook_opens_whatever_its_title_and_its_texts(title: str) -> None:
    book = load_workbook(io.BytesIO(xlsx(title, ["Was", "Wie viele"], [["=1\x00\x0b", 3]], widths=(20, 5))))
    sheet: Any = book.active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Was", "Wie viele"], ["'=1", 3]]
    assert sheet.freeze_panes == "A2"
