"""Every change is kept with who and what, and there is a way back, also from deletion."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.history import deleted, restore
from step.models import BudgetLine, Measure, MeasureLink, Milestone, Status, Visibility
from tests.factories.step import make_budget, make_goal, make_locality, make_measure


@pytest.mark.django_db
def test_a_deleted_measure_comes_back_with_its_parts_and_relations() -> None:
    measure = make_measure("VM-50", goals=[make_goal(3)], localities=[make_locality()])
    Milestone.objects.create(measure=measure, title="Entwurf")
    make_budget(measure, planned=5000)
    other = make_measure("VM-51")
    MeasureLink.objects.create(source=measure, kind="synergy", target=other)
    measure.delete()
    assert not Milestone.objects.exists()
    restored = restore(deleted(Measure).get())
    assert isinstance(restored, Measure)
    assert [goal.number for goal in restored.goals.all()] == [3]
    assert restored.localities.count() == 1
    assert Milestone.objects.get().measure == restored
    assert BudgetLine.objects.get().planned == 5000
    assert MeasureLink.objects.get().target == other


@pytest.fixture
def office(office_lead: User) -> Client:
    client = Client()
    client.force_login(office_lead)
    return client


@pytest.mark.django_db
def test_the_desk_tells_who_changed_what_and_restores_it(office: Client, office_lead: User) -> None:
    measure = make_measure("VM-60", title="Radweg zum Bahnhof")
    measure.history.update(history_user=office_lead)
    measure.title = "Radweg zur Schule"
    measure.save()
    page = office.get(reverse("admin:step_measure_history", args=[measure.pk])).content.decode()
    assert "Radweg zum Bahnhof" in page
    assert "Radweg zur Schule" in page
    assert office_lead.name in page
    first = measure.history.earliest()
    address = reverse("admin:step_measure_version", args=[measure.pk, first.history_id])
    assert "Radweg zum Bahnhof" in office.get(address).content.decode()
    office.post(address)
    measure.refresh_from_db()
    assert measure.title == "Radweg zum Bahnhof"
    assert measure.history.latest().history_user == office_lead


@pytest.mark.django_db
def test_a_status_moves_by_its_own_rules_and_not_by_a_restored_version(office: Client) -> None:
    measure = make_measure("VM-61", status=Status.PLANNED)
    first = measure.history.latest()
    measure.status, measure.title = Status.RUNNING, "Neu"
    measure.save()
    office.post(reverse("admin:step_measure_version", args=[measure.pk, first.history_id]))
    measure.refresh_from_db()
    assert (measure.status, measure.title) == (Status.RUNNING, "Maßnahme VM-61")


@pytest.mark.django_db
def test_what_was_deleted_at_the_desk_is_restored_at_the_desk(office: Client) -> None:
    measure = make_measure("VM-62")
    measure.delete()
    address = reverse("admin:step_measure_deleted")
    page = office.get(address).content.decode()
    assert "VM-62" in page
    office.post(address, {"version": deleted(Measure).get().history_id})
    assert Measure.objects.get().code == "VM-62"
    assert 'name="version"' not in office.get(address).content.decode()


@pytest.mark.django_db
def test_a_planner_who_may_not_delete_may_not_restore(as_role: Callable[..., Client]) -> None:
    make_measure("VM-63").delete()
    assert as_role("planner").get(reverse("admin:step_measure_deleted")).status_code == 403


@pytest.mark.django_db
def test_a_version_that_stands_in_the_way_of_another_record_is_refused_with_the_reason(office: Client) -> None:
    measure = make_measure("VM-64")
    measure.delete()
    gone = deleted(Measure).get()
    make_measure("VM-64", title="Inzwischen neu")
    page = office.post(reverse("admin:step_measure_deleted"), {"version": gone.history_id}, follow=True)
    assert [found.title for found in Measure.objects.all()] == ["Inzwischen neu"]
    assert 'class="error"' in page.content.decode()


@pytest.mark.django_db
def test_the_public_history_tells_only_what_was_public(client: Client, office_lead: User) -> None:
    measure = make_measure("VM-65", title="Erster Entwurf", visibility=Visibility.DRAFT, internal_note="Nur wir")
    measure.title, measure.visibility = "Öffentlicher Titel", Visibility.PUBLIC
    measure.save()
    measure.visibility, measure.summary = Visibility.INTERNAL, "Zwischenstand für den Rat"
    measure.save()
    measure.visibility, measure.summary, measure.status = Visibility.PUBLIC, "Für alle", Status.RUNNING
    measure.internal_note = "Immer noch nur wir"
    measure.save()
    measure.history.update(history_user=office_lead)
    page = client.get(reverse("step:measure_history", args=["VM-65"])).content.decode()
    for told in ("Für alle", str(Status.RUNNING.label)):
        assert told in page
    for secret in ("Erster Entwurf", "Zwischenstand", "nur wir", "Nur wir", office_lead.name):
        assert secret not in page
