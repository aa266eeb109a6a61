"""Flags raise a contribution in the queue, a second person decides on appeals, and the figures are public."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import OutboxMail, User
from accounts.roles import Role
from participation import services
from participation.models import (
    Appeal,
    Contribution,
    Flag,
    HideReason,
    Loop,
    Moderation,
    ModerationDecision,
    Publication,
)
from participation.moderation_figures import figures
from tests.factories.loops import make_dialogue, make_loop, make_voice

pytestmark = pytest.mark.django_db
QUEUE = "/de/dialog/moderation/"


def listed(client: Client, query: str = "") -> list[Contribution]:
    return list(client.get(QUEUE + query).context["page_obj"])


@pytest.fixture
def desk(moderator: User, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MODERATOR)


@pytest.fixture
def loop() -> Loop:
    return make_loop()


def flag(voice: Contribution, visitor: str = "user-1") -> Flag:
    return services.flag(contribution=voice, visitor=visitor, category=HideReason.INSULT, note="Frech")


def test_flagged_ones_come_first_and_the_most_flagged_before_them(desk: Client, loop: Loop) -> None:
    waiting = make_voice(loop, status=Publication.WAITING)
    once, twice, quiet = make_voice(loop), make_voice(loop), make_voice(loop)
    flag(once)
    flag(twice, "user-1")
    flag(twice, "user-2")
    assert listed(desk) == [twice, once, waiting]
    assert quiet not in listed(desk)


def test_the_same_visitor_counts_once(loop: Loop) -> None:
    voice = make_voice(loop)
    assert flag(voice) == flag(voice)
    assert Flag.objects.count() == 1


def test_what_appears_at_once_waits_to_be_looked_at(desk: Client, moderator: User) -> None:
    voice = make_voice(make_loop(make_dialogue(moderation=Moderation.AFTER)))
    assert listed(desk) == [voice]
    services.publish(contribution=voice, by=moderator)
    assert listed(desk) == []
    voice.refresh_from_db()
    assert voice.status == Publication.PUBLISHED


def test_the_queue_is_filtered_by_the_address(desk: Client, loop: Loop) -> None:
    waiting = make_voice(loop, status=Publication.WAITING, text="Bänke am Brunnen")
    flagged = make_voice(make_loop(make_dialogue("anderer")), text="Frech")
    flag(flagged)
    assert listed(desk, "?show=waiting") == [waiting]
    assert listed(desk, "?show=flagged") == [flagged]
    assert listed(desk, "?show=unchecked") == []
    assert listed(desk, "?dialogue=anderer") == [flagged]
    assert listed(desk, "?q=bänke+brunnen") == [waiting]
    assert listed(desk, "?show=gibts-nicht&dialogue=auch-nicht") == [flagged, waiting]


def test_a_decision_settles_the_flags(moderator: User, loop: Loop) -> None:
    stays, goes = make_voice(loop), make_voice(loop)
    flag(stays)
    flag(goes)
    services.publish(contribution=stays, by=moderator)
    services.hide(contribution=goes, by=moderator, reason="Frech", category=HideReason.INSULT)
    assert not Flag.objects.filter(settled_at=None).exists()
    assert not Contribution.objects.for_moderation().exists()


def test_anyone_flags_once_and_is_thanked(client: Client, loop: Loop) -> None:
    voice = make_voice(loop)
    address = f"/de/dialog/beitrag/{voice.pk}/melden/"
    for _again in range(2):
        answer = client.post(address, {"category": "insult", "note": "Frech"})
        assert answer.status_code == 302
    assert Flag.objects.get().contribution == voice
    other = type(client)()
    other.post(address, {"category": "insult"})
    assert Flag.objects.count() == 2


def test_a_flag_without_a_reason_is_asked_for_one(client: Client, loop: Loop) -> None:
    answer = client.post(f"/de/dialog/beitrag/{make_voice(loop).pk}/melden/", {"note": "Frech"})
    assert answer.status_code == 200
    assert not Flag.objects.exists()


def test_a_flood_of_flags_is_slowed_down(client: Client, loop: Loop) -> None:
    voices = [make_voice(loop) for _n in range(12)]
    for voice in voices:
        client.post(f"/de/dialog/beitrag/{voice.pk}/melden/", {"category": "insult"})
    assert Flag.objects.count() == 10


def test_the_moderator_sees_personal_data_marked_and_hostile_text_neutralised(desk: Client, loop: Loop) -> None:
    make_voice(loop, status=Publication.WAITING, text="<script>alert(1)</script> 621 123 456")
    page = desk.get(QUEUE).content.decode()
    assert '<mark class="personal-data">621 123 456' in page
    assert "<script>alert(1)</script>" not in page


def hidden(loop: Loop, moderator: User, **fields: Any) -> Contribution:
    voice = make_voice(loop, **fields)
    return services.hide(contribution=voice, by=moderator, reason="Ein Name", category=HideReason.PERSONAL_DATA)


def test_the_author_appeals_from_the_receipt_and_a_second_person_publishes(
    client: Client, moderator: User, administrator: User, loop: Loop
) -> None:
    voice = hidden(loop, moderator, email="ana@example.lu")
    story = f"/de/dialog/beleg/{voice.receipt_code}/"
    assert f"{story}widerspruch/" in client.get(story).content.decode()
    assert client.post(f"{story}widerspruch/", {"text": "Das war kein Name."}).status_code == 302
    client.post(f"{story}widerspruch/", {"text": "Noch einmal."})
    appeal = Appeal.objects.get()
    assert appeal.text == "Das war kein Name."
    services.decide_appeal(appeal=appeal, by=administrator, outcome=Appeal.Outcome.GRANTED, reason="Stimmt.")
    voice.refresh_from_db()
    assert voice.status == Publication.PUBLISHED
    assert "Stimmt." in client.get(story).content.decode()
    mail = OutboxMail.objects.get(key__startswith="appeal:")
    assert mail.to == "ana@example.lu"
    assert "Stimmt." in mail.body


def test_whoever_hid_it_cannot_decide_on_the_appeal(desk: Client, moderator: User, loop: Loop) -> None:
    voice = hidden(loop, moderator)
    appeal = services.appeal(contribution=voice, text="Doch.")
    with pytest.raises(PermissionDenied):
        services.decide_appeal(appeal=appeal, by=moderator, outcome=Appeal.Outcome.REFUSED, reason="Nein.")
    address = f"/de/dialog/widersprueche/{appeal.pk}/"
    assert 'name="outcome"' not in desk.get(address).content.decode()
    assert desk.post(address, {"outcome": "refused", "reason": "Nein."}).status_code == 403
    appeal.refresh_from_db()
    assert appeal.decided_at is None


def test_a_second_person_decides_on_the_page(as_role: Callable[..., Client], moderator: User, loop: Loop) -> None:
    appeal = services.appeal(contribution=hidden(loop, moderator), text="Doch.")
    client = as_role(Role.ADMINISTRATOR)
    answer = client.post(f"/de/dialog/widersprueche/{appeal.pk}/", {"outcome": "refused", "reason": "Bleibt so."})
    assert answer.status_code == 302
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.reason) == ("refused", "Bleibt so.")


def test_an_appeal_is_decided_once(moderator: User, administrator: User, loop: Loop) -> None:
    appeal = services.appeal(contribution=hidden(loop, moderator), text="Doch.")
    services.decide_appeal(appeal=appeal, by=administrator, outcome=Appeal.Outcome.REFUSED, reason="Bleibt.")
    with pytest.raises(ValidationError):
        services.decide_appeal(appeal=appeal, by=administrator, outcome=Appeal.Outcome.GRANTED, reason="Doch.")


def test_what_is_not_hidden_cannot_be_appealed(client: Client, loop: Loop) -> None:
    voice = make_voice(loop)
    with pytest.raises(ValidationError):
        services.appeal(contribution=voice, text="Warum?")
    assert client.get(f"/de/dialog/beleg/{voice.receipt_code}/widerspruch/").status_code == 302


def test_a_granted_appeal_does_not_publish_what_was_withdrawn(moderator: User, administrator: User, loop: Loop) -> None:
    voice = hidden(loop, moderator)
    appeal = services.appeal(contribution=voice, text="Doch.")
    services.withdraw(contribution=voice)
    services.decide_appeal(appeal=appeal, by=administrator, outcome=Appeal.Outcome.GRANTED, reason="Gut.")
    voice.refresh_from_db()
    assert voice.status == Publication.WITHDRAWN


def test_the_figures_add_up_and_are_for_everyone(
    client: Client, moderator: User, administrator: User, loop: Loop
) -> None:
    published = [make_voice(loop) for _n in range(3)]
    for hours, voice in enumerate(published, 1):
        Contribution.objects.filter(pk=voice.pk).update(created_at=voice.published_at - dt.timedelta(hours=hours))
    make_voice(loop, status=Publication.WAITING)
    twice = hidden(loop, moderator)
    services.publish(contribution=twice, by=moderator)
    services.hide(contribution=twice, by=moderator, reason="Werbung", category=HideReason.ADVERTISING)
    refused = services.appeal(contribution=twice, text="Doch.")
    services.decide_appeal(appeal=refused, by=administrator, outcome=Appeal.Outcome.REFUSED, reason="Nein.")
    flag(published[0])
    now = figures()
    assert (now.received, now.published, now.waiting, now.hidden, now.withdrawn) == (5, 3, 1, 1, 0)
    assert now.hidden_by == [(str(HideReason.ADVERTISING.label), 1)]
    assert (now.flags, now.flagged) == (1, 1)
    assert now.appeals == {"made": 1, "granted": 0, "refused": 1, "open": 0}
    assert now.median_wait == dt.timedelta(hours=2)
    assert client.get("/de/dialog/moderation/zahlen/").status_code == 200


def test_an_old_hiding_without_a_kind_counts_as_another_reason(moderator: User, loop: Loop) -> None:
    voice = make_voice(loop, status=Publication.HIDDEN)
    ModerationDecision.objects.create(contribution=voice, action="hide", reason="Alt", by=moderator)
    assert figures().hidden_by == [(str(HideReason.OTHER.label), 1)]
