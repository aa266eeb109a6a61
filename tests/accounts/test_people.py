"""People, their roles, and the trail of what they did."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_the_migrations_make_a_group_for_each_role() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}


def test_an_email_is_one_person_however_it_is_written() -> None:
    User.objects.create_user("Ana@Example.lu", "x")
    assert User.objects.get().email == "ana@example.lu"
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="ANA@example.lu")])


def test_others_see_the_pseudonym_and_never_the_name_or_the_email(citizen: User) -> None:
    assert citizen.public_name == "Ana"
    citizen.pseudonym = ""
    assert citizen.name not in citizen.public_name
    assert citizen.email not in citizen.public_name


def test_a_role_is_asked_once(citizen: User, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        assert citizen.has_role(Role.CITIZEN)
        assert not citizen.has_role(Role.PLANNER, Role.MODERATOR)


def test_the_audit_trail_cannot_be_edited_or_deleted(citizen: User) -> None:
    entry = audit.record("test", citizen, actor=AnonymousUser(), after={"a": 1})
    assert entry.actor is None
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(action="other")
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()


def test_an_account_is_opened_with_a_confirmed_email_and_the_language_of_the_page(client: Client) -> None:
    form = {
        "email": "new@example.lu",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
    }
    client.get("/fr/konto/signup/")
    response = client.post("/fr/konto/signup/", {**form, "pseudonym": "Nova"})
    assert response.status_code == 302
    user = User.objects.get()
    assert (user.pseudonym, user.language, user.is_staff) == ("Nova", "fr", False)
    assert mail.outbox[0].to == ["new@example.lu"]
    assert not client.login(email="new@example.lu", password="wrong")


def test_the_administration_speaks_german_to_an_english_browser(as_role: Callable) -> None:
    page = as_role("administrator").get("/admin/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "de" or 'lang="de"' in page.content.decode()


def test_an_administrator_cannot_touch_or_make_a_superuser(as_role: Callable, administrator: User) -> None:
    root = User.objects.create_superuser("root@example.lu", "x")
    client = as_role("administrator")
    assert client.post(f"/admin/accounts/user/{root.pk}/change/", {"is_active": ""}).status_code == 403
    page = client.get(f"/admin/accounts/user/{administrator.pk}/change/").content.decode()
    assert 'name="is_superuser"' not in page
