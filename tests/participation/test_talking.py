"""Comments on two levels, and supports that count each person once."""

import re
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OutboxMail, User
from participation import services, throttle
from participation.models import Access, Comment, Contribution, Moderation, Publication, Support, Voice
from tests.factories.step import make_measure
from tests.factories.talking import make_comment, make_contribution, make_dialogue, make_loop
from tests.page import PageClient

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>"


def talk(client: Client, contribution: Contribution, text: str = "Das sehe ich auch so.", **fields: Any) -> Any:
    return client.post(reverse("participation:talk", args=[contribution.pk]), {"text": text, **fields})


def page_of(contribution: Contribution, client: Client | None = None) -> str:
    return (client or PageClient()).get(contribution.get_absolute_url()).content.decode()


# --- Comments


def test_a_comment_waits_for_a_moderator_and_only_its_author_sees_it(client: Client) -> None:
    contribution = make_contribution()
    assert talk(client, contribution).status_code == 302
    assert "Das sehe ich auch so." in page_of(contribution, client)
    assert "Das sehe ich auch so." not in page_of(contribution)
    contribution.refresh_from_db()
    assert contribution.comment_count == 0


def test_where_moderators_read_afterwards_it_appears_at_once(client: Client) -> None:
    contribution = make_contribution(loop=make_loop(make_dialogue(moderation=Moderation.AFTER)))
    talk(client, contribution)
    assert "Das sehe ich auch so." in page_of(contribution)
    contribution.refresh_from_db()
    assert contribution.comment_count == 1


def test_markup_in_a_comment_is_shown_as_text(client: Client) -> None:
    contribution = make_contribution()
    make_comment(contribution, HOSTILE, author_name=HOSTILE)
    assert HOSTILE not in page_of(contribution)
    assert "&lt;script&gt;" in page_of(contribution)


def test_a_comment_sent_twice_is_stored_once(client: Client) -> None:
    contribution, key = make_contribution(), str(uuid.uuid4())
    for _time in range(2):
        assert talk(client, contribution, submission_key=key).status_code == 302
    assert Comment.objects.count() == 1


def test_a_reply_to_a_reply_stays_on_the_second_level(client: Client) -> None:
    contribution = make_contribution()
    root = make_comment(contribution)
    reply = make_comment(contribution, parent=root)
    talk(client, contribution, parent=reply.pk)
    assert Comment.objects.latest("pk").parent == root


def test_a_reply_cannot_hang_on_another_contribution_or_on_hidden_words(client: Client) -> None:
    contribution = make_contribution()
    elsewhere = make_comment(make_contribution())
    hidden = make_comment(contribution, status=Publication.HIDDEN)
    for parent in (elsewhere.pk, hidden.pk, "nonsense"):
        assert talk(client, contribution, parent=parent).status_code == 200
    assert Comment.objects.count() == 2


def test_the_office_and_the_author_are_marked(as_role: Callable[..., Client], citizen: User) -> None:
    contribution = make_contribution(author=citizen)
    talk(as_role("planner"), contribution, "Wir prüfen das.")
    talk(as_role("citizen"), contribution, "Danke.")
    talk(as_role("council"), contribution, "Gut.")
    voices = dict(Comment.objects.values_list("text", "voice"))
    assert voices == {"Wir prüfen das.": Voice.OFFICE, "Danke.": Voice.AUTHOR, "Gut.": Voice.VISITOR}
    page = page_of(contribution)
    assert "Wir prüfen das." in page  # the office does not wait for itself
    assert "comment-office" in page


def test_whoever_holds_the_receipt_speaks_as_the_author_and_nobody_else_does(client: Client) -> None:
    contribution = make_contribution()
    client.get(reverse("participation:story", args=[contribution.receipt_code]))
    talk(client, contribution, "Ich bin es.")
    talk(Client(), contribution, "Ich auch?")
    assert dict(Comment.objects.values_list("text", "voice")) == {
        "Ich bin es.": Voice.AUTHOR,
        "Ich auch?": Voice.VISITOR,
    }


