"""Merging loses nothing: each original keeps its page, its author is told, and it can be taken back."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import OutboxMail, User
from accounts.roles import Role
from participation import services
from participation.duplicates import candidates
from participation.models import Contribution, Loop, Publication, Result
from step.models import Measure
from tests.factories.loops import make_answer, make_loop, make_voice
from tests.factories.step import make_measure, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def loop() -> Loop:
    return make_loop()


def test_each_original_keeps_its_page_which_shows_where_it_went(client: Client, planner: User, loop: Loop) -> None:
    target, one, two = (make_voice(loop, text=f"Bänke im Schatten {n}", email="ana@example.lu") for n in range(3))
    services.merge(originals=[one, two], into=target, by=planner)
    for original in (one, two):
        page = client.get(original.get_absolute_url()).content.decode()
        assert original.text in page
        assert target.get_absolute_url() in page
    page = client.get(target.get_absolute_url()).content.decode()
    assert one.get_absolute_url() in page
    assert two.get_absolute_url() in page
    assert OutboxMail.objects.filter(key__startswith="merged:").count() == 2


def test_one_answer_treats_the_originals_and_their_authors_hear_of_it(
    client: Client,
    planner: User,
    loop: Loop,
    mailoutbox: list,
    django_capture_on_commit_callbacks: Callable,  # type: ignore[type-arg]
) -> None:
    target, original = make_voice(loop, email="ana@example.lu"), make_voice(loop, email="bruno@example.lu")
    services.merge(originals=[original], into=target, by=planner)
    assert set(Contribution.objects.untreated()) == {target, original}
    with django_capture_on_commit_callbacks(execute=True):
        services.answer(contribution=target, by=planner, result=Result.ADOPTED, reason="Kommt.", unit=make_unit())
    assert set(Contribution.objects.treated()) == {target, original}
    assert {mail.to[0] for mail in mailoutbox} == {"ana@example.lu", "bruno@example.lu"}
    assert "Kommt." in client.get(original.get_absolute_url()).content.decode()


def test_a_merged_contribution_counts_as_having_changed_the_measure(planner: User, loop: Loop) -> None:
    target, original = make_voice(loop), make_voice(loop)
    services.merge(originals=[original], into=target, by=planner)
    measure = make_measure()
    make_answer(target, measure=measure)
    assert set(Contribution.objects.that_changed(Measure.objects.all())) == {target, original}
    Contribution.objects.filter(pk=target.pk).update(status=Publication.HIDDEN)
    assert not Contribution.objects.published().that_changed(Measure.objects.all()).exists()
    assert list(Contribution.objects.untreated()) == [original]


def test_merging_is_taken_back_and_the_author_is_told(planner: User, loop: Loop) -> None:
    target, original = make_voice(loop), make_voice(loop, email="ana@example.lu")
    services.merge(originals=[original], into=target, by=planner)
    services.unmerge(original=original, by=planner)
    original.refresh_from_db()
    assert original.merged_into is None
    assert OutboxMail.objects.filter(key__startswith="unmerged:").count() == 1
    with pytest.raises(ValidationError):
        services.unmerge(original=original, by=planner)


def answered(loop: Loop) -> Contribution:
    voice = make_voice(loop)
    make_answer(voice)
    return voice


@pytest.mark.parametrize(
    "original",
    [
        lambda loop: make_voice(make_loop()),
        lambda loop: make_voice(measure=make_measure()),
        lambda loop: make_voice(loop, status=Publication.HIDDEN),
        lambda loop: make_voice(loop, status=Publication.WAITING),
        lambda loop: make_voice(loop, merged_into=make_voice(loop)),
        lambda loop: make_voice(loop, merged_into=make_voice(loop)).merged_into,
        answered,
    ],
    ids=["another loop", "a measure", "hidden", "waiting", "merged", "a target", "answered"],
)
def test_what_cannot_be_merged_is_refused_with_the_reason(
    planner: User, loop: Loop, original: Callable[[Loop], Contribution]
) -> None:
    target = make_voice(loop)
    found = original(loop)
    before = found.merged_into_id
    with pytest.raises(ValidationError) as refused:
        services.merge(originals=[found], into=target, by=planner)
    assert refused.value.messages
    found.refresh_from_db()
    assert found.merged_into_id == before


def test_nothing_is_merged_into_itself(planner: User, loop: Loop) -> None:
    voice = make_voice(loop)
    with pytest.raises(ValidationError):
        services.merge(originals=[voice], into=voice, by=planner)


def test_a_citizen_cannot_merge(citizen: User, loop: Loop) -> None:
    with pytest.raises(PermissionDenied):
        services.merge(originals=[make_voice(loop)], into=make_voice(loop), by=citizen)


def test_a_merged_contribution_is_not_answered_on_its_own(planner: User, loop: Loop) -> None:
    target, original = make_voice(loop), make_voice(loop)
    services.merge(originals=[original], into=target, by=planner)
    original.refresh_from_db()
    with pytest.raises(ValidationError):
        services.answer(contribution=original, by=planner, result=Result.ADOPTED, reason="Ja.", unit=make_unit())


def test_the_page_offers_the_most_alike_first_and_merges_the_chosen(as_role: Callable[..., Client], loop: Loop) -> None:
    target = make_voice(loop, text="Bänke im Schatten für ältere Menschen")
    other = make_voice(loop, text="Der Bus soll später fahren")
    alike = make_voice(loop, text="Mehr Bänke im Schatten für ältere Leute")
    assert candidates(target, Contribution.objects.all()) == [alike, other]
    assert candidates(target, Contribution.objects.all(), "bus") == [other]
    client = as_role(Role.MODERATOR)
    address = f"/de/dialog/beitrag/{target.pk}/zusammenfuehren/"
    assert client.post(address, {"original": [alike.pk, "x", "9" * 30]}).status_code == 302
    alike.refresh_from_db()
    assert alike.merged_into == target
    assert client.post(address, {}).status_code == 200  # nothing chosen: asked again
    client.post(f"/de/dialog/beitrag/{alike.pk}/trennen/")
    alike.refresh_from_db()
    assert alike.merged_into is None
