"""Moderators publish or hide, the office answers, the author sees what became of it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from leitbild.models import OrganisationUnit
from participation import services
from participation.models import Contribution, Publication, Result, Treatment
from tests.factories.participation import make_contribution
from tests.factories.step import make_measure, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(db: None) -> Contribution:
    return make_contribution(text="Bitte mehr Schatten", status=Publication.WAITING, email="ana@example.lu")


@pytest.fixture
def unit(db: None) -> OrganisationUnit:
    return make_unit()


def test_a_moderator_publishes_with_one_click_and_it_is_noted(waiting: Contribution, moderator: User) -> None:
    client = Client()
    client.force_login(moderator)
    client.post(reverse("participation:moderate", args=[waiting.pk]), {"action": "publish"})
    waiting.refresh_from_db()
    assert waiting.status == Publication.PUBLISHED
    assert AuditEntry.objects.filter(action="contribution.publish", actor=moderator).exists()


def test_the_author_sees_the_reason_why_it_was_hidden_and_nobody_else_the_text(
    waiting: Contribution, moderator: User
) -> None:
    services.hide(contribution=waiting, by=moderator, reason="Der Beitrag nennt einen Nachbarn.")
    story = Client().get(reverse("participation:story", args=[waiting.receipt_code])).content.decode()
    assert "Der Beitrag nennt einen Nachbarn." in story
    assert Client().get(waiting.get_absolute_url()).status_code == 404


def test_hiding_needs_a_reason_in_the_form_and_in_the_service(waiting: Contribution, moderator: User) -> None:
    client = Client()
    client.force_login(moderator)
    page = client.post(reverse("participation:moderate", args=[waiting.pk]), {"action": "hide", "reason": " "})
    assert page.status_code == 200
    with pytest.raises(ValidationError):
        services.hide(contribution=waiting, by=moderator, reason=" ")
    waiting.refresh_from_db()
    assert waiting.status == Publication.WAITING


@pytest.mark.parametrize("name", ["citizen", "planner", "council", "office_lead"])
def test_nobody_else_moderates(waiting: Contribution, name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        services.publish(contribution=waiting, by=request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["citizen", "moderator", "council"])
def test_nobody_else_answers(name: str, unit: OrganisationUnit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        services.answer(
            contribution=make_contribution(),
            by=request.getfixturevalue(name),
            result=Result.ADOPTED,
            reason="Gut.",
            unit=unit,
        )


def test_an_answer_links_the_voice_and_the_measure_in_both_directions(planner: User, unit: OrganisationUnit) -> None:
    voice, measure = make_contribution(text="Bäume am Bahnhof"), make_measure("VM-77")
    services.answer(
        contribution=voice, by=planner, result=Result.ADOPTED, reason="Zwölf Bäume.", unit=unit, measure=measure
    )
    told = Client().get(voice.get_absolute_url()).content.decode()
    assert "Zwölf Bäume." in told
    assert measure.get_absolute_url() in told
    assert "Bäume am Bahnhof" in Client().get(measure.get_absolute_url()).content.decode()


def test_an_answer_is_given_once(planner: User, unit: OrganisationUnit) -> None:
    voice = make_contribution()
    given = {"contribution": voice, "by": planner, "result": Result.REJECTED, "reason": "Kein Platz.", "unit": unit}
    services.answer(**given)
    with pytest.raises(ValidationError):
        services.answer(**given)
    assert Treatment.objects.count() == 1


def test_only_what_is_published_is_answered(waiting: Contribution, planner: User, unit: OrganisationUnit) -> None:
    with pytest.raises(ValidationError):
        services.answer(contribution=waiting, by=planner, result=Result.ADOPTED, reason="Ja.", unit=unit)


def test_what_has_an_answer_stays(planner: User, unit: OrganisationUnit) -> None:
    voice = make_contribution()
    services.answer(contribution=voice, by=planner, result=Result.ADOPTED, reason="Ja.", unit=unit)
    with pytest.raises(ValidationError):
        services.withdraw(contribution=voice)


def test_the_form_of_the_answer_keeps_what_was_typed(planner: User) -> None:
    voice = make_contribution()
    client = Client()
    client.force_login(planner)
    page = client.post(reverse("participation:answer", args=[voice.pk]), {"reason": "Schon lange überlegt"})
    assert "Schon lange überlegt" in page.content.decode()
    assert not Treatment.objects.exists()
