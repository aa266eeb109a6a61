"""Spotting personal data in a text, so that nobody publishes a number or a plate by mistake.

A hint for people, not a proof: phone numbers, e-mail addresses, Luxembourg plates and bank accounts (IBAN with its
check digits). Every pattern has bounded repetitions, so the time grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalData(models.TextChoices):
    IBAN = "iban", _("Bank account")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    PLATE = "plate", _("Number plate")


@dataclass(frozen=True)
class Finding:
    """What was spotted, and where: `text[start:end]`."""

    kind: PersonalData
    start: int
    end: int


_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}(?![A-Za-z0-9])"
)
_PHONE = re.compile(r"(?<![\w+.,/-])(?:\+|00)?(?:\(0\))?\d(?:[ ./-]{0,2}\d){5,14}(?![\w])")
_PLATE = re.compile(r"(?<![\w-])[A-Z]{2}[ -]?\d{4}(?![\w-])")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}")
_DATE = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,4}")
_MOBILE = re.compile(r"6\d{8}")  # numbers of mobile phones in Luxembourg: 621 123 456

# Length of an IBAN by country: Luxembourg, its neighbours and the countries most of its people come from.
_IBAN_LENGTHS = {"LU": 20, "BE": 16, "DE": 22, "FR": 27, "PT": 25, "IT": 27, "ES": 24, "NL": 18, "GB": 22, "CH": 21}
_IBAN_SHORTEST, _IBAN_LONGEST = 15, 34


def find(text: str) -> list[Finding]:
    """Everything spotted in the text, in its order and without overlaps."""
    found: list[Finding] = []
    for finding in (*_ibans(text), *_emails(text), *_phones(text), *_plates(text)):
        if all(finding.end <= other.start or finding.start >= other.end for other in found):
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def segments(text: str) -> list[tuple[str, PersonalData | None]]:
    """The text in pieces, each with what it is, or None; joined they are the text again."""
    pieces: list[tuple[str, PersonalData | None]] = []
    last = 0
    for finding in find(text):
        pieces.append((text[last : finding.start], None))
        pieces.append((text[finding.start : finding.end], finding.kind))
        last = finding.end
    pieces.append((text[last:], None))
    return [(piece, kind) for piece, kind in pieces if piece]


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        yield Finding(PersonalData.EMAIL, *match.span())


def _plates(text: str) -> Iterator[Finding]:
    for match in _PLATE.finditer(text):
        yield Finding(PersonalData.PLATE, *match.span())


def _phones(text: str) -> Iterator[Finding]:
    for match in _PHONE.finditer(text):
        if _is_phone(match.group()):
            yield Finding(PersonalData.PHONE, *match.span())


def _is_phone(written: str) -> bool:
    """Not every row of digits: dates, spans of years and sums of money are left out."""
    digits = "".join(sign for sign in written if sign.isdigit())
    if written.startswith(("+", "00")):
        return 8 <= len(digits) <= 15
    if _MOBILE.fullmatch(digits):
        return True
    if any(pattern.fullmatch(written) for pattern in (_DATE, _YEARS, _THOUSANDS)):
        return False
    return 6 <= len(digits) <= 11


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN_START.finditer(text):
        if end := _iban_end(text, match.start()):
            yield Finding(PersonalData.IBAN, match.start(), end)


def _iban_end(text: str, start: int) -> int | None:
    """Where the IBAN that begins at `start` ends, if its check digits are right."""
    known = _IBAN_LENGTHS.get(text[start : start + 2].upper())
    signs = ""
    position = start
    while position < len(text) and len(signs) < (known or _IBAN_LONGEST):
        sign = text[position]
        if sign.isascii() and sign.isalnum():
            signs += sign.upper()
        elif sign != " " or text[position - 1] == " ":
            break
        position += 1
        if len(signs) == known or (not known and len(signs) >= _IBAN_SHORTEST and _ends_here(text, position)):
            if _checks(signs) and _ends_here(text, position):
                return position
            if known:
                return None
    return None


def _ends_here(text: str, position: int) -> bool:
    return position >= len(text) or not (text[position].isascii() and text[position].isalnum())


def _checks(iban: str) -> bool:
    """ISO 7064: the first four signs at the end, letters as numbers from 10, modulo 97 gives 1."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
