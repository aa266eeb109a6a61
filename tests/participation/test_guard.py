"""A loop with something untreated refuses to close, whichever way it is tried, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from participation import guard
from participation.models import Appeal, Loop, ModerationDecision, Point, Publication
from participation.services import close_loop, merge
from tests.factories.loops import make_answer, make_loop, make_voice

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def through_the_service(loop: Loop, planner: User, office: Client) -> None:
    close_loop(loop=loop, by=planner, summary="Alles gesagt.")


def through_the_form(loop: Loop, planner: User, office: Client) -> None:
    office.post(f"/de/dialog/runde/{loop.pk}/abschliessen/", {"summary": "Alles gesagt."})


def through_the_administration(loop: Loop, planner: User, office: Client) -> None:
    """The desk has no field for it; a hand-made request that sends one changes nothing."""
    data = {"dialogue": loop.dialogue_id, "position": 1, "phase_de": "Neu", "summary_de": "Alles gesagt."}
    dates = {name: getattr(loop, name) for name in ("invite_from", "participate_from", "feedback_from", "ends_on")}
    closed = {"closed_at_0": "2026-11-01", "closed_at_1": "10:00", "closed_at": "2026-11-01 10:00"}
    answer = office.post(f"/admin/participation/loop/{loop.pk}/change/", {**data, **dates, **closed})
    assert answer.status_code == 302


def through_save(loop: Loop, planner: User, office: Client) -> None:
    loop.summary, loop.closed_at = "Alles gesagt.", NOW
    loop.save()


def through_update(loop: Loop, planner: User, office: Client) -> None:
    Loop.objects.filter(pk=loop.pk).update(closed_at=NOW, summary="Alles gesagt.", summary_de="Alles gesagt.")


def through_bulk_update(loop: Loop, planner: User, office: Client) -> None:
    loop.summary, loop.summary_de, loop.closed_at = "Alles gesagt.", "Alles gesagt.", NOW
    Loop.objects.bulk_update([loop], ["summary", "summary_de", "closed_at"])


def through_sql(loop: Loop, planner: User, office: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participation_loop SET closed_at = %s, summary_de = %s WHERE id = %s", [NOW, "Gesagt.", loop.pk]
        )


WAYS = [
    through_the_service,
    through_the_form,
    through_the_administration,
    through_save,
    through_update,
    through_bulk_update,
    through_sql,
]
CLOSING_WAYS = [way for way in WAYS if way is not through_the_administration]
Way = Callable[[Loop, User, Client], None]


def nothing_said(loop: Loop) -> None:
    """A contribution without any point."""
    make_voice(loop)


def one_of_two_points(loop: Loop) -> None:
    voice = make_voice(loop)
    make_answer(voice)
    Point.objects.create(contribution=voice, position=2, text="Und Bänke.")


def waiting(loop: Loop) -> None:
    make_voice(loop, status=Publication.WAITING)


def open_appeal(loop: Loop) -> None:
    voice = make_voice(loop, status=Publication.HIDDEN)
    decision = ModerationDecision.objects.create(contribution=voice, action="hide", reason="Name")
    Appeal.objects.create(decision=decision, text="Es war kein Name.")


def merged_into_the_unanswered(loop: Loop) -> None:
    target = make_voice(make_loop())  # in another loop, so that only the original stands in the way
    make_voice(loop, merged_into=target)


def merged_into_the_hidden(loop: Loop) -> None:
    target = make_voice(loop)
    make_answer(target)
    make_voice(loop, merged_into=target)
    type(target).objects.filter(pk=target.pk).update(status=Publication.HIDDEN)


OBSTACLES = [
    nothing_said,
    one_of_two_points,
    waiting,
    open_appeal,
    merged_into_the_unanswered,
    merged_into_the_hidden,
]


@pytest.mark.parametrize("obstacle", OBSTACLES, ids=lambda obstacle: obstacle.__name__)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_loop_with_something_untreated_stays_open(
    way: Way, obstacle: Callable[[Loop], None], planner: User, as_role: Callable[..., Client]
) -> None:
    loop = make_loop()
    make_answer(make_voice(loop))
    obstacle(loop)
    try:
        with transaction.atomic():
            way(loop, planner, as_role(Role.PLANNER))
    except (IntegrityError, ValidationError):
        pass
    else:
        assert way in (through_the_form, through_the_administration), "refused silently"
    assert Loop.objects.get(pk=loop.pk).closed_at is None


@pytest.mark.parametrize("way", CLOSING_WAYS, ids=lambda way: way.__name__)
def test_a_loop_closes_when_everything_has_its_answer(way: Way, planner: User, as_role: Callable[..., Client]) -> None:
    loop = make_loop()
    target = make_voice(loop)
    original = make_voice(loop)
    merge(originals=[original], into=target, by=planner)
    make_answer(target, make_voice(loop))
    make_voice(loop, status=Publication.WITHDRAWN)
    make_voice(loop, status=Publication.HIDDEN)
    way(loop, planner, as_role(Role.PLANNER))
    assert Loop.objects.get(pk=loop.pk).closed_at is not None


@pytest.mark.parametrize("summary", ["", "  "])
def test_a_loop_without_a_summary_stays_open(summary: str) -> None:
    loop = make_loop()
    for way in (through_save_without, through_update_without):
        with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
            way(loop, summary)
    assert Loop.objects.get(pk=loop.pk).closed_at is None


def through_save_without(loop: Loop, summary: str) -> None:
    loop.summary, loop.closed_at = summary, NOW
    loop.save()


def through_update_without(loop: Loop, summary: str) -> None:
    Loop.objects.filter(pk=loop.pk).update(closed_at=NOW, summary=summary, summary_de=summary)


def test_a_summary_in_any_of_the_languages_is_enough_for_the_database() -> None:
    loop = make_loop()
    Loop.objects.filter(pk=loop.pk).update(closed_at=NOW, summary_fr="Tout est dit.")
    assert Loop.objects.get(pk=loop.pk).closed_at is not None


def test_a_loop_cannot_be_born_closed_without_a_summary() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Loop.objects.bulk_create([unsaved_loop(closed_at=NOW)])


def unsaved_loop(**fields: Any) -> Loop:
    pattern = make_loop()
    names = ("dialogue", "phase", "invite_from", "participate_from", "feedback_from", "ends_on")
    return Loop(position=2, **{name: getattr(pattern, name) for name in names}, **fields)


def test_a_closed_loop_can_still_be_edited_and_opened_again() -> None:
    loop = make_loop(summary="Alles gesagt.", closed_at=NOW)
    make_voice(loop)
    Loop.objects.filter(pk=loop.pk).update(summary="Besser gesagt.", closed_at=NOW)
    assert Loop.objects.filter(pk=loop.pk).update(closed_at=None) == 1


def test_the_guard_steps_aside_and_comes_back_for_migrations() -> None:
    loop = make_loop()
    make_voice(loop)
    guard.remove()
    through_update(loop, User(), Client())
    Loop.objects.filter(pk=loop.pk).update(closed_at=None)
    guard.install()
    guard.install()  # twice does no harm
    with pytest.raises(IntegrityError), transaction.atomic():
        through_update(loop, User(), Client())


def test_a_loop_is_not_closed_while_people_take_part(planner: User) -> None:
    loop = make_loop(feeds_back=False)
    with pytest.raises(ValidationError):
        close_loop(loop=loop, by=planner, summary="Zu früh.")


def test_a_second_click_on_close_changes_nothing(planner: User) -> None:
    loop = make_loop()
    closed = close_loop(loop=loop, by=planner, summary="Alles gesagt.")
    with pytest.raises(ValidationError):
        close_loop(loop=loop, by=planner, summary="Nochmal.")
    loop.refresh_from_db()
    assert (loop.closed_at, loop.summary) == (closed.closed_at, "Alles gesagt.")
