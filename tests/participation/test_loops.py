"""A loop runs forward, allows what its step allows, and closes only when everybody has an answer."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from participation import services
from participation.models import ACTS, Act, Loop, Publication, Result, Step
from tests.factories.participation import make_contribution, make_loop
from tests.factories.step import make_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", list(Step))
def test_the_day_decides_the_step_and_the_step_what_is_open(step: Step) -> None:
    loop, today = make_loop(step=step), timezone.localdate()
    assert loop.step_on(today) is step
    assert loop.allows(Act.CONTRIBUTE, today) is (step is Step.PARTICIPATE)
    assert all(loop.allows(act, today) is (act in ACTS[step]) for act in Act)


def test_before_the_first_and_after_the_last_day_it_stands_in_no_step() -> None:
    loop = make_loop()
    day = dt.timedelta(days=1)
    assert loop.step_on(loop.invite_from - day) is None
    assert loop.step_on(loop.invite_from) is Step.INVITE
    assert loop.step_on(loop.feedback_from) is Step.FEEDBACK
    assert loop.step_on(loop.ends_on) is Step.FEEDBACK
    assert loop.step_on(loop.ends_on + day) is None


def test_dates_that_run_backward_are_refused_with_the_reason_and_by_the_database() -> None:
    loop = make_loop()
    loop.feedback_from = loop.participate_from
    with pytest.raises(ValidationError) as refused:
        loop.full_clean()
    assert "feedback_from" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        loop.save()


def test_loops_of_one_dialogue_do_not_overlap_and_the_message_names_the_other() -> None:
    first = make_loop(phase="Entwurf")
    second = Loop(
        dialogue=first.dialogue,
        position=2,
        phase="Bau",
        invite_from=first.ends_on,
        participate_from=first.ends_on,
        feedback_from=first.ends_on + dt.timedelta(days=1),
        ends_on=first.ends_on + dt.timedelta(days=2),
    )
    with pytest.raises(ValidationError) as refused:
        second.clean()
    assert "Entwurf" in refused.value.messages[0]


@pytest.mark.parametrize("status", [Publication.WAITING, Publication.PUBLISHED])
def test_it_does_not_close_while_somebody_waits(planner: User, status: Publication) -> None:
    loop = make_loop(step=Step.FEEDBACK)
    make_contribution(loop, status=status)
    with pytest.raises(ValidationError):
        services.close_loop(loop=loop, by=planner, summary="Alles gut.")
    loop.closed_at, loop.summary = timezone.now(), "Alles gut."
    with pytest.raises(ValidationError):
        loop.save()
    loop.refresh_from_db()
    assert loop.closed_at is None


def test_it_closes_when_everybody_has_an_answer_and_tells_what_came_of_it(planner: User) -> None:
    loop = make_loop(step=Step.FEEDBACK)
    voice = make_contribution(loop)
    make_contribution(loop, status=Publication.HIDDEN)
    services.answer(contribution=voice, by=planner, result=Result.ADOPTED, reason="Ja.", unit=make_unit())
    client = Client()
    client.force_login(planner)
    close = reverse("participation:close", args=[loop.pk])
    client.post(close, {"summary": " "})
    loop.refresh_from_db()
    assert loop.closed_at is None  # without a summary nobody hears what came of it
    client.post(close, {"summary": "Zwölf Bäume werden gepflanzt."})
    loop.refresh_from_db()
    assert loop.closed_at is not None
    assert "Zwölf Bäume werden gepflanzt." in Client().get(loop.dialogue.get_absolute_url()).content.decode()
