"""Writing a contribution: confirmed addresses, similar texts, languages, changes, and the text it was made on."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import OutboxMail, User
from leitbild.models import Chapter
from participation import services
from participation.languages import detect
from participation.models import (
    Access,
    Contribution,
    ContributionVersion,
    Moderation,
    Point,
    Publication,
    TextVersion,
)
from participation.search_index import ensure_index
from participation.similar import similar_to, stems
from step.models import Measure
from tests.factories.step import make_chapter, make_measure
from tests.factories.talking import make_contribution, make_dialogue, make_loop
from tests.page import PageClient

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


# --- With a confirmed e-mail


def send_with_email(client: Client, moderation: Moderation = Moderation.BEFORE) -> Contribution:
    loop = make_loop(make_dialogue(access=Access.EMAIL, moderation=moderation))
    data = {"text": "Ein Brunnen auf dem Platz.", "email": "ana@example.lu"}
    assert client.post(loop.dialogue.get_absolute_url(), data).status_code == 302
    return Contribution.objects.get()


def link() -> str:
    return re.search(r"https?://testserver(/\S+)", OutboxMail.objects.get().body)[1]  # type: ignore[index]


def test_it_waits_until_the_link_in_the_mail_is_confirmed(client: Client) -> None:
    contribution = send_with_email(client)
    assert contribution.status == Publication.UNCONFIRMED
    assert not Contribution.objects.waiting().exists()  # no work for moderators yet
    assert client.get(contribution.get_absolute_url()).status_code == 302  # to its story
    assert "Ein Brunnen" in client.get(link()).content.decode()
    contribution.refresh_from_db()
    assert contribution.status == Publication.UNCONFIRMED  # a mail program that opens links confirms nothing
    for _time in range(2):
        assert client.post(link()).status_code == 302
    contribution.refresh_from_db()
    assert contribution.status == Publication.WAITING


def test_where_moderators_read_afterwards_the_confirmation_publishes(client: Client) -> None:
    contribution = send_with_email(client, Moderation.AFTER)
    Client().post(link())
    contribution.refresh_from_db()
    assert contribution.status == Publication.PUBLISHED
    assert contribution.published_at


def test_an_old_forged_or_foreign_link_confirms_nothing(client: Client) -> None:
    contribution = send_with_email(client)
    for address in (link()[:-3] + "AA/", reverse("participation:confirm_contribution", args=["x"])):
        assert client.post(address).status_code == 410
    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        assert client.post(link()).status_code == 410
    Contribution.objects.update(email="eve@example.lu")
    assert client.post(link()).status_code == 410
    contribution.refresh_from_db()
    assert contribution.status == Publication.UNCONFIRMED


def test_what_was_withdrawn_meanwhile_cannot_be_confirmed(client: Client) -> None:
    services.withdraw(contribution=send_with_email(client))
    page = client.get(link())
    assert page.status_code == 410
    assert "Ein Brunnen" not in page.content.decode()


def test_somebody_with_an_account_is_confirmed_already(as_role: Callable[..., Client]) -> None:
    assert send_with_email(as_role("citizen")).status == Publication.WAITING
    assert not OutboxMail.objects.exists()


# --- Similar


def test_similar_words_are_found_in_other_forms_and_accents() -> None:
    found = make_contribution("Wir wünschen uns Schattenbäume am Marktplatz")
    make_contribution("Der Bus fährt zu selten")
    measure = make_measure(title="Trinkbrunnen am Marktplatz", title_de="Trinkbrunnen am Marktplatz")
    result = similar_to("Auf dem Marktplatz fehlt Schatten", NOBODY)
    assert result.contributions == [found]
    assert result.measures == [measure]


def test_nothing_that_the_reader_may_not_see_is_proposed(as_role: Callable[..., Client]) -> None:
    for status in set(Publication) - {Publication.PUBLISHED}:
        make_contribution("Der Marktplatz braucht Schatten", status=status)
    make_contribution("Marktplatz intern", measure=make_measure(visibility="internal"))
    make_measure(title="Marktplatz", title_de="Marktplatz", visibility="draft")
    assert not similar_to("Der Marktplatz braucht Schatten", NOBODY)


def test_the_index_follows_every_change() -> None:
    contribution = make_contribution("Der Marktplatz braucht Schatten")
    ask = "Schatten auf dem Marktplatz"
    assert similar_to(ask, NOBODY)
    Contribution.objects.filter(pk=contribution.pk).update(text="Etwas ganz anderes über Fahrräder")
    assert not similar_to(ask, NOBODY)
    assert similar_to("Mehr Fahrräder bitte", NOBODY)
    Contribution.objects.all().delete()
    assert not similar_to("Mehr Fahrräder bitte", NOBODY)


def test_the_index_is_made_anew_where_a_migration_lost_it() -> None:
    contribution = make_contribution("Der Marktplatz braucht Schatten")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its index itself")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER participation_contribution_fts_au")
    Contribution.objects.update(text="Jetzt geht es um Fahrräder")
    ensure_index()
    assert similar_to("Mehr Fahrräder bitte", NOBODY).contributions == [contribution]
    ensure_index()


@pytest.mark.parametrize(
    "text", ["", "   ", "der die das", '"; DROP TABLE x; --', "' OR 1=1 \" * NEAR(a b)", "%s %d {x}", "a:*|b & !c"]
)
def test_hostile_and_empty_text_is_harmless(text: str) -> None:
    make_contribution("Der Marktplatz braucht Schatten")
    answer = Client().post(reverse("participation:similar"), {"text": text * 300})
    assert answer.status_code == 200


def test_words_are_cut_to_what_their_endings_share() -> None:
    assert stems("Die Bäume und die Bäumen, bitte mehr Schatten!") == ["schatt", "bäum"]


def test_without_scripts_a_button_asks_and_keeps_what_was_typed(client: Client) -> None:
    make_contribution("Der Marktplatz braucht Schatten")
    loop = make_loop()
    data = {"text": "Schatten auf dem Marktplatz", "place": "Am Markt 1", "author_name": "Ana", "check": "1"}
    page = client.post(loop.dialogue.get_absolute_url(), data).content.decode()
    for words in ("Der Marktplatz braucht Schatten", "Schatten auf dem Marktplatz", "Am Markt 1", 'value="Ana"'):
        assert words in page
    assert Contribution.objects.count() == 1


# --- Language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Wir brauchen mehr Schatten auf dem Platz."),
        ("fr", "Il faudrait plus d’arbres dans la rue."),
        ("lb", "Méi Plaz fir de Vëlo wär gutt."),
        ("en", "Please think of wheelchair users."),
        ("pt", "O passeio é demasiado estreito."),
        ("", "Parc"),
        ("", "12345 !!!"),
    ],
)
def test_the_language_of_a_text_is_recognised(code: str, text: str) -> None:
    assert detect(text) == code


def test_the_author_corrects_the_language(client: Client) -> None:
    loop = make_loop()
    client.post(loop.dialogue.get_absolute_url(), {"text": "Méi Plaz fir de Vëlo wär gutt."})
    contribution = Contribution.objects.get()
    assert contribution.language == "lb"
    address = reverse("participation:edit", args=[contribution.receipt_code])
    client.post(address, {"text": contribution.text, "language": "de"})
    contribution.refresh_from_db()
    assert contribution.language == "de"
    assert not ContributionVersion.objects.exists()


# --- Changing and withdrawing


def change(client: Client, contribution: Contribution, text: str = "Neu gesagt.") -> Any:
    address = reverse("participation:edit", args=[contribution.receipt_code])
    return client.post(address, {"text": text, "language": "de"})


def test_readers_see_what_it_said_before(client: Client) -> None:
    contribution = make_contribution("Zuerst gesagt.", loop=make_loop(make_dialogue(moderation=Moderation.AFTER)))
    change(client, contribution)
    page = PageClient().get(contribution.get_absolute_url()).content.decode()
    assert "Zuerst gesagt." in page
    assert "Neu gesagt." in page


def test_where_moderators_read_first_they_read_the_change_too(client: Client) -> None:
    contribution = make_contribution("Zuerst gesagt.")
    change(client, contribution)
    contribution.refresh_from_db()
    assert contribution.status == Publication.WAITING
    assert PageClient().get(contribution.get_absolute_url()).status_code == 404


def test_words_that_were_never_published_stay_unseen(client: Client, moderator: User) -> None:
    contribution = make_contribution("Mit einem Namen darin.", status=Publication.WAITING)
    change(client, contribution, "Ohne den Namen.")
    contribution.refresh_from_db()
    services.publish(contribution=contribution, by=moderator)
    page = PageClient().get(contribution.get_absolute_url()).content.decode()
    assert "Ohne den Namen." in page
    assert "Mit einem Namen darin." not in page


@pytest.mark.parametrize("status", [Publication.WITHDRAWN, Publication.HIDDEN, Publication.WAITING])
def test_earlier_versions_go_out_of_sight_with_the_contribution(client: Client, status: Publication) -> None:
    contribution = make_contribution("Zuerst gesagt.", loop=make_loop(make_dialogue(moderation=Moderation.AFTER)))
    change(client, contribution)
    if status == Publication.WITHDRAWN:
        services.withdraw(contribution=contribution)
        assert not ContributionVersion.objects.exists()
    Contribution.objects.update(status=status)
    assert not ContributionVersion.objects.visible_to(NOBODY).exists()
    assert PageClient().get(contribution.get_absolute_url()).status_code == 404


def test_once_treated_or_hidden_it_stays_as_it_is(client: Client) -> None:
    answered = make_contribution("Zuerst gesagt.")
    Point.objects.create(contribution=answered, text="Nur ein Teil davon")
    hidden = make_contribution("Zuerst gesagt.", status=Publication.HIDDEN)
    for contribution in (answered, hidden):
        page = change(client, contribution)
        assert page.status_code == 200
        assert "Neu gesagt." not in Contribution.objects.values_list("text", flat=True)


def test_nobody_changes_it_without_the_receipt(client: Client) -> None:
    address = reverse("participation:edit", args=["AAAA-AAAA-AAAA"])
    assert client.post(address, {"text": "Fremd", "language": "de"}).status_code == 404


# --- Pinned to the text it was made on


def comment_on(client: Client, name: str, argument: str) -> Contribution:
    client.post(reverse(f"participation:{name}", args=[argument]), {"text": "Das stimmt so nicht ganz."})
    Contribution.objects.update(status=Publication.PUBLISHED)
    return Contribution.objects.latest("pk")


def test_a_comment_on_a_chapter_shows_the_text_it_was_made_on(client: Client) -> None:
    chapter = make_chapter("08.3")
    Chapter.objects.filter(pk=chapter.pk).update(body_de="<p>So stand es zuerst.</p>")
    contribution = comment_on(client, "comment_chapter", "08.3")
    reader = PageClient()
    assert "So stand es zuerst." not in reader.get(contribution.get_absolute_url()).content.decode()
    Chapter.objects.filter(pk=chapter.pk).update(body_de="<p>So steht es jetzt.</p>", title_de="Neuer Titel")
    assert "So stand es zuerst." in reader.get(contribution.get_absolute_url()).content.decode()


def test_another_title_alone_is_no_other_text(client: Client) -> None:
    measure = make_measure(code="VM-77")
    contribution = comment_on(client, "comment_measure", "VM-77")
    Measure.objects.filter(pk=measure.pk).update(title_de="Anders benannt")
    contribution = Contribution.objects.select_related("measure", "text_version").get(pk=contribution.pk)
    with translation.override("fr"):
        assert not contribution.text_version.differs_from(contribution.measure, "measure")


def test_the_same_text_is_stored_once(client: Client) -> None:
    make_measure(code="VM-77")
    for _time in range(3):
        comment_on(client, "comment_measure", "VM-77")
    assert TextVersion.objects.count() == 1


def test_the_internal_text_of_a_measure_stays_internal(as_role: Callable[..., Client]) -> None:
    measure = make_measure(code="VM-77", visibility="internal", body="<p>Nur für den Rat.</p>")
    contribution = comment_on(as_role("council"), "comment_measure", "VM-77")
    Measure.objects.filter(pk=measure.pk).update(
        visibility="public", body="<p>Für alle.</p>", body_de="<p>Für alle.</p>"
    )
    assert "Nur für den Rat." not in PageClient().get(contribution.get_absolute_url()).content.decode()
    assert "Nur für den Rat." in as_role("council").get(contribution.get_absolute_url()).content.decode()
