"""The named cast of the tests, and the city's real content."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from tests.page import PageClient

PEOPLE = {
    Role.CITIZEN: "Ana Martins",
    Role.MODERATOR: "Mil Schneider",
    Role.PLANNER: "Pia Weber",
    Role.COUNCIL: "Claude Thill",
    Role.OFFICE_LEAD: "Lea Hoffmann",
    Role.ADMINISTRATOR: "Alex Muller",
}


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """No test inherits another's cache (throttles live there) or language."""
    cache.clear()
    with translation.override("de"):
        yield


def make_person(role: Role, **fields: object) -> User:
    name = PEOPLE[role]
    user = User.objects.create_user(
        f"{role.value}@example.lu",
        "correct horse battery",
        **{"name": name, "pseudonym": name.split()[0], "is_staff": role in Role.staff(), **fields},
    )
    user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def citizen(db: None) -> User:
    return make_person(Role.CITIZEN)


@pytest.fixture
def moderator(db: None) -> User:
    return make_person(Role.MODERATOR)


@pytest.fixture
def planner(db: None) -> User:
    return make_person(Role.PLANNER)


@pytest.fixture
def council(db: None) -> User:
    return make_person(Role.COUNCIL)


@pytest.fixture
def office_lead(db: None) -> User:
    return make_person(Role.OFFICE_LEAD)


@pytest.fixture
def administrator(db: None) -> User:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def as_role(db: None) -> Callable[[Role | str | None], Client]:
    """A client logged in as a person with the role, or as nobody."""

    def client_for(role: Role | str | None) -> Client:
        client = PageClient()
        if role is not None:
            role = Role(role)
            person = User.objects.filter(email=f"{role.value}@example.lu").first() or make_person(role)
            client.force_login(person)
        return client

    return client_for


@pytest.fixture
def client() -> Client:
    """A visitor whose every page is checked for what must hold on all of them."""
    return PageClient()


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: pytest.Item) -> Iterator[None]:
    """The city's real content for the tests of one module, rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_leitbild", verbosity=0)
        yield
        transaction.set_rollback(True)
