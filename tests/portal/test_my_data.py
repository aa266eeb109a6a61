"""My data: seen, taken along, deleted; and what is deleted is found nowhere."""

import json
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import call_command
from django.db import connection, models
from django.test import Client

from accounts.audit import record
from accounts.models import AuditEntry, OutboxMail, User
from differdange_portal import personal
from participation import services
from participation.models import Contribution, Frequency, Notification, Publication, Result, Subscription
from tests.factories.dialogue import another_citizen, make_loop, make_voice, office
from tests.factories.step import POINT, make_locality, make_measure, make_plan
from tests.page import PageClient

pytestmark = pytest.mark.django_db
PASSWORD = {"password": "correct horse battery"}
PAGES = ["/de/", "/de/dialog/", "/de/dialog/beitraege/", "/de/dialog/neuigkeiten.atom", "/de/suche/?q=answered"]


def found_in_database(words: str) -> list[str]:
    """Tables in which the words stand, in any column: pages, exports and mails have no other source."""
    tables = connection.introspection.table_names()
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names from the database itself
            if any(words in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


@pytest.fixture
def life(citizen: User, moderator: User, planner: User, administrator: User) -> dict[str, Contribution]:
    """A citizen with one answered contribution and one that nobody built upon, and every trace that acts leave."""
    loop = make_loop()
    voices = {
        name: make_voice(
            f"Quittenbaum {name}", title="Am Quittenbaum", loop=loop, author=citizen, status=Publication.WAITING,
            geometry=POINT,
        )
        for name in ("answered", "alone")
    }  # fmt: skip
    for voice in voices.values():
        record("contribution.submit", voice, after={"status": voice.status})
        services.publish(contribution=voice, by=moderator)
        LogEntry.objects.create(
            user=administrator,
            content_type=ContentType.objects.get_for_model(Contribution),
            object_id=str(voice.pk),
            object_repr=str(voice),
            action_flag=ADDITION,
        )
    voices["answered"].refresh_from_db()
    services.answer(
        contribution=voices["answered"], by=planner, result=Result.ADOPTED, reason="Er bleibt stehen.", unit=office()
    )
    services.hide(contribution=voices["alone"], by=moderator, reason="Nennt den Quittenbaum der Nachbarin.")
    services.follow(user=citizen, record=loop.dialogue, frequency=Frequency.WEEKLY)
    services.tell_news()
    return voices


def test_a_person_sees_everything_that_the_portal_holds_about_them(
    life: dict[str, Contribution], as_role: Callable[..., Client], citizen: User
) -> None:
    client = as_role("citizen")
    pages = [
        client.get(f"/de/konto/meine-daten/{name}").content.decode() for name in ("", "export.html", "export.json")
    ]
    for page in pages:
        for told in ("Quittenbaum answered", "Quittenbaum alone", "Er bleibt stehen.", citizen.email, "Ana Martins"):
            assert told in page
        assert life["alone"].receipt_code in page
    data = json.loads(pages[2])
    assert set(data) == {"exported_at", "account", "mails", "contributions", "subscriptions", "news"}
    assert len(data["contributions"]) == 2
    assert len(data["mails"]) == 4
    assert len(data["news"]) == 4
    html5lib.HTMLParser(strict=True).parse(pages[1])


def test_what_others_said_is_not_in_my_data(life: dict[str, Contribution], as_role: Callable[..., Client]) -> None:
    bruno = another_citizen()
    make_voice("Brunos Satz.", author=bruno, loop=life["alone"].loop)
    services.follow(user=bruno, record=make_measure("VM-555"))
    page = as_role("citizen").get("/de/konto/meine-daten/export.json").content.decode()
    assert "Brunos" not in page
    assert "VM-555" not in page
    assert bruno.email not in page


def test_what_was_written_without_the_account_under_its_address_belongs_to_it(citizen: User) -> None:
    make_voice("Ohne Konto.", email=citizen.email)
    exported = {section.key: section.as_data() for section in personal.export(citizen)}
    assert exported["contributions"][0]["text"] == "Ohne Konto."
    personal.erase(citizen)
    assert not Contribution.objects.exists()


def test_deleting_needs_the_password(life: dict[str, Contribution], as_role: Callable[..., Client]) -> None:
    page = as_role("citizen").post("/de/konto/meine-daten/loeschen/", {"password": "geraten"})
    assert page.status_code == 200
    assert User.objects.filter(email="citizen@example.lu").exists()


def test_a_deleted_account_and_its_words_are_found_nowhere_and_the_answer_stays(
    life: dict[str, Contribution], as_role: Callable[..., Client], citizen: User
) -> None:
    client = as_role("citizen")
    assert "participation_contribution" in found_in_database("Quittenbaum")  # the search does find
    assert client.post("/de/konto/meine-daten/loeschen/", PASSWORD).status_code == 302
    assert not User.objects.filter(pk=citizen.pk).exists()
    for words in ("Quittenbaum", citizen.email, "Ana Martins"):
        assert found_in_database(words) == []
    assert not Contribution.objects.filter(pk=life["alone"].pk).exists()
    kept = Contribution.objects.get()
    assert (kept.author, kept.title, kept.geometry, kept.status) == (None, "", None, Publication.PUBLISHED)
    page = PageClient().get(kept.get_absolute_url()).content.decode()
    assert "Er bleibt stehen." in page
    assert kept.text in page
    for path in PAGES:
        for role in (None, "office_lead"):
            assert "Quittenbaum answered" not in as_role(role).get(path).content.decode()
    call_command("work")
    assert not any(citizen.email in sent.to for sent in mail.outbox)
    assert client.get("/de/konto/meine-daten/").status_code == 302


def test_an_account_of_staff_leaves_a_nameless_number_in_the_trail(planner: User) -> None:
    planner.plans.add(make_plan())
    entry = record("test", make_measure(), actor=planner)
    personal.erase(planner)
    shell = User.objects.get(pk=planner.pk)
    assert (shell.name, shell.pseudonym, shell.is_active, shell.is_staff) == ("", "", False, False)
    assert not shell.groups.exists()
    assert not shell.plans.exists()
    assert not shell.check_password(PASSWORD["password"])
    assert AuditEntry.objects.get(pk=entry.pk).actor == shell
    assert found_in_database("planner@example.lu") == found_in_database("Pia Weber") == []


def test_deleting_fails_as_a_whole_or_not_at_all(
    life: dict[str, Contribution], citizen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(user: User) -> None:
        raise RuntimeError

    monkeypatch.setattr(personal.accounts, "erase", fail)
    with pytest.raises(RuntimeError):
        personal.erase(citizen)
    assert Contribution.objects.filter(author=citizen).count() == 2


def test_a_withdrawn_text_is_found_nowhere_and_its_receipt_still_works(
    client: Client, citizen: User, moderator: User, administrator: User
) -> None:
    voice = make_voice(
        "Quittenbaum weg", title="Quittenbaum", author_name="Rosa", email="rosa@example.lu", locality=make_locality(),
        geometry=POINT, status=Publication.WAITING,
    )  # fmt: skip
    services.follow(user=citizen, record=voice.loop.dialogue, frequency=Frequency.NOW)
    services.publish(contribution=voice, by=moderator)
    voice.points.create(position=1, text="Quittenbaum Punkt")
    services.tell_news()
    client.post(f"/de/dialog/beleg/{voice.receipt_code}/zurueckziehen/")
    for words in ("Quittenbaum", "rosa@example.lu", "Rosa"):
        assert found_in_database(words) == []
    voice.refresh_from_db()
    assert (voice.status, voice.geometry) == (Publication.WITHDRAWN, None)
    assert client.get(f"/de/dialog/beleg/{voice.receipt_code}/").status_code == 200
    services.mail_news(voice.created_at)
    assert not OutboxMail.objects.filter(to=citizen.email).exists()  # news of it are not told any more


def test_whoever_withdrew_still_finds_it_among_their_own(citizen: User, as_role: Callable[..., Client]) -> None:
    voice = make_voice("Quittenbaum", author=citizen)
    client = as_role("citizen")
    client.post(f"/de/dialog/beleg/{voice.receipt_code}/zurueckziehen/")
    page = client.get("/de/dialog/meine/").content.decode()
    assert voice.receipt_code in page
    assert "Quittenbaum" not in page


def test_the_holder_of_a_receipt_deletes_their_name_and_the_text_stays(client: Client, moderator: User) -> None:
    voice = make_voice("Mehr Licht.", author_name="Rosa", email="rosa@example.lu", status=Publication.WAITING)
    services.publish(contribution=voice, by=moderator)
    page = client.get(f"/de/dialog/beleg/{voice.receipt_code}/").content.decode()
    assert f"/de/dialog/beleg/{voice.receipt_code}/name-loeschen/" in page
    assert client.post(f"/de/dialog/beleg/{voice.receipt_code}/name-loeschen/").status_code == 302
    assert found_in_database("rosa@example.lu") == found_in_database("Rosa") == []
    assert "Mehr Licht." in PageClient().get(voice.get_absolute_url()).content.decode()
    assert "name-loeschen" not in client.get(f"/de/dialog/beleg/{voice.receipt_code}/").content.decode()


def test_the_audit_trail_quotes_no_citizen(life: dict[str, Contribution], citizen: User) -> None:
    record("user.test", citizen)
    told = " ".join(f"{entry.label}{entry.before}{entry.after}" for entry in AuditEntry.objects.all())
    for words in ("Quittenbaum", citizen.email, "Ana"):
        assert words not in told


def test_every_relation_to_a_person_is_covered_by_an_export_and_an_end() -> None:
    """A new model with a person in it belongs into `COVERS` of its app's `personal.py`, with its export and erasure."""
    covered = {name for app in personal.APPS for name in app.COVERS}
    found = set()
    for model in apps.get_models(include_auto_created=False):
        fields: list[Any] = [*model._meta.fields, *model._meta.many_to_many]
        found |= {f"{model._meta.label}.{f.name}" for f in fields if f.related_model is User}
    found |= {f"accounts.User.{f.name}" for f in User._meta.many_to_many if isinstance(f, models.ManyToManyField)}
    assert found == covered


def test_nothing_about_a_person_is_left_in_any_table_of_theirs(life: dict[str, Contribution], citizen: User) -> None:
    personal.erase(citizen)
    assert not Subscription.objects.exists()
    assert not Notification.objects.filter(user=citizen.pk).exists()
