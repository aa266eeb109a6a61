"""The guideline for tests: every value is fixed or counted, none is random."""

from itertools import count
from typing import Any

from leitbild.models import (
    ActionField,
    ActionFieldItem,
    BrandStatement,
    Chapter,
    GlossaryTerm,
    Goal,
    Guideline,
    Instrument,
    LeipzigPrinciple,
    OrganisationUnit,
    Pillar,
    Reference,
    Sdg,
    Theme,
)

_numbers = count(1)


def make_chapter(number: str = "08.3", **fields: Any) -> Chapter:
    defaults = {"title": f"Kapitel {number}", "body": "<p>Was das Kapitel sagt.</p>", **fields}
    return Chapter.objects.get_or_create(number=number, defaults=defaults)[0]


def make_goal(number: int = 1, **fields: Any) -> Goal:
    defaults = {"slug": f"ziel-{number}", "title": f"Ziel Nummer {number}", "chapter": make_chapter(), **fields}
    return Goal.objects.get_or_create(number=number, defaults=defaults)[0]


def make_guideline(goal: Goal, text: str = "Eine Richtung.", **fields: Any) -> Guideline:
    return Guideline.objects.create(goal=goal, position=next(_numbers), text=text, chapter=make_chapter(), **fields)


def make_pillar(code: str = "social") -> Pillar:
    defaults = {"name": f"Säule {code}", "description": "Trägt.", "chapter": make_chapter("03.2")}
    return Pillar.objects.get_or_create(code=code, defaults=defaults)[0]


def make_theme(letter: str = "A") -> Theme:
    defaults = {"title": f"Thema {letter}", "body": "<p>Fordert.</p>", "chapter": make_chapter("08.2")}
    return Theme.objects.get_or_create(letter=letter, defaults=defaults)[0]


def make_action_field(letter: str = "A", items: int = 1) -> ActionField:
    defaults = {"title": f"Feld {letter}", "chapter": make_chapter("04.2")}
    field = ActionField.objects.get_or_create(letter=letter, defaults=defaults)[0]
    for _item in range(items):
        ActionFieldItem.objects.create(field=field, position=next(_numbers), text="Eine Aufgabe")
    return field


def make_sdg(number: int = 11, colour: str = "#FD9D24") -> Sdg:
    return Sdg.objects.get_or_create(number=number, defaults={"name": f"Ziel der UN {number}", "colour": colour})[0]


def make_term(term: str = "Leitbild", **fields: Any) -> GlossaryTerm:
    values = {"slug": f"begriff-{next(_numbers)}", "definition": f"Was {term} heißt.", **fields}
    return GlossaryTerm.objects.create(term=term, **values)


def make_reference(number: int = 1, **fields: Any) -> Reference:
    values = {"citation": f"Quelle {number}", "chapter": make_chapter("01"), **fields}
    return Reference.objects.create(number=number, **values)


def make_instrument(code: str = "PAG", **fields: Any) -> Instrument:
    values = {
        "slug": code.lower().replace(" ", "-"),
        "level": Instrument.Level.MUNICIPAL,
        "name": f"Plan {code}",
        "official_name": f"Plan {code}",
        "legal_base": "Gesetz vom 19. Juli 2004",
        "force": "Bindet alle.",
        "description": "Ordnet die Nutzung.",
        "chapter": make_chapter("05"),
        **fields,
    }
    return Instrument.objects.create(code=code, **values)


def make_statement(question: str = "are", text: str = "Eine wachsende Stadt.") -> BrandStatement:
    slug = f"aussage-{next(_numbers)}"
    return BrandStatement.objects.create(slug=slug, question=question, text=text, chapter=make_chapter("06.1"))


def make_principle(kind: str = "dimension", title: str = "Gerechte Stadt") -> LeipzigPrinciple:
    values = {"slug": f"prinzip-{next(_numbers)}", "description": "Für alle.", "chapter": make_chapter("03")}
    return LeipzigPrinciple.objects.create(kind=kind, title=title, **values)


def make_unit(name: str = "Amt", **fields: Any) -> OrganisationUnit:
    values = {"slug": f"stelle-{next(_numbers)}", "kind": "office", "chapter": make_chapter("10"), **fields}
    return OrganisationUnit.objects.create(name=name, **values)
