"""What is taken along says the same numbers as the roll-up, in the reader's language, with its stamp."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from accounts.models import AuditEntry
from common.spreadsheet import safe_cell
from konzeptplan.edition import Edition, edition
from konzeptplan.exports.formats import FORMATS
from konzeptplan.figures import Audience
from step.models import BudgetLine, Measure, Milestone, Status, Visibility
from tests.factories.council import make_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
POINT = {"type": "Point", "coordinates": [5.8902, 49.5234]}
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def lively() -> Edition:
    """Real content with one of each edge case on top; the public edition of today."""
    Measure.objects.filter(code="VM-01").update(visibility=Visibility.INTERNAL, title_de="Geheimes Vorhaben")
    Measure.objects.filter(code="VM-02").update(visibility=Visibility.DRAFT)
    Measure.objects.filter(code="VM-03").update(status=Status.WITHDRAWN, status_reason_de="Grund")
    Measure.objects.filter(code="KN-01").update(
        status=Status.DELAYED,
        status_reason_de="Kein Angebot #strong[x] $x$",
        unblocked_by_de="Ein Angebot",
        must_act_de="Der Einkauf",
        forecast_end=dt.date(2027, 5, 30),
    )
    Measure.objects.filter(code="KN-02").update(title_de=FORMULA, geometry=POINT)
    kn = Measure.objects.get(code="KN-01")
    BudgetLine.objects.create(measure=kn, year=2027, planned=Decimal("123456.50"), spent=Decimal(0))
    Milestone.objects.create(measure=kn, title="Entwurf", due_on=dt.date(2026, 9, 1))
    return edition(timezone.localdate(), Audience.PUBLIC)


def fetch(client: Client, name: str, query: str = "", place: str = "konzeptplan") -> bytes:
    response = client.get(f"/de/{place}/exporte/{name}{query}")
    assert response.status_code == 200
    return response.content


def words(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(body)).pages)


def test_the_workbook_has_real_numbers_and_days(client: Client, lively: Edition) -> None:
    book = load_workbook(BytesIO(fetch(client, "tabellen.xlsx")))
    assert len(book.sheetnames) == 5
    measures, budget, milestones, voices, gaps = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    rows = {row[0]: row for row in measures[4:]}
    assert sorted(rows) == sorted(row.code for row in lively.measures)
    counted = [row for row in rows.values() if row[7] == gettext("yes")]
    assert len(counted) == lively.plan.total.count
    assert rows["KN-01"][13] == dt.datetime(2027, 5, 30)
    assert rows["KN-01"][15] == 123456.5
    assert rows["KN-01"][17] == 0
    assert rows["KN-02"][15] is None
    assert [row[2:] for row in budget[4:]] == [(2027, 123456.5, None, 0)]
    assert [(row[0], row[3]) for row in milestones[4:]] == [("KN-01", dt.datetime(2026, 9, 1))]
    everything = lively.plan.voices.all
    assert voices[-1][1:] == (everything.received, everything.answered, everything.unanswered)
    assert len(gaps) - 4 == sum(gap.count for gap in lively.plan.gaps)


def test_no_cell_of_a_spreadsheet_is_a_formula(client: Client, lively: Edition) -> None:
    book = load_workbook(BytesIO(fetch(client, "tabellen.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert "'" + FORMULA in {cell.value for cell in cells}
    text = fetch(client, "massnahmen.csv").decode("utf-8-sig")
    assert {row[1] for row in csv.reader(StringIO(text)) if row[0] == "KN-02"} == {"'" + FORMULA}


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_texts_that_begin_like_a_formula_get_an_apostrophe(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("value", [-1, 1.5, None, "1=1", "", dt.date(2026, 1, 1), Decimal("-3")])
def test_other_values_stay_as_they_are(value: Any) -> None:
    assert safe_cell(value) == value


def test_the_csv_has_a_row_per_measure_and_its_stamp(client: Client, lively: Edition) -> None:
    body = fetch(client, "massnahmen.csv")
    assert body.startswith("\ufeff".encode())
    head, *rows = csv.reader(StringIO(body.decode("utf-8-sig")))
    assert len(head) == len(set(head))
    assert [row[0] for row in rows] == [row.code for row in lively.measures]
    delayed = next(row for row in rows if row[0] == "KN-01")
    assert "2027-05-30" in delayed
    assert "123456.50" in delayed
    assert delayed[-3:] == [timezone.localdate().isoformat(), "live", gettext("no")]


def test_the_geojson_has_the_counting_measures_with_a_place(client: Client, lively: Edition) -> None:
    found = json.loads(fetch(client, "massnahmen.geojson"))
    codes = [feature["properties"]["code"] for feature in found["features"]]
    counting = {row.code for row in lively.counting}
    assert "KN-02" in codes
    assert set(codes) == {place.code for place in lively.places} & counting
    assert found["measures_in_all"] == lively.plan.total.count
    feature = next(f for f in found["features"] if f["id"] == "KN-02")
    assert feature["geometry"] == POINT


@pytest.mark.parametrize("name", ["blatt.pdf", "bericht.pdf"])
def test_the_pdf_says_the_numbers_of_the_rollup(client: Client, lively: Edition, name: str) -> None:
    text = words(fetch(client, name))
    plan = lively.plan
    for row in plan.matrix.rows:
        cells = " ".join(str(cell.count) for cell in (*row.cells, row.total))
        assert f"{row.plan.name} {cells}" in text
    totals = " ".join(str(cell.count) for cell in (*plan.matrix.totals, plan.matrix.total))
    assert totals in text
    for gap in plan.gaps:
        assert f"{gap.count} von {gap.of}" in text or f"{gap.count} of {gap.of}" in text
    assert "Kein Angebot #strong[x] $x$" in text  # what people write is text, never Typst
    assert "123.457 €" in text or "123.456 €" in text


@pytest.mark.parametrize(("name", "pages"), [("blatt.pdf", 1), ("bericht.pdf", None)])
def test_the_pdf_is_tagged_and_accessible(client: Client, lively: Edition, name: str, pages: int | None) -> None:
    """The marks of PDF/UA-1 that can be read from outside; Typst itself refuses to write what breaks the standard."""
    reader = PdfReader(BytesIO(fetch(client, name)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Konzeptplan StEP 2030"
    assert pages is None or len(reader.pages) == pages
    kinds = structure(root["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TH", "/TD"} <= kinds


def structure(node: Any) -> set[str]:
    found, stack = set(), [node]
    while stack:
        item = stack.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, dict):
            found.add(str(item.get("/S", "")))
            stack.append(item.get("/K"))
        elif isinstance(item, list):
            stack.extend(item)
    return found


def test_the_sheet_stays_on_one_page_however_much_deviates(client: Client) -> None:
    long = "Ein sehr langer Grund, der nicht enden will. " * 8
    Measure.objects.update(
        status=Status.DELAYED, status_reason_de=long, unblocked_by_de="Ein Angebot", must_act_de="Der Einkauf"
    )
    assert len(PdfReader(BytesIO(fetch(client, "blatt.pdf"))).pages) == 1


def test_the_slides_have_one_per_step_with_titles_and_texts_for_charts(client: Client, lively: Edition) -> None:
    slides = list(Presentation(BytesIO(fetch(client, "folien.pptx"))).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    for row in lively.plan.matrix.rows:
        assert titles.count(row.plan.name) == 1
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert charts
    texts = [chart._element.nvGraphicFramePr.cNvPr.get("descr") for chart in charts]
    assert all(texts)
    by_plan = ", ".join(f"{row.plan.name} {row.total.count}" for row in lively.plan.matrix.rows)
    assert texts[0].endswith(by_plan)


@pytest.mark.parametrize("name", FORMATS)
def test_internal_measures_are_in_the_councils_files_only(
    as_role: Callable[..., Client], lively: Edition, name: str
) -> None:
    council = as_role("council")
    assert b"Geheimes" not in fetch(council, name)
    assert council.get(f"/de/konzeptplan/rat/exporte/{name}").status_code == 200
    assert as_role("citizen").get(f"/de/konzeptplan/rat/exporte/{name}").status_code == 403
    assert as_role(None).get(f"/de/konzeptplan/rat/exporte/{name}").status_code == 302


def test_the_councils_csv_holds_internal_measures_and_is_written_to_the_trail(
    as_role: Callable[..., Client], lively: Edition
) -> None:
    body = fetch(as_role("council"), "massnahmen.csv", place="konzeptplan/rat").decode()
    assert "Geheimes" in body
    entry = AuditEntry.objects.get(action="konzeptplan.export")
    assert entry.after == {"format": "massnahmen.csv", "source": "live", "as_of": timezone.localdate().isoformat()}
    assert entry.actor is not None
    fetch(as_role(None), "massnahmen.csv")
    assert AuditEntry.objects.filter(action="konzeptplan.export").count() == 1


def test_a_file_of_a_snapshot_has_its_numbers_and_its_name(client: Client) -> None:
    snapshot = make_snapshot()
    total = Measure.objects.filter(visibility=Visibility.PUBLIC).count()
    Measure.objects.filter(code="VM-04").update(status=Status.WITHDRAWN, status_reason_de="Grund")
    response = client.get(f"/de/konzeptplan/exporte/blatt.pdf?stand={snapshot.pk}")
    assert snapshot.short_id in response["Content-Disposition"]
    text = words(response.content)
    assert snapshot.short_id in text
    assert f"{total} Maßnahmen" in text


@pytest.mark.parametrize("stand", ["abc", "0", "99999999999999", "-1", "²"])
def test_a_snapshot_that_is_not_there_is_not_found(client: Client, stand: str) -> None:
    assert client.get("/de/konzeptplan/exporte/blatt.pdf", {"stand": stand}).status_code == 404
    assert client.get("/de/konzeptplan/exporte/", {"stand": stand}).status_code == 404


@override_settings(SAMPLE_DATA=True)
@pytest.mark.parametrize("name", FORMATS)
def test_every_file_of_sample_data_says_so(client: Client, name: str) -> None:
    response = client.get(f"/en/konzeptplan/exporte/{name}")
    assert "beispiel" in response["Content-Disposition"]
    said = {
        "pdf": lambda body: "Sample data" in words(body),
        "xlsx": lambda body: all("Sample data" in sheet["A2"].value for sheet in load_workbook(BytesIO(body))),
        "pptx": lambda body: all(
            any(s.has_text_frame and "Sample data" in s.text_frame.text for s in slide.shapes)
            for slide in Presentation(BytesIO(body)).slides
        ),
        "csv": lambda body: all(row[-1] == "yes" for row in list(csv.reader(StringIO(body.decode())))[1:]),
        "geojson": lambda body: json.loads(body)["is_sample"] is True,
    }
    assert said[name.rpartition(".")[2]](response.content)


def test_a_file_speaks_the_readers_language(client: Client) -> None:
    assert "Stand live" not in words(client.get("/fr/konzeptplan/exporte/blatt.pdf").content)
    reader = PdfReader(BytesIO(client.get("/fr/konzeptplan/exporte/blatt.pdf").content))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
