"""Voting: open in its step, once per person, secret, and kept when something is missing."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, OutboxMail, User
from participation.models import ACTS, Act, Ballot, Identification, Poll, PollAnswer, QuestionKind, Step
from participation.services.polls import Mark, Outcome, cast_vote, seal_ended
from tests.factories.polls import add_question, make_full_poll, make_loop, make_poll, typed
from tests.page import PageClient

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def address(poll: Poll, more: str = "") -> str:
    return f"/de/dialog/umfrage/{poll.pk}/{more}"


def vote(client: Client, poll: Poll, data: dict | None = None) -> str:
    """Open the page, send a vote, and return what stands on the page afterwards."""
    client.get(address(poll))
    return client.post(address(poll), typed(poll) if data is None else data, follow=True).content.decode()


# --- When


def test_votes_are_an_act_of_the_step_of_participation_only() -> None:
    assert [step for step, acts in ACTS.items() if Act.VOTE in acts] == [Step.PARTICIPATE]


@pytest.mark.parametrize("step", [Step.INVITE, Step.FEEDBACK, None])
def test_outside_the_step_nobody_votes_and_typed_words_come_back(client: Client, step: Step | None) -> None:
    poll = make_full_poll(step=step)
    response = client.post(address(poll), typed(poll))
    assert response.status_code == 409
    assert "Mehr Bäume, bitte." in response.content.decode()
    assert not Ballot.objects.exists()


def test_before_it_opens_a_poll_shows_its_questions_and_the_day(client: Client) -> None:
    poll = make_full_poll(step=Step.INVITE)
    page = client.get(address(poll)).content.decode()
    assert "Frage 1" in page
    assert '<form class="poll-form"' not in page


def test_a_poll_that_is_not_public_leaves_no_trace(client: Client, moderator: User) -> None:
    poll = make_full_poll(is_public=False)
    for more in ("", "ergebnis/"):
        assert client.get(address(poll, more)).status_code == 404
    assert poll.title not in client.get(poll.loop.dialogue.get_absolute_url()).content.decode()
    client.force_login(moderator)
    assert client.get(address(poll)).status_code == 200


def test_a_public_poll_of_a_hidden_dialogue_leaves_no_trace(client: Client) -> None:
    poll = make_full_poll(loop=make_loop(is_public=False))
    assert client.get(address(poll)).status_code == 404
    assert client.post(address(poll), typed(poll)).status_code == 404


# --- What


def test_every_kind_of_question_is_stored_as_it_was_answered(client: Client) -> None:
    poll = make_full_poll()
    page = vote(client, poll)
    assert "Stimme" in page or "vote" in page
    ballot = Ballot.objects.get()
    by_kind: dict[str, list] = {}
    for answer in ballot.answers.select_related("question", "option", "row").order_by("option__position"):
        mark = (answer.row and answer.row.label, answer.option and answer.option.label, answer.value, answer.text)
        by_kind.setdefault(answer.question.kind, []).append(mark)
    assert by_kind["single"] == [(None, "A", None, "")]
    assert by_kind["multiple"] == [(None, "A", None, ""), (None, "C", None, "")]
    assert by_kind["ranking"] == [(None, "A", 1, ""), (None, "B", 2, ""), (None, "C", 3, "")]
    assert by_kind["scale"] == [(None, None, 4, "")]
    assert by_kind["text"] == [(None, None, None, "Mehr Bäume, bitte.")]
    assert sorted(by_kind["matrix"]) == [("Bahnhof", "B", None, ""), ("Zentrum", "B", None, "")]
    assert by_kind["budget"] == [(None, "A", 50, ""), (None, "B", 30, ""), (None, "C", 20, "")]


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        (QuestionKind.MULTIPLE, {"": "all"}, "at most 2"),
        (QuestionKind.RANKING, {"A": "1", "B": "1"}, "each rank once"),
        (QuestionKind.RANKING, {"A": "1", "B": "3"}, "without gaps"),
        (QuestionKind.BUDGET, {"A": "40", "B": "30"}, "70 of 100"),
        (QuestionKind.BUDGET, {"A": "-5"}, ""),
        (QuestionKind.BUDGET, {"A": "viel"}, ""),
        (QuestionKind.SCALE, {"": "77"}, ""),
        (QuestionKind.SINGLE, {"": "'; DROP TABLE"}, ""),
        (QuestionKind.TEXT, {"": "x" * 2001}, ""),
    ],
)
def test_a_wrong_answer_is_explained_and_everything_typed_is_kept(
    client: Client, kind: QuestionKind, answer: dict[str, str], said: str
) -> None:
    poll = make_poll()
    wrong = add_question(poll, kind, max_choices=2)
    words = add_question(poll, QuestionKind.TEXT)
    data: dict = {f"q{words.pk}": "Das bleibt <script>stehen</script>"}
    for label, value in answer.items():
        option = next((o.pk for o in wrong.choices if o.label == label), None)
        data[f"q{wrong.pk}-{option}" if option else f"q{wrong.pk}"] = (
            [o.pk for o in wrong.choices] if value == "all" else value
        )
    client.get(address(poll), headers={"accept-language": "en"})
    page = client.post(address(poll).replace("/de/", "/en/"), data).content.decode()
    assert 'id="form-errors"' in page
    assert f'href="#q{wrong.pk}"' in page
    assert said in page
    assert "Das bleibt &lt;script&gt;stehen" in page
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_what_must_be_answered_is_asked_for(client: Client, kind: QuestionKind) -> None:
    poll = make_poll()
    question = add_question(poll, kind, is_required=True)
    add_question(poll, QuestionKind.TEXT)
    assert f'href="#q{question.pk}"' in vote(client, poll, {})
    vote(client, poll)
    assert Ballot.objects.count() == 1


def test_an_empty_ballot_is_not_counted(client: Client) -> None:
    poll = make_full_poll()
    assert 'id="form-errors"' in vote(client, poll, {})
    assert not Ballot.objects.exists()


# --- Once


def test_a_double_click_counts_once(client: Client) -> None:
    poll = make_full_poll()
    vote(client, poll)
    vote(client, poll)
    assert Ballot.objects.count() == 1
    assert PollAnswer.objects.filter(question__kind="scale").count() == 1


def test_a_vote_can_be_changed_until_the_end_if_the_poll_says_so(client: Client) -> None:
    poll = make_poll()
    scale = add_question(poll, QuestionKind.SCALE)
    vote(client, poll, {f"q{scale.pk}": 1})
    vote(client, poll, {f"q{scale.pk}": 5})
    assert list(PollAnswer.objects.values_list("value", flat=True)) == [5]


def test_a_vote_that_may_not_change_stays_and_the_voter_is_told(client: Client) -> None:
    poll = make_poll(may_change=False)
    scale = add_question(poll, QuestionKind.SCALE)
    vote(client, poll, {f"q{scale.pk}": 1})
    page = client.get(address(poll)).content.decode()
    assert '<form class="poll-form"' not in page
    vote(client, poll, {f"q{scale.pk}": 5})
    assert list(PollAnswer.objects.values_list("value", flat=True)) == [1]


def test_two_browsers_are_two_voters_where_anyone_may_vote(client: Client) -> None:
    poll = make_full_poll()
    vote(client, poll)
    vote(PageClient(), poll)
    assert Ballot.objects.count() == 2


def test_a_browser_that_voted_does_not_vote_again_after_logging_in(client: Client, citizen: User) -> None:
    poll = make_full_poll()
    vote(client, poll)
    client.force_login(citizen)
    vote(client, poll)
    assert Ballot.objects.count() == 1


def test_a_browser_without_cookies_is_told_so_and_counts_nothing(client: Client) -> None:
    poll = make_full_poll()
    response = client.post(address(poll), typed(poll))
    assert response.status_code == 200
    page = response.content.decode()
    assert 'id="form-errors"' in page
    assert "Mehr Bäume, bitte." in page
    assert not Ballot.objects.exists()


def test_a_flood_from_one_address_is_stopped() -> None:
    poll = make_full_poll()
    for _index in range(17):
        vote(PageClient(), poll)
    assert Ballot.objects.count() == 15


def test_a_poll_for_accounts_takes_one_vote_per_account_on_any_device(client: Client, citizen: User) -> None:
    poll = make_full_poll(identification=Identification.ACCOUNT)
    page = vote(client, poll)
    assert "/konto/login/?next=" in page
    assert not Ballot.objects.exists()
    for _device in range(2):
        device = PageClient()
        device.force_login(citizen)
        vote(device, poll)
    assert Ballot.objects.count() == 1


def test_the_database_refuses_a_second_ballot_of_one_voter() -> None:
    poll = make_full_poll()
    Ballot.objects.create(poll=poll, voter_key="k")
    with pytest.raises(IntegrityError):
        Ballot.objects.create(poll=poll, voter_key="k")


def test_a_poll_with_confirmed_address_is_opened_by_the_link_of_the_mail(client: Client) -> None:
    poll = make_full_poll(identification=Identification.EMAIL)
    client.post(address(poll, "link/"), {"email": "Ana.Martins@example.lu"})
    mail = OutboxMail.objects.get()
    link = re.search(r"http://\S+", mail.body)[0]
    other = PageClient()
    other.get(link, follow=True)
    vote(other, poll)
    assert Ballot.objects.count() == 1
    # The same mailbox, written in another way, and the account of this person: still one vote.
    client.post(address(poll, "link/"), {"email": "ana.martins+zwei@EXAMPLE.lu"})
    client.get(re.search(r"http://\S+", OutboxMail.objects.first().body)[0], follow=True)
    vote(client, poll)
    owner = PageClient()
    owner.force_login(User.objects.create_user("ana.martins@example.lu"))
    vote(owner, poll)
    assert Ballot.objects.count() == 1


def test_a_forged_link_opens_nothing(client: Client) -> None:
    poll, other = make_full_poll(identification="email"), make_full_poll(identification="email")
    client.post(address(other, "link/"), {"email": "ana@example.lu"})
    token = re.search(r"/link/(\S+)/", OutboxMail.objects.get().body)[1]
    assert client.get(address(poll, f"link/{token}/")).status_code == 404
    assert client.get(address(poll, "link/abc:def/")).status_code == 404
    assert client.get(address(other, f"link/{token}/")).status_code == 302


def test_asking_twice_for_the_link_within_the_hour_sends_one_mail(client: Client) -> None:
    poll = make_full_poll(identification="email")
    for _time in range(2):
        client.post(address(poll, "link/"), {"email": "ana@example.lu"})
    assert client.post(address(poll, "link/"), {"email": "keine adresse"}).status_code == 302
    assert OutboxMail.objects.count() == 1


# --- Secret


def test_nothing_leads_from_a_ballot_to_its_voter(client: Client, citizen: User) -> None:
    poll = make_full_poll(identification="account")
    client.force_login(citizen)
    vote(client, poll)
    columns = {field.name for model in (Ballot, PollAnswer) for field in model._meta.get_fields()}
    assert not columns & {"user", "author", "created_at", "at", "email"}
    ballot = Ballot.objects.get()
    assert str(citizen.pk) != ballot.voter_key
    assert citizen.email not in ballot.voter_key
    assert not AuditEntry.objects.filter(action__startswith="poll.").exists()


def test_the_key_of_one_voter_differs_from_poll_to_poll(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    for poll in (make_full_poll(identification="account"), make_full_poll(identification="account")):
        vote(client, poll)
    assert len(set(Ballot.objects.values_list("voter_key", flat=True))) == 2


def test_after_the_end_the_keys_are_replaced_and_no_vote_can_be_added() -> None:
    poll = make_poll()
    scale = add_question(poll, QuestionKind.SCALE)
    marks = [Mark(scale, value=3)]
    assert cast_vote(poll=poll, keys=["key"], marks=marks, day=TODAY) is Outcome.COUNTED
    assert seal_ended(TODAY) == 0
    later = TODAY + dt.timedelta(days=30)
    assert seal_ended(later) == 1
    assert seal_ended(later) == 0
    assert Ballot.objects.get().voter_key != "key"
    with pytest.raises(ValidationError):
        cast_vote(poll=poll, keys=["key"], marks=marks, day=TODAY)


def test_numbers_beyond_every_database_are_simply_not_found(client: Client) -> None:
    assert client.get("/de/dialog/umfrage/99999999999999999999999/").status_code == 404
