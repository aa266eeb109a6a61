"""Links between measures: what needs what first, and what replaces what, never in a circle."""

import pytest
from django.core.exceptions import ValidationError

from step.models import MeasureLink
from step.models.links import find_way
from tests.factories.step import make_measure

Kind = MeasureLink.Kind


@pytest.mark.parametrize(
    ("edges", "way"),
    [
        ([], []),
        ([(1, 2)], [1, 2]),
        ([(2, 1)], []),
        ([(1, 3), (3, 2), (1, 4), (4, 5), (5, 2)], [1, 3, 2]),  # the shortest
        ([(1, 3), (3, 1)], []),  # a circle elsewhere does not trap the search
    ],
)
def test_the_way_from_one_to_two(edges: list[tuple[int, int]], way: list[int]) -> None:
    assert find_way(edges, 1, 2) == way


@pytest.mark.parametrize("kind", MeasureLink.ONE_WAY)
@pytest.mark.django_db
def test_a_link_that_closes_a_circle_is_refused_and_the_circle_named(kind: Kind) -> None:
    first, second, third = (make_measure(code) for code in ("VM-91", "VM-92", "VM-93"))
    MeasureLink.objects.create(source=first, kind=kind, target=second)
    MeasureLink.objects.create(source=second, kind=kind, target=third)
    with pytest.raises(ValidationError) as error:
        MeasureLink(source=third, kind=kind, target=first).full_clean()
    assert "VM-93 → VM-91 → VM-92 → VM-93" in str(error.value)


@pytest.mark.django_db
def test_an_existing_link_is_no_circle_with_itself_and_can_be_turned() -> None:
    link = MeasureLink.objects.create(source=make_measure(), kind=Kind.PREREQUISITE, target=make_measure())
    link.full_clean()
    link.source, link.target = link.target, link.source
    link.full_clean()


@pytest.mark.django_db
def test_two_kinds_do_not_close_a_circle_together_and_synergies_may_go_both_ways() -> None:
    first, second = make_measure(), make_measure()
    MeasureLink.objects.create(source=first, kind=Kind.PREREQUISITE, target=second)
    MeasureLink(source=second, kind=Kind.SUPERSEDED_BY, target=first).full_clean()
    MeasureLink.objects.create(source=first, kind=Kind.SYNERGY, target=second)
    MeasureLink(source=second, kind=Kind.SYNERGY, target=first).full_clean()
