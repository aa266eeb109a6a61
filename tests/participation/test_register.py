"""The public register: filtered by the address, the same rows in every file, nothing that the reader may not see."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from participation.models import Point, Publication, Result
from tests.factories.loops import make_answer, make_dialogue, make_loop, make_voice
from tests.factories.step import make_measure, make_plan, make_unit

pytestmark = pytest.mark.django_db
PAGE = "/de/dialog/register/"
FILE = "/de/dialog/register/datei."


def listed(client: Client, query: str = "") -> list[str]:
    return [point.text for point in client.get(PAGE + query).context["page_obj"]]


def rows_of_csv(client: Client, query: str = "") -> list[list[str]]:
    content = b"".join(client.get(f"{FILE}csv{query}")).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(content)))


def test_it_shows_what_is_answered_and_counts_what_is_not(client: Client) -> None:
    loop = make_loop()
    make_answer(make_voice(loop, text="Bänke"))
    make_voice(loop, text="Noch offen")
    assert listed(client) == ["Bänke"]
    assert client.get(PAGE).context["open_count"] == 1


@pytest.mark.parametrize(
    "query",
    ["?dialogue=platz", "?result=rejected", "?unit=werke", "?plan=kn", "?measure=KN-77", "?q=bänke", "?q=zu+teuer"],
)
def test_every_filter_finds_the_point_and_leaves_the_other_out(client: Client, query: str) -> None:
    make_answer(make_voice(make_loop(), text="Der Bus"))
    measure = make_measure("KN-77", lead_plan=make_plan("KN"))
    voice = make_voice(make_loop(make_dialogue("platz")), text="Bänke")
    make_answer(voice, result=Result.REJECTED, unit=make_unit("werke"), measure=measure, reason="Das ist zu teuer.")
    assert listed(client, query) == ["Bänke"]
    assert [row[2] for row in rows_of_csv(client, query)[1:]] == ["Bänke"]


@pytest.mark.parametrize(
    "query", ["?result=x", "?dialogue=x", "?plan=zz", "?measure=x", "?page=99", "?q=%00", "?unit=7"]
)
def test_a_filter_that_nobody_understands_ends_in_no_error(client: Client, query: str) -> None:
    client.checks = "%00" not in query  # type: ignore[attr-defined]  # the form shows the bad sign again
    make_answer(make_voice(make_loop()))
    for address in (PAGE, f"{FILE}csv", f"{FILE}xlsx", f"{FILE}pdf"):
        assert client.get(address + query).status_code == 200


@pytest.mark.parametrize("status", [Publication.HIDDEN, Publication.WITHDRAWN, Publication.WAITING])
def test_what_is_not_published_is_in_no_format(client: Client, status: Publication) -> None:
    voice = make_voice(make_loop(), text="Geheimnis")
    make_answer(voice)
    type(voice).objects.filter(pk=voice.pk).update(status=status)
    assert listed(client) == []
    assert len(rows_of_csv(client)) == 1
    assert "Geheimnis" not in text_of_pdf(client)


def test_a_dialogue_that_is_not_public_is_not_in_the_register(client: Client) -> None:
    make_answer(make_voice(make_loop(make_dialogue("geheim", is_public=False)), text="Geheimnis"))
    assert listed(client) == []
    assert "geheim" not in client.get(PAGE).content.decode().casefold()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula_in_a_spreadsheet(client: Client, sign: str) -> None:
    make_answer(make_voice(make_loop(), text=f"{sign}HYPERLINK(1)"), reason=f"{sign}1+1")
    _head, row = rows_of_csv(client)
    assert row[2].startswith(f"'{sign}")
    assert row[5].startswith(f"'{sign}")
    sheet: Any = load_workbook(io.BytesIO(client.get(f"{FILE}xlsx").content)).active
    cells = [cell for cells in sheet.iter_rows(min_row=2) for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
    assert str(sheet.cell(2, 3).value).startswith("'")


def text_of_pdf(client: Client, query: str = "") -> str:
    reader = PdfReader(io.BytesIO(client.get(f"{FILE}pdf{query}").content))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_pdf_is_tagged_speaks_the_language_of_the_page_and_runs_no_markup(client: Client) -> None:
    hostile = "#panic() $x$ *fett* <label> @ref \\ `raw` // nichts"
    make_answer(make_voice(make_loop(), text=hostile), reason='#import "x": y\n= Titel')
    answer = client.get("/fr/dialog/register/datei.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    text = text_of_pdf(client)
    for piece in ("#panic()", "*fett*", "#import"):
        assert piece in text


def test_the_pdf_of_an_empty_register_is_a_document_too(client: Client) -> None:
    assert PdfReader(io.BytesIO(client.get(f"{FILE}pdf").content)).pages


def test_an_unknown_format_leaves_no_trace(client: Client) -> None:
    assert client.get(f"{FILE}exe").status_code == 404


def test_fetching_files_over_and_over_is_slowed_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("participation.views.register.EXPORTS_PER_HOUR", 2)
    assert [client.get(f"{FILE}csv").status_code for _n in range(3)] == [200, 200, 429]


def test_many_answers_come_in_pages(client: Client) -> None:
    loop = make_loop()
    make_answer(*(make_voice(loop) for _n in range(25)))
    assert len(listed(client)) == 20
    assert len(listed(client, "?page=2")) == 5
    assert len(rows_of_csv(client)) == 1 + Point.objects.count()