def test_nobody_comments_on_what_is_not_published_or_no_longer_open(client: Client) -> None:
    hidden = make_contribution(status=Publication.HIDDEN)
    assert talk(client, hidden).status_code == 404
    internal = make_contribution(measure=make_measure(visibility="internal"))
    assert talk(client, internal).status_code == 404
    loop = make_loop()
    over = make_contribution(loop=loop)
    type(loop).objects.filter(pk=loop.pk).update(
        invite_from="2020-01-01", participate_from="2020-01-02", feedback_from="2020-01-03", ends_on="2020-01-04"
    )
    page = talk(client, over, "Zu spät, aber nicht verloren.")
    assert page.status_code == 409
    assert "Zu spät, aber nicht verloren." in page.content.decode()
    assert not Comment.objects.exists()


def test_what_was_typed_survives_logging_in(client: Client, citizen: User) -> None:
    contribution = make_contribution(loop=make_loop(make_dialogue(access=Access.ACCOUNT)))
    answer = talk(client, contribution, "Meine Worte bleiben.")
    assert "/konto/login/" in answer["Location"]
    client.force_login(citizen)
    address = reverse("participation:talk", args=[contribution.pk])
    assert "Meine Worte bleiben." in client.get(address).content.decode()


def test_a_program_that_fills_in_everything_stores_nothing(client: Client) -> None:
    contribution = make_contribution()
    assert talk(client, contribution, website="https://spam.example").status_code == 302
    assert not Comment.objects.exists()


def test_a_flood_is_stopped_and_the_text_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "COMMENTS_PER_HOUR", 1)
    contribution = make_contribution()
    talk(client, contribution)
    page = talk(client, contribution, "Noch einer.")
    assert page.status_code == 200
    assert "Noch einer." in page.content.decode()
    assert Comment.objects.count() == 1


# --- Moderation of comments


def test_hiding_takes_the_words_away_and_tells_the_author_why(
    moderator: User, citizen: User, as_role: Callable[..., Client]
) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution, "Ein Name steht hier.", author=citizen)
    make_comment(contribution, "Eine Antwort darauf.", parent=comment)
    Contribution.objects.update(comment_count=2)
    address = reverse("participation:moderate_comment", args=[comment.pk])
    assert "Ein Name" in as_role("moderator").get(address).content.decode()
    as_role("moderator").post(address, {"action": "hide", "reason": "Nennt einen Nachbarn."})
    page = page_of(contribution)
    assert "Ein Name steht hier." not in page
    assert "Eine Antwort darauf." in page  # replies keep their place
    alone = PageClient().get(comment.get_absolute_url()).content.decode()
    assert "Ein Name steht hier." not in alone
    assert "Eine Antwort darauf." in alone
    own = page_of(contribution, as_role("citizen"))
    assert "Nennt einen Nachbarn." in own
    assert "Nennt einen Nachbarn." in OutboxMail.objects.get().body
    contribution.refresh_from_db()
    assert contribution.comment_count == 1
    services.hide_comment(comment=comment, by=moderator, reason="Noch einmal.")
    assert OutboxMail.objects.count() == 1


def test_hiding_needs_a_reason_and_the_right_to_it(moderator: User, citizen: User) -> None:
    comment = make_comment(make_contribution())
    with pytest.raises(ValidationError):
        services.hide_comment(comment=comment, by=moderator, reason="  ")
    with pytest.raises(PermissionDenied):
        services.hide_comment(comment=comment, by=citizen, reason="Gefällt mir nicht.")


def test_the_list_of_comments_to_moderate_is_worked_through(as_role: Callable[..., Client]) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution, "Ich warte.", status=Publication.WAITING)
    client = as_role("moderator")
    assert "Ich warte." in client.get(reverse("participation:comment_moderation")).content.decode()
    client.post(reverse("participation:moderate_comment", args=[comment.pk]), {"action": "publish"})
    assert "Ich warte." not in client.get(reverse("participation:comment_moderation")).content.decode()
    assert "Ich warte." in page_of(contribution)


