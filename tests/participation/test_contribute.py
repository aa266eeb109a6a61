"""Sending a contribution as a visitor and as a citizen, and following it up."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation.models import Access, Contribution, Kind, Moderation, Publication, Step
from participation.throttle import PER_HOUR
from tests.factories.leitbild import make_chapter
from tests.factories.participation import make_contribution, make_dialogue, make_loop
from tests.factories.step import make_measure, make_plan

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def send(client: Client, path: str, **fields: str) -> Contribution | None:
    """Post the form; what was stored by it."""
    client.post(path, {"language": "de", "submission_key": str(uuid.uuid4()), **fields})
    return Contribution.objects.order_by("pk").last()


def test_a_visitor_gets_a_receipt_code_that_works_in_any_browser_in_any_spelling(client: Client) -> None:
    loop = make_loop()
    voice = send(client, loop.dialogue.get_absolute_url(), text="Mehr Bänke am Bahnhof")
    assert voice is not None
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", voice.receipt_code)
    typed = voice.receipt_code.lower().replace("-", " ")
    page = Client().get(reverse("participation:receipt"), {"code": typed}, follow=True).content.decode()
    assert "Mehr Bänke am Bahnhof" in page


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client: Client) -> None:
    page = client.get(reverse("participation:receipt"), {"code": "AAAA-BBBB-CCCC"}).content.decode()
    assert "AAAA-BBBB-CCCC" in page
    assert "invalid-feedback" in page or "notice-error" in page


def test_it_waits_for_moderation_and_is_seen_by_its_author_alone(client: Client) -> None:
    loop = make_loop()
    voice = send(client, loop.dialogue.get_absolute_url(), text="Ganz neuer Satz")
    assert voice is not None
    assert voice.status == Publication.WAITING
    assert "Ganz neuer Satz" not in Client().get(loop.dialogue.get_absolute_url()).content.decode()
    assert Client().get(voice.get_absolute_url()).status_code == 404
    assert "Ganz neuer Satz" in client.get(voice.get_absolute_url(), follow=True).content.decode()


def test_it_appears_at_once_where_the_dialogue_moderates_afterwards(client: Client) -> None:
    loop = make_loop(make_dialogue(moderation=Moderation.AFTER))
    send(client, loop.dialogue.get_absolute_url(), text="Sofort zu sehen")
    assert "Sofort zu sehen" in Client().get(loop.dialogue.get_absolute_url()).content.decode()


def test_a_citizen_writes_under_a_pseudonym_and_finds_it_among_their_own(citizen: User, client: Client) -> None:
    client.force_login(citizen)
    loop = make_loop()
    voice = send(client, loop.dialogue.get_absolute_url(), text="Von Ana", author_name="Jemand anders")
    assert voice is not None
    assert (voice.author, voice.signed) == (citizen, citizen.pseudonym)
    assert "Von Ana" in client.get(reverse("participation:mine")).content.decode()


@pytest.mark.parametrize("kind", ["measure", "chapter", "plan"])
def test_a_record_takes_comments_that_belong_to_it(client: Client, kind: str) -> None:
    made = {"measure": make_measure, "chapter": make_chapter, "plan": make_plan}[kind]()
    argument = {"measure": "code", "chapter": "number", "plan": "slug"}[kind]
    path = reverse(f"participation:comment_{kind}", args=[getattr(made, argument)])
    voice = send(client, path, text="Dazu etwas")
    assert voice is not None
    assert (voice.context, voice.kind) == (made, Kind.COMMENT)


def test_sending_twice_stores_once_and_leads_to_the_same_receipt(client: Client) -> None:
    path = make_loop().dialogue.get_absolute_url()
    form = {"text": "Doppelt", "language": "de", "submission_key": str(uuid.uuid4())}
    first, second = client.post(path, form), client.post(path, form)
    assert Contribution.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_nothing_typed_is_lost_by_an_error(client: Client) -> None:
    path = make_loop().dialogue.get_absolute_url()
    form = {"text": "x" * 5001, "language": "de", "author_name": "Ana", "email": "keine adresse"}
    page = client.post(path, form).content.decode()
    assert not Contribution.objects.exists()
    assert "x" * 5001 in page
    assert "keine adresse" in page
    assert 'id="form-errors"' in page


def test_after_the_step_the_text_is_given_back_and_not_stored(client: Client) -> None:
    loop = make_loop(step=Step.FEEDBACK)
    answer = client.post(loop.dialogue.get_absolute_url(), {"text": "Zu spät", "language": "de"})
    assert answer.status_code == 409
    assert "Zu spät" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_what_was_typed_survives_the_login_that_a_dialogue_asks_for(citizen: User, client: Client) -> None:
    path = make_loop(make_dialogue(access=Access.ACCOUNT)).dialogue.get_absolute_url()
    answer = client.post(path, {"text": "Vor der Anmeldung getippt", "language": "de"})
    assert "/konto/login/" in answer["Location"]
    client.force_login(citizen)
    assert "Vor der Anmeldung getippt" in client.get(path).content.decode()


def test_a_dialogue_that_needs_an_address_says_so_beside_the_field(client: Client) -> None:
    path = make_loop(make_dialogue(access=Access.EMAIL)).dialogue.get_absolute_url()
    assert send(client, path, text="Ohne Adresse") is None
    assert send(client, path, text="Mit Adresse", email="ana@example.lu") is not None


def test_a_program_that_fills_the_hidden_field_stores_nothing_and_gets_no_hint(client: Client) -> None:
    path = make_loop().dialogue.get_absolute_url()
    assert send(client, path, text="Kauft jetzt", website="https://spam.example") is None


def test_a_flood_is_stopped_with_a_message_and_the_text_stays(client: Client) -> None:
    path = make_loop().dialogue.get_absolute_url()
    for number in range(PER_HOUR):
        send(client, path, text=f"Nummer {number}")
    page = client.post(path, {"text": "Einer zu viel", "language": "de"}).content.decode()
    assert Contribution.objects.count() == PER_HOUR
    assert "Einer zu viel" in page


def test_hostile_markup_is_shown_as_text_everywhere(client: Client, office_lead: User) -> None:
    loop = make_loop(make_dialogue(moderation=Moderation.AFTER))
    voice = send(client, loop.dialogue.get_absolute_url(), text=HOSTILE, author_name=HOSTILE[:60])
    assert voice is not None
    client.force_login(office_lead)
    for path in (loop.dialogue.get_absolute_url(), voice.get_absolute_url(), reverse("participation:answers")):
        page = client.get(path, follow=True).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "form",
    [
        {"text": "x" * 100_000},
        {"text": "ok", "locality": "9" * 50},
        {"text": "ok", "locality": "Niederkorn"},
        {"text": "ok", "language": "xx"},
        {"text": "ok", "submission_key": "not a key"},
        {"text": "\x00"},
        {"text": "   "},
        {},
    ],
)
def test_a_broken_form_is_answered_with_a_message_and_stores_nothing(client: Client, form: dict[str, str]) -> None:
    page = client.post(make_loop().dialogue.get_absolute_url(), {"language": "de", **form})
    assert page.status_code == 200
    assert 'id="form-errors"' in page.content.decode()
    assert not Contribution.objects.exists()


def test_an_author_takes_it_back_until_an_office_has_answered(client: Client, as_role: Callable[..., Client]) -> None:
    voice = make_contribution(text="Lieber doch nicht")
    client.post(reverse("participation:withdraw", args=[voice.receipt_code]))
    voice.refresh_from_db()
    assert voice.status == Publication.WITHDRAWN
    assert "Lieber doch nicht" not in Client().get(voice.loop.dialogue.get_absolute_url()).content.decode()
    assert Client().get(voice.get_absolute_url()).status_code == 404
