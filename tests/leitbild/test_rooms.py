"""The small rules behind the pages: alphabet, organisation tree, colours, order of chapters."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from leitbild.colours import ink_on, stylesheet
from leitbild.glossary import alphabet, contrasts
from leitbild.models import Chapter, GlossaryTerm, OrganisationUnit, Sdg
from leitbild.organisation import Node, tree
from tests.factories.leitbild import make_chapter, make_term, make_unit


def outline(nodes: list[Node]) -> list[object]:
    return [(node.unit.name, outline(node.below)) for node in nodes]


def test_the_alphabet_does_not_mind_accents_and_case() -> None:
    terms = [
        GlossaryTerm(slug=term, term=term) for term in ("Zone", "ökologie", "École", "PAG", "öffentlich", "30 Tage")
    ]
    letters = [(letter.name, [term.term for term in letter.terms]) for letter in alphabet(terms)]
    assert letters == [
        ("#", ["30 Tage"]),
        ("E", ["École"]),
        ("O", ["öffentlich", "ökologie"]),
        ("P", ["PAG"]),
        ("Z", ["Zone"]),
    ]


@pytest.mark.django_db
def test_terms_that_point_at_each_other_are_one_pair() -> None:
    marketing = make_term("Marketing")
    management = make_term("Management", differs_from=marketing)
    marketing.differs_from = management
    marketing.save()
    make_term("Leitbild")
    assert contrasts(GlossaryTerm.objects.all()) == [(management, marketing)]


@pytest.mark.django_db
def test_a_term_is_also_given_in_the_other_languages() -> None:
    term = make_term("Maßnahme", term_fr="mesure", term_lb="Mesure")
    with translation.override("fr"):
        assert term.other_names == [("de", "Maßnahme"), ("lb", "Mesure")]


@pytest.mark.django_db
def test_units_stand_under_the_one_that_coordinates_them() -> None:
    office = make_unit("Amt", position=1)
    economy = make_unit("Wirtschaft", position=2, coordinated_by=office)
    make_unit("Handel", position=3, coordinated_by=economy)
    make_unit("Staat", position=4)
    assert outline(tree(OrganisationUnit.objects.all())) == [
        ("Amt", [("Wirtschaft", [("Handel", [])])]),
        ("Staat", []),
    ]


@pytest.mark.django_db
def test_a_circle_of_units_is_refused_and_yet_shown_once_each() -> None:
    one = make_unit("Eins", position=1)
    two = make_unit("Zwei", position=2, coordinated_by=one)
    one.coordinated_by = two
    with pytest.raises(ValidationError, match="coordinated_by"):
        one.full_clean()
    one.save()
    assert outline(tree(OrganisationUnit.objects.all())) == [("Eins", [("Zwei", [])])]


@pytest.mark.parametrize(("colour", "ink"), [("#FCC30B", "#000"), ("#19486A", "#fff"), ("#FFFFFF", "#000")])
def test_text_on_a_colour_is_black_or_white_whichever_reads_better(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_a_colour_that_is_none_never_reaches_the_stylesheet() -> None:
    assert stylesheet([Sdg(number=1, colour="red}"), Sdg(number=2, colour="#12345}")]) == "\n"


@pytest.mark.django_db
def test_chapters_follow_each_other_as_printed() -> None:
    for number in ("10", "09.2", "09", "09.1"):
        make_chapter(number)
    section = Chapter.objects.get(number="09.1")
    assert str(Chapter.objects.before(section)).startswith("09 ")
    assert str(Chapter.objects.after(section)).startswith("09.2 ")
    assert Chapter.objects.after(Chapter.objects.get(number="10")) is None
