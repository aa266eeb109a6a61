"""Spreadsheets in and out: real-life files are understood, wrong ones are refused with the place named."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.models import AuditEntry, User
from leitbild.models import Indicator, IndicatorValue
from step.exchange import cells, export, reading, records, writing
from step.exchange.columns import BY_KEY, SHEETS
from step.exchange.comparing import Comparison, compare
from step.exchange.guards import Machine
from step.models import BudgetLine, Measure, Milestone, Status, Visibility
from tests.factories.leitbild import make_indicator, make_value
from tests.factories.step import (
    make_budget,
    make_goal,
    make_locality,
    make_measure,
    make_plan,
    make_unit,
)

pytestmark = pytest.mark.django_db
MACHINE = Machine()


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def tried(data: bytes, actor: Any = MACHINE) -> Comparison:
    return compare(reading.read(data), actor)


def stored(data: bytes, actor: Any = MACHINE) -> Comparison:
    return writing.apply(content=reading.read(data), actor=actor)


def told(found: Comparison) -> list[str]:
    return [str(problem) for problem in found.problems]


def outcomes(found: Comparison) -> list[str]:
    return [row.outcome for row in found.planned]


# --- Cells


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1.234,50", "1234.50"), ("1.234.567,5 €", "1234567.50"), ("1 234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("12.5", "12.50"), ("1.234", "1234.00"), ("12,5", "12.50"), (12.5, "12.50"), (7, "7.00"), ("-3,2", "-3.20"),
        ("'-3,2", "-3.20"), (0.1 + 0.2, "0.30"), ("0.125", None), ("zwölf", None), (True, None), ("1,2,3.4.5", None),
        ("#REF!", None), (dt.date(2026, 1, 1), None), (float("nan"), None), ("9" * 40, None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_office_writes_them(raw: Any, number: str | None) -> None:
    if number is None:
        with pytest.raises(cells.CellError):
            cells.as_number(raw, 2)
    else:
        assert cells.as_number(raw, 2) == Decimal(number)


@pytest.mark.parametrize(
    "raw",
    ["31.12.2026", "31.12.26", "2026-12-31", "31/12/2026", 46387, "46387", 46387.0, dt.datetime(2026, 12, 31, 8, 0),
     dt.date(2026, 12, 31)],
)  # fmt: skip
def test_dates_are_read_in_every_form(raw: Any) -> None:
    assert cells.as_date(raw) == dt.date(2026, 12, 31)


@pytest.mark.parametrize("raw", ["31.02.2026", "bald", 12, True, "12/31/2026", "", 1e300])
def test_what_is_no_date_is_refused(raw: Any) -> None:
    with pytest.raises(cells.CellError):
        cells.as_date(raw)


@given(st.text())
def test_every_text_comes_back_from_its_cell_and_none_is_a_formula(text: str) -> None:
    shown = cells.as_cell(text)
    assert not shown.startswith(cells.FORMULA_SIGNS)
    if cells.plain(text).upper() not in cells.ERRORS:
        assert cells.as_text(shown) == cells.plain(text)


# --- Files


def test_columns_stand_in_any_order_under_any_of_their_names() -> None:
    make_measure("VM-91")
    lines = [["titre", "Farbe", " CODE: "], ["Neuer Titel", "rot", "VM-91"], [None, None, None]]
    found = tried(workbook(Tabelle1=lines))
    (row,) = found.planned
    assert [(c.column.name, c.after) for c in row.changes] == [("title_de", "Neuer Titel")]
    assert row.row == 2
    assert "Farbe (B)" in found.notes[0]


def test_the_header_is_found_below_a_title_and_under_merged_cells() -> None:
    make_measure("VM-91")
    book = Workbook()
    page = book.active
    page.append(["Maßnahmen der Stadt"])
    page.append([])
    page.append(["Code", "Titel", "Erwartet", None, "Begründung"])
    page.append([None, None, "Beginn", "Ende", None])
    page.append(["VM-91", "Radweg", "01.03.2026", "31.12.2026", "Darum"])
    for merged in ("C3:D3", "A3:A4", "B3:B4", "E3:E4"):
        page.merge_cells(merged)
    data = io.BytesIO()
    book.save(data)
    stored(data.getvalue())
    measure = Measure.objects.get(code="VM-91")
    assert (measure.title_de, measure.status_reason_de) == ("Radweg", "Darum")
    assert (measure.forecast_start, measure.forecast_end) == (dt.date(2026, 3, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_csv_of_any_make_is_read(code: str, sign: str) -> None:
    make_measure("VM-91")
    text = sign.join(["Maßnahme", "Jahr", "Geplant"]) + "\r\n" + sign.join(["VM-91", "2027", '"1.234,50"']) + "\r\n"
    stored(text.encode(code))
    assert BudgetLine.objects.get().planned == Decimal("1234.50")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 broken", b"%PDF-1.7", b"\x89PNG\0\0", b"just words", b"a;b\n1;2"],
    ids=["empty", "xls", "broken", "pdf", "png", "words", "other headers"],
)
def test_what_is_no_spreadsheet_of_ours_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ValidationError):
        reading.read(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1000)
    with pytest.raises(ValidationError, match=r"unpacked|entpackt|ausgepackt"):
        reading.read(workbook(Maßnahmen=[["Code", "Titel"]]))


def test_a_workbook_with_entities_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    with pytest.raises(ValidationError):
        reading.read(packed.getvalue())


def test_too_many_rows_or_columns_are_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(ValidationError):
        reading.read(workbook(Maßnahmen=[["Code", "Titel"]] * 5))
    with pytest.raises(ValidationError):
        reading.read(workbook(Maßnahmen=[["Code", *["x"] * 250]]))


# --- What an import does


def test_an_import_creates_with_all_that_belongs_to_it(office_lead: User) -> None:
    make_plan("VM"), make_goal(3), make_locality("niederkorn"), make_unit("amt")
    data = workbook(
        Maßnahmen=[
            ["Code", "StEP", "Titel", "Ziele", "Orte", "Zuständig", "Status", "Sichtbarkeit", "Kosten beschlossen"],
            ["VM-91", "VM", "Radweg", "3", "Niederkorn", "Amt", "geplant", "öffentlich", "1.250.000,00"],
        ],
        Meilensteine=[["Maßnahme", "Titel", "Fällig"], ["VM-91", "Entwurf", dt.date(2027, 3, 1)]],
        Budget=[["Maßnahme", "Jahr", "Geplant"], ["VM-91", 2027, 5000]],
        Indikatoren=[
            ["Kurzname", "Name", "Einheit", "Definition", "Quelle"],
            ["radwege", "Radwege", "km", "Was?", "Amt"],
        ],
        Indikatorwerte=[["Indikator", "Datum", "Bekannt für", "Wert"], ["radwege", "17.05.2024", "year", "12,5"]],
    )
    found = stored(data, office_lead)
    assert outcomes(found) == ["created"] * 5
    measure = Measure.objects.get(code="VM-91")
    assert (measure.status, measure.visibility, measure.baseline_cost) == ("planned", "public", Decimal(1250000))
    assert [goal.number for goal in measure.goals.all()] == [3]
    assert (Milestone.objects.get().measure, BudgetLine.objects.get().measure) == (measure, measure)
    assert IndicatorValue.objects.get().measured_on == dt.date(2024, 1, 1)
    assert outcomes(stored(data, office_lead)) == ["unchanged"] * 5


def test_ten_broken_cells_are_named_and_nothing_is_stored() -> None:
    make_plan()
    lines = [["Code", "StEP", "Titel", "Status", "Ende erwartet", "Kosten beschlossen"]]
    lines += [[f"VM-{n}", "VM", f"Maßnahme {n}", "geplant", "31.12.2026", "1.000,00"] for n in range(100, 150)]
    lines[3][4], lines[5][5], lines[7][3], lines[9][1], lines[11][0] = "bald", "viel", "vielleicht", "XX", "kein Code"
    lines[13][4], lines[15][5], lines[17][3], lines[19][1], lines[21][2] = "99.99.2026", "-5", "#REF!", "?", ""
    with pytest.raises(ValidationError) as refused:
        stored(workbook(Maßnahmen=lines))
    places = [(3, "E"), (5, "F"), (7, "D"), (9, "B"), (11, "A"), (13, "E"), (15, "F"), (17, "D"), (19, "B"), (21, "C")]
    assert len(refused.value.messages) == 10
    for message, (index, letter) in zip(refused.value.messages, places, strict=True):
        assert "Maßnahmen" in message
        assert f" {index + 1}, " in message
        assert f" {letter} (" in message
    assert not Measure.objects.exists()


def test_an_empty_cell_empties_and_a_missing_column_leaves() -> None:
    make_measure("VM-91", summary="kurz", source_note="Amt", urgency="high")
    stored(workbook(Maßnahmen=[["Code", "Titel", "Kurzfassung", "Dringlichkeit"], ["VM-91", "", "", ""]]))
    measure = Measure.objects.get()
    assert (measure.summary_de, measure.source_note, measure.urgency, measure.title_de) == (
        "", "Amt", "high", "Maßnahme VM-91",
    )  # fmt: skip


def test_status_goes_its_allowed_ways_with_reason_and_way_out() -> None:
    make_measure("VM-91", status="done")
    make_measure("VM-92", status="running")
    lines = [["Code", "Titel", "Status"], ["VM-91", "a", "geplant"], ["VM-92", "b", "verzögert"]]
    found = tried(workbook(Maßnahmen=lines))
    assert [problem.row for problem in found.problems] == [2, 3, 3, 3]
    lines = [
        ["Code", "Status", "Begründung", "Was sie frei macht", "Wer handeln muss"],
        ["VM-92", "verzögert", "Kein Angebot", "Neue Ausschreibung", "Einkauf"],
    ]
    stored(workbook(Maßnahmen=lines))
    measure = Measure.objects.get(code="VM-92")
    assert (measure.status, measure.must_act_de) == (Status.DELAYED, "Einkauf")
    assert AuditEntry.objects.filter(action="measure.status").count() == 1
    assert outcomes(tried(workbook(Maßnahmen=lines))) == ["unchanged"]


def test_a_planner_imports_only_what_they_may_edit(planner: User) -> None:
    make_plan("VM").planners.add(planner)
    own = make_measure("VM-91", visibility=Visibility.DRAFT)
    make_measure("KN-91", lead_plan=make_plan("KN"), visibility=Visibility.DRAFT)
    head = ["Code", "StEP", "Titel", "Sichtbarkeit"]
    lines = [head, ["VM-91", "VM", "Neu", "draft"], ["KN-91", "KN", "Neu", "draft"], ["KN-92", "KN", "Neu", "draft"]]
    parts = [["Maßnahme", "Titel"], ["KN-91", "Entwurf"], ["VM-91", "Entwurf"]]
    found = tried(workbook(Maßnahmen=lines, Meilensteine=parts), planner)
    assert [(p.sheet, p.row) for p in found.problems] == [("Maßnahmen", 3), ("Maßnahmen", 4), ("Meilensteine", 2)]
    moved = [head, ["VM-91", "KN", "Neu", "draft"], ["VM-92", "VM", "Neu", "public"]]
    assert [p.row for p in tried(workbook(Maßnahmen=moved), planner).problems] == [2, 3]
    stored(workbook(Maßnahmen=lines[:2]), planner)
    own.refresh_from_db()
    assert own.title_de == "Neu"


def test_rows_that_stand_twice_or_belong_to_nothing_are_refused() -> None:
    make_measure("VM-91")
    lines = [
        ["Maßnahme", "Titel", "Fällig"],
        ["VM-91", "Entwurf", None],
        ["VM-91", "Entwurf", None],
        ["XX-99", "E", None],
    ]
    assert [problem.row for problem in tried(workbook(Meilensteine=lines)).problems] == [3, 4]


def test_a_milestone_keeps_its_number_when_its_title_changes() -> None:
    milestone = Milestone.objects.create(measure=make_measure("VM-91"), title="Entwurf")
    other = make_measure("VM-92")
    lines = [["Maßnahme", "Nr. im Portal", "Titel"], ["VM-91", milestone.pk, "Vorentwurf"]]
    stored(workbook(Meilensteine=lines))
    assert [row.title_de for row in Milestone.objects.all()] == ["Vorentwurf"]
    lines[1][0] = other.code
    assert len(tried(workbook(Meilensteine=lines)).problems) == 1


def test_what_changed_since_the_preview_is_shown_again() -> None:
    make_measure("VM-91")
    content = reading.read(workbook(Maßnahmen=[["Code", "Titel"], ["VM-91", "Neu"]]))
    seen = compare(content, MACHINE).digest
    Measure.objects.update(title_de="Anders")
    with pytest.raises(writing.Outdated):
        writing.apply(content=content, actor=MACHINE, seen=seen)
    assert Measure.objects.get().title_de == "Anders"


def test_a_failure_in_the_middle_stores_nothing(monkeypatch: Any) -> None:
    make_measure("VM-91"), make_measure("VM-92")

    def fail(planned: Any, actor: Any) -> None:
        if planned.record.code == "VM-92":
            raise ValidationError("Nein")

    monkeypatch.setattr(writing, "_note", fail)
    with pytest.raises(ValidationError, match="Nein"):
        stored(workbook(Maßnahmen=[["Code", "Titel"], ["VM-91", "Neu"], ["VM-92", "Neu"]]))
    assert not Measure.objects.filter(title_de="Neu").exists()


def test_the_dry_run_asks_as_often_for_thirty_rows_as_for_three() -> None:
    make_plan()

    def queries(rows: int) -> int:
        lines = [["Code", "StEP", "Titel", "Status"], *[[f"VM-{100 + n}", "VM", "T", "geplant"] for n in range(rows)]]
        parts = [["Maßnahme", "Titel"], *[[f"VM-{100 + n}", "E"] for n in range(rows)]]
        content = reading.read(workbook(Maßnahmen=lines, Meilensteine=parts))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            compare(content, MACHINE)
        return len(asked)

    assert queries(3) == queries(30)


def test_a_new_value_answers_the_update_that_was_due() -> None:
    make_indicator("radwege", interval="year", next_update=dt.date(2025, 1, 31))
    data = workbook(Indikatorwerte=[["Indikator", "Datum", "Wert"], ["radwege", "17.05.2024", "12,5"]])
    stored(data)
    due = Indicator.objects.get().next_update
    assert due is not None
    assert due > timezone.localdate()
    assert outcomes(stored(data)) == ["unchanged"]


# --- Out and in again


@pytest.fixture
def awkward() -> None:
    """Texts, numbers and dates that spreadsheets like to change."""
    measure = make_measure(
        "VM-91", title="=1+1", summary="'=x\r\n-y", source_note="'", internal_note="9.1", status="delayed",
        status_reason="@a", baseline_start=dt.date(1066, 10, 14), baseline_cost=Decimal("123456789012.34"),
        goals=[make_goal(3), make_goal(4)], summary_fr="+33", body="nur <b>Text", responsible_unit=make_unit("9"),
    )  # fmt: skip
    make_measure("VM-92", body="x" * 40_000, localities=[make_locality("ort, a")])
    for _twice in range(2):
        Milestone.objects.create(measure=measure, title="Entwurf", due_on=dt.date(2026, 12, 31))
    make_budget(measure, planned=Decimal("0.10"), funder="+EU")
    make_value(make_indicator("a", goals=[make_goal(3)]), 2020, "-123456789012.3456", comment="\tx")


@pytest.mark.usefixtures("awkward")
def test_an_export_imported_again_changes_nothing() -> None:
    data = export.as_workbook(records.all_measures(), records.all_indicators())
    found = tried(data)
    assert told(found) == []
    assert set(outcomes(found)) == {"unchanged"}
    for sheet in SHEETS[1:]:
        found = tried(export.as_csv(sheet, records.all_measures(), records.all_indicators()))
        assert (told(found), set(outcomes(found))) == ([], {"unchanged"})


@pytest.mark.usefixtures("awkward")
def test_no_exported_cell_is_a_formula() -> None:
    text = export.as_csv(BY_KEY["measures"], records.all_measures(), records.all_indicators()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert "'=1+1" in rows[1]
    assert not [cell for row in rows for cell in row if cell.startswith(cells.FORMULA_SIGNS)]


def test_the_template_is_understood_and_explains_itself() -> None:
    content = reading.read(export.template())
    assert [table.sheet for table in content.tables] == list(SHEETS)
    assert [table.unknown for table in content.tables] == [[]] * len(SHEETS)
    assert len(content.ignored) == 1


# --- Whatever a cell holds

ODD = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.sampled_from(["VM-91", "VM-92", "VM", "geplant", "=1+1", "31.12.2026", "1.234,50", "#REF!", "3; 4", "2027", ""]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_random_cells_never_fail_and_never_import_half(data: st.DataObject) -> None:
    make_measure("VM-91") if not Measure.objects.exists() else None
    make_indicator("a") if not Indicator.objects.exists() else None
    sheet = data.draw(st.sampled_from(SHEETS))
    columns = data.draw(st.lists(st.sampled_from(sheet.columns), unique=True, max_size=8))
    columns = [sheet.by_name[key] for key in sheet.keys] + [c for c in columns if c.name not in sheet.keys]
    rows = data.draw(st.lists(st.lists(ODD, min_size=len(columns), max_size=len(columns)), max_size=4))
    lines = [tuple(column.header for column in columns), *map(tuple, rows)]
    table = reading._table(sheet.title, lines)
    if table is None:
        return
    content = reading.Content([table])
    before = _everything()
    found = compare(content, MACHINE)
    assert _everything() == before
    if found.problems:
        with pytest.raises(ValidationError):
            writing.apply(content=content, actor=MACHINE)
        assert _everything() == before
    else:
        writing.apply(content=content, actor=MACHINE, seen=found.digest)
        assert compare(content, MACHINE).to_write == []


def _everything() -> list[Any]:
    return [list(sheet.model._default_manager.order_by("pk").values()) for sheet in SHEETS]


@given(st.binary(max_size=300))
def test_random_bytes_are_refused_in_words(data: bytes) -> None:
    for start in (b"", b"PK", b"Code;Titel\n"):
        try:
            reading.read(start + data)
        except ValidationError:
            continue


# --- Commands


def test_the_commands_export_and_import(tmp_path: Any, capsys: Any) -> None:
    make_measure("VM-91")
    name = str(tmp_path / "a.xlsx")
    call_command("export_measures", name)
    call_command("import_measures", name)
    assert "0 rows stored" in capsys.readouterr().out
    bad = tmp_path / "b.csv"
    bad.write_text("Code;Titel;Status\nVM-91;Neu;vielleicht\n")
    with pytest.raises(CommandError, match="1 places"):
        call_command("import_measures", str(bad))
    bad.write_text("Code;Titel\nVM-91;Neu\n")
    call_command("import_measures", str(bad), "--dry-run")
    assert Measure.objects.get().title_de != "Neu"
    call_command("import_measures", str(bad))
    assert Measure.objects.get().title_de == "Neu"
    with pytest.raises(CommandError):
        call_command("import_measures", str(tmp_path / "gibt-es-nicht.csv"))