def test_an_author_withdraws_and_nobody_else_can(as_role: Callable[..., Client], citizen: User) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution, "Das nehme ich zurück.", author=citizen)
    address = reverse("participation:withdraw_comment", args=[comment.pk])
    assert as_role("council").post(address).status_code == 404
    assert as_role("citizen").post(address).status_code == 302
    for reader in (None, "citizen", "moderator"):
        assert "Das nehme ich zurück." not in page_of(contribution, as_role(reader))


@pytest.mark.parametrize("status", [Publication.HIDDEN, Publication.WITHDRAWN, Publication.WAITING])
def test_under_a_contribution_that_is_gone_no_comment_is_left(client: Client, status: Publication) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution, "Unter etwas Verborgenem.")
    Contribution.objects.update(status=status)
    addresses = [
        reverse("participation:thread", args=[contribution.pk]),
        reverse("participation:comment", args=[comment.pk]),
        reverse("participation:talk", args=[contribution.pk]) + f"?antwort={comment.pk}",
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert not Comment.objects.visible_to(AnonymousUser()).exists()


# --- Supports


def support(client: Client, target: Contribution | Comment, **fields: Any) -> Any:
    name = "support_comment" if isinstance(target, Comment) else "support"
    return client.post(reverse(f"participation:{name}", args=[target.pk]), fields)


def test_each_person_counts_once_and_can_take_it_back(as_role: Callable[..., Client]) -> None:
    contribution = make_contribution()
    for target in (contribution, make_comment(contribution)):
        for client in (as_role("citizen"), as_role("council"), PageClient()):
            support(client, target)
            support(client, target)
        target.refresh_from_db()
        assert target.support_count == 3
        support(as_role("citizen"), target, withdraw="1")
        support(as_role("citizen"), target, withdraw="1")
        target.refresh_from_db()
        assert target.support_count == 2
    assert Support.objects.count() == 4


def test_one_address_without_account_cannot_pile_up_supports() -> None:
    contribution = make_contribution()
    for _visitor in range(throttle.SUPPORTS_FROM_ONE_ADDRESS + 3):
        support(Client(), contribution)
    contribution.refresh_from_db()
    assert contribution.support_count == throttle.SUPPORTS_FROM_ONE_ADDRESS


def test_where_an_account_is_needed_a_visitor_does_not_count(client: Client, as_role: Callable[..., Client]) -> None:
    contribution = make_contribution(loop=make_loop(make_dialogue(access=Access.EMAIL)))
    support(client, contribution)
    support(as_role("citizen"), contribution)
    contribution.refresh_from_db()
    assert contribution.support_count == 1


def test_the_database_itself_refuses_a_second_support(citizen: User) -> None:
    contribution = make_contribution()
    Support.objects.create(contribution=contribution, user=citizen)
    for wrong in (
        {"contribution": contribution, "user": citizen},
        {"contribution": contribution},
        {"user": citizen},
        {"contribution": contribution, "comment": make_comment(contribution), "visitor": "a"},
        {"contribution": contribution, "user": citizen, "visitor": "a"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Support.objects.create(**wrong)


def test_whoever_leaves_takes_their_supports_along(citizen: User) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution)
    for target in (contribution, comment):
        services.support(target=target, person=citizen)
    services.forget_supports(user=citizen)
    contribution.refresh_from_db()
    comment.refresh_from_db()
    assert (contribution.support_count, comment.support_count, Support.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_supports_by_one_person_count_once(citizen: User) -> None:
    contribution = make_contribution()
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads cannot share a database in memory; this runs on PostgreSQL")
    gate = threading.Barrier(50)
    counted, failed = [], []

    def run() -> None:
        try:
            gate.wait()
            counted.append(services.support(target=contribution, person=citizen))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    contribution.refresh_from_db()
    assert not failed
    assert (counted.count(True), contribution.support_count, Support.objects.count()) == (1, 1, 1)


# --- Long threads


def fill(contribution: Contribution, roots: int, replies: int = 2) -> None:
    made = Comment.objects.bulk_create(
        Comment(contribution=contribution, text=f"Wort {n} " + "über den Platz " * 60, status=Publication.PUBLISHED)
        for n in range(roots)
    )
    Comment.objects.bulk_create(
        Comment(contribution=contribution, parent=root, text="Antwort " * 80, status=Publication.PUBLISHED)
        for root in made
        for _reply in range(replies)
    )
    Contribution.objects.filter(pk=contribution.pk).update(comment_count=roots * (replies + 1))


def test_a_thread_of_five_thousand_comments_stays_light(client: Client) -> None:
    contribution = make_contribution()
    fill(contribution, roots=1000, replies=4)
    page = client.get(contribution.get_absolute_url())
    assert len(page.content) < 95_000  # the words of other languages are longer
    seen: set[str] = set()
    address: str | None = reverse("participation:thread", args=[contribution.pk]) + "?sort=oldest"
    for _piece in range(3):
        html = client.get(address).content.decode()
        found = set(re.findall(r'id="kommentar-(\d+)"', html))
        assert not found & seen
        assert len(html) < 100_000
        seen |= found
        address = re.search(r'rel="next nofollow" href="([^"]+)"', html)[1].replace("&amp;", "&")  # type: ignore[index]
    assert len(seen) == 3 * 20 * 3  # two first replies below each


def test_a_piece_for_htmx_is_a_fragment(client: Client) -> None:
    contribution = make_contribution()
    fill(contribution, roots=25)
    address = reverse("participation:thread", args=[contribution.pk]) + "?page=2"
    fragment = Client().get(address, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert fragment.count('id="kommentar-') == 15


def test_the_queries_do_not_grow_with_the_thread(django_assert_max_num_queries: Callable) -> None:
    few, many = make_contribution(), make_contribution()
    fill(few, roots=3)
    fill(many, roots=30)
    counts = []
    for contribution in (few, many):
        for address in (contribution.get_absolute_url(), reverse("participation:thread", args=[contribution.pk])):
            with django_assert_max_num_queries(40) as queries:
                Client().get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_sorting_and_filtering(client: Client) -> None:
    contribution = make_contribution()
    for text, supports, voice in (("A1", 1, "visitor"), ("B2", 9, "office"), ("C3", 3, "visitor")):
        make_comment(contribution, text, support_count=supports, voice=voice)
    make_comment(contribution, "D4", parent=Comment.objects.get(text="A1"), voice="author")
    address = reverse("participation:thread", args=[contribution.pk])

    def shown(query: str) -> list[str]:
        return re.findall(r"<p>([ABC]\d)</p>", client.get(f"{address}?{query}").content.decode())

    assert shown("sort=newest") == ["C3", "B2", "A1"]
    assert shown("sort=oldest") == ["A1", "B2", "C3"]
    assert shown("sort=supported") == ["B2", "C3", "A1"]
    assert shown("show=office") == ["B2"]
    assert shown("show=author") == ["A1"]
    assert shown("sort=<script>&show='&page=9999") == ["C3", "B2", "A1"]


def test_a_long_comment_is_read_on_its_own_page(client: Client) -> None:
    contribution = make_contribution()
    comment = make_comment(contribution, "Wort " * 280 + "Ende.")
    assert "Ende." not in page_of(contribution)
    assert "Ende." in client.get(comment.get_absolute_url()).content.decode()


def test_the_moderators_list_does_not_grow_in_queries(as_role: Callable[..., Client]) -> None:
    client, contribution = as_role("moderator"), make_contribution()
    counts = []
    for number in (3, 17):
        for _comment in range(number):
            make_comment(contribution, status=Publication.WAITING, parent=make_comment(contribution))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("participation:comment_moderation"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
