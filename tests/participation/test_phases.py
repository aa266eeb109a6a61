"""The table step × act × role, in full: what is open to whom on which day."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from participation.models import Act, Loop, Step
from participation.rules import may
from tests.conftest import make_person
from tests.factories.loops import make_loop

pytestmark = pytest.mark.django_db

EVERYONE = ("nobody", *Role.values)
MODERATORS = ("moderator", "administrator")
OFFICE = ("planner", "office_lead", "administrator")
NO_ONE: tuple[str, ...] = ()

# act: (outside of the steps, invite, participate, feed back)
TABLE = {
    Act.READ: (EVERYONE, EVERYONE, EVERYONE, EVERYONE),
    Act.CONTRIBUTE: (NO_ONE, NO_ONE, EVERYONE, NO_ONE),
    Act.COMMENT: (NO_ONE, NO_ONE, EVERYONE, NO_ONE),
    Act.SUPPORT: (NO_ONE, NO_ONE, EVERYONE, NO_ONE),
    Act.VOTE: (NO_ONE, NO_ONE, EVERYONE, NO_ONE),
    Act.REGISTER: (NO_ONE, EVERYONE, EVERYONE, EVERYONE),
    Act.MODERATE: (MODERATORS, MODERATORS, MODERATORS, MODERATORS),
    Act.ANSWER: (OFFICE, OFFICE, OFFICE, OFFICE),
    Act.CLOSE: (OFFICE, NO_ONE, NO_ONE, OFFICE),
}
STEPS = (None, Step.INVITE, Step.PARTICIPATE, Step.FEEDBACK)


def day_of(loop: Loop, step: Step | None) -> dt.date:
    first = {Step.INVITE: loop.invite_from, Step.PARTICIPATE: loop.participate_from, Step.FEEDBACK: loop.feedback_from}
    return first[step] if step else loop.ends_on + dt.timedelta(days=1)


@pytest.fixture
def person() -> Callable[[str], User | AnonymousUser]:
    return lambda name: AnonymousUser() if name == "nobody" else make_person(Role(name))


@pytest.mark.parametrize("name", EVERYONE)
def test_each_role_may_do_in_each_step_what_the_table_says(
    person: Callable[[str], User | AnonymousUser], name: str
) -> None:
    loop, user = make_loop(), person(name)
    wrong = [
        f"{act} in {step}"
        for act, columns in TABLE.items()
        for step, allowed in zip(STEPS, columns, strict=True)
        if may(user, act, loop, day_of(loop, step)) != (name in allowed)
    ]
    assert not wrong


def test_no_act_is_missing_from_the_table() -> None:
    assert set(TABLE) == set(Act)


def test_a_step_begins_on_its_first_day_and_the_last_day_still_counts() -> None:
    loop = make_loop()
    days = {loop.invite_from: Step.INVITE, loop.participate_from: Step.PARTICIPATE, loop.feedback_from: Step.FEEDBACK}
    assert {day: loop.step_on(day) for day in days} == days
    assert loop.step_on(loop.participate_from - dt.timedelta(days=1)) is Step.INVITE
    assert loop.step_on(loop.ends_on) is Step.FEEDBACK
    assert loop.step_on(loop.invite_from - dt.timedelta(days=1)) is None


def test_a_closed_loop_has_no_step() -> None:
    loop = make_loop(summary="Gesagt.", closed_at=timezone.now())
    assert loop.step_on(timezone.localdate()) is None
