"""What a poll says afterwards, and what only staff may take out of it."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import AuditEntry, User
from common.charts.bars import bars
from common.spreadsheet import safe_cell
from participation.models import Ballot, Poll, PollAnswer, PollQuestion, Publication, QuestionKind, Step
from participation.poll_results import MIN_FOR_SHARES, tally
from participation.services.polls import Mark, cast_vote
from tests.factories.polls import add_question, make_full_poll, make_poll, make_vote, typed
from tests.page import PageClient
from tests.step.test_growth import queries

pytestmark = pytest.mark.django_db


def results(poll: Poll) -> str:
    return f"/de/dialog/umfrage/{poll.pk}/ergebnis/"


def many(poll: Poll, question: PollQuestion, answers: list[dict]) -> None:
    for answer in answers:
        make_vote(poll, question=question, **answer)


def chart(poll: Poll) -> list[tuple]:
    return [(bar.label, bar.value, bar.share) for bar in tally(poll).questions[0].charts[0].bars]


# --- Arithmetic


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    drawn = bars([("a", 10), ("b", 5), ("c", 0)], title="t", unit="u", whole=20)
    assert [(bar.length, bar.share) for bar in drawn.bars] == [(100, 50), (50, 25), (0, 0)]


@pytest.mark.parametrize("rows", [[], [("a", 0)]])
def test_bars_of_nothing_are_empty_and_have_no_shares(rows: list) -> None:
    drawn = bars(rows, title="t", unit="u", whole=0)
    assert [(bar.length, bar.share) for bar in drawn.bars] == [(0, None) for _row in rows]


def test_few_answers_are_counted_without_percentages() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.SINGLE)
    a, b, _c = question.choices
    many(poll, question, [{"option": a}] * 3 + [{"option": b}])
    assert chart(poll) == [("A", 3, None), ("B", 1, None), ("C", 0, None)]


def test_from_twenty_answers_on_shares_are_of_those_who_answered_this_question() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.SINGLE)
    a, b, _c = question.choices
    many(poll, question, [{"option": a}] * 15 + [{"option": b}] * 5)
    other = add_question(make_poll(), QuestionKind.SCALE)  # another poll's votes do not mix in
    make_vote(other.poll, question=other, value=2)
    Ballot.objects.create(poll=poll, voter_key="left the question out")
    assert MIN_FOR_SHARES == 20
    assert chart(poll) == [("A", 15, 75), ("B", 5, 25), ("C", 0, 0)]
    assert tally(poll).ballots == 21
    assert tally(poll).questions[0].answered == 20


def test_a_ranking_gives_points_the_first_rank_most() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.RANKING)
    a, b, c = question.choices
    marks = [Mark(question, option=b, value=1), Mark(question, option=a, value=2)]
    cast_vote(poll=poll, keys=["1"], marks=marks, day=poll.loop.participate_from)
    marks = [Mark(question, option=b, value=1), Mark(question, option=c, value=2), Mark(question, option=a, value=3)]
    cast_vote(poll=poll, keys=["2"], marks=marks, day=poll.loop.participate_from)
    assert chart(poll) == [("B", 6, None), ("A", 3, None), ("C", 2, None)]


def test_a_budget_is_the_mean_of_all_who_distributed_it() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.BUDGET, budget_unit="€")
    a, b, c = question.choices
    for key, sums in (("1", (100, 0, 0)), ("2", (50, 25, 25))):
        marks = [Mark(question, option=o, value=n) for o, n in zip((a, b, c), sums, strict=True)]
        cast_vote(poll=poll, keys=[key], marks=marks, day=poll.loop.participate_from)
    assert chart(poll) == [("A", 75, None), ("B", 12.5, None), ("C", 12.5, None)]


def test_a_table_has_a_chart_for_every_row() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.MATRIX)
    centre, station = question.rows
    make_vote(poll, question=question, row=centre, option=question.choices[2])
    drawn = tally(poll).questions[0].charts
    assert [(c.title, [b.value for b in c.bars]) for c in drawn] == [("Zentrum", [0, 0, 1]), ("Bahnhof", [0, 0, 0])]
    assert station.label == "Bahnhof"


def test_votes_cost_no_queries_of_their_own(client: Client) -> None:
    poll = make_full_poll(step=Step.FEEDBACK)
    single = poll.questions.get(kind="single")
    many(poll, single, [{"option": single.choices[0]}] * 3)
    queries(client, results(poll))
    few = queries(client, results(poll))
    many(poll, single, [{"option": single.choices[1]}] * 30)
    for kind in QuestionKind:
        add_question_after_votes(poll, kind)
    assert queries(client, results(poll)) == few


def add_question_after_votes(poll: Poll, kind: QuestionKind) -> None:
    PollQuestion.objects.bulk_create([PollQuestion(poll=poll, kind=kind, position=50, text=f"Noch {kind}")])


# --- When they are shown


def test_results_wait_for_the_end_unless_the_poll_says_at_once(client: Client) -> None:
    poll = make_poll(results_from="end")
    question = add_question(poll, QuestionKind.SINGLE)
    many(poll, question, [{"option": question.choices[0]}] * 8)
    assert "chart-value" not in client.get(results(poll)).content.decode()
    Poll.objects.update(results_from="once")
    assert "chart-value" in client.get(results(poll)).content.decode()


def test_while_a_poll_is_open_fewer_than_five_votes_are_not_shown(client: Client) -> None:
    poll = make_poll(results_from="once")
    question = add_question(poll, QuestionKind.SINGLE)
    many(poll, question, [{"option": question.choices[0]}] * 4)
    assert "chart-value" not in client.get(results(poll)).content.decode()


def test_after_the_end_also_two_votes_are_told_as_what_they_are(client: Client) -> None:
    poll = make_poll(step=Step.FEEDBACK)
    question = add_question(poll, QuestionKind.SINGLE)
    many(poll, question, [{"option": question.choices[0]}] * 2)
    page = client.get(results(poll).replace("/de/", "/en/")).content.decode()
    assert "Few people voted" in page
    assert " %</span>" not in page


# --- Words


def texts_of(poll: Poll, text: str) -> PollAnswer:
    question = poll.questions.filter(kind="text").first() or add_question(poll, QuestionKind.TEXT)
    make_vote(poll, question=question, text=text)
    return PollAnswer.objects.get(text=text)


def test_words_are_seen_by_others_once_a_moderator_has_published_them(client: Client, moderator: User) -> None:
    poll = make_poll(step=Step.FEEDBACK)
    answer = texts_of(poll, "<b>Mehr</b> Schatten")
    assert "Schatten" not in client.get(results(poll)).content.decode()
    desk = PageClient()
    desk.force_login(moderator)
    page = f"/de/dialog/umfrage/{poll.pk}/texte/"
    assert "&lt;b&gt;Mehr" in desk.get(page).content.decode()
    desk.post(page, {"answer": answer.pk, "action": "publish"})
    desk.post(page, {"answer": answer.pk, "action": "publish"})
    assert "&lt;b&gt;Mehr&lt;/b&gt; Schatten" in client.get(results(poll)).content.decode()
    desk.post(page, {"answer": answer.pk, "action": "hide"})
    assert "Schatten" not in client.get(results(poll)).content.decode()
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["poll.publish_text", "poll.hide_text"]


def test_a_text_of_another_poll_or_a_wild_key_cannot_be_moderated_here(moderator: User) -> None:
    poll, other = make_full_poll(), make_full_poll()
    foreign = texts_of(other, "Anderswo")
    desk = PageClient()
    desk.force_login(moderator)
    for key in (foreign.pk, "keine-uuid", ""):
        assert desk.post(f"/de/dialog/umfrage/{poll.pk}/texte/", {"answer": key}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.status == Publication.WAITING


# --- Export


def exported(poll: Poll, user: User, kind: str) -> bytes:
    desk = PageClient()
    desk.force_login(user)
    response = desk.get(f"/de/dialog/umfrage/{poll.pk}/export/{kind}/")
    assert response.status_code == 200
    return response.content


def test_staff_export_every_ballot_as_csv_and_xlsx_alike(client: Client, planner: User) -> None:
    poll = make_full_poll()
    client.get(f"/de/dialog/umfrage/{poll.pk}/")
    client.post(f"/de/dialog/umfrage/{poll.pk}/", typed(poll))
    read = list(csv.reader(io.StringIO(exported(poll, planner, "csv").decode("utf-8-sig"))))
    head, ballot = read
    assert len(head) == len(ballot) == 1 + 1 + 3 + 1 + 1 + 2 + 3
    assert ballot[:3] == ["A", "A; C", "1"]
    sheet = load_workbook(io.BytesIO(exported(poll, planner, "xlsx"))).active
    assert [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == read
    assert AuditEntry.objects.filter(action="poll.export", actor=planner).count() == 2


def test_words_of_citizens_are_no_formulas_in_a_spreadsheet(planner: User) -> None:
    poll = make_poll()
    texts_of(poll, '=HYPERLINK("http://evil.example")')
    assert "'=HYPERLINK" in exported(poll, planner, "csv").decode("utf-8-sig")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_marked_as_text(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", [-3, 1.5, None, "a=b", ""])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


def test_an_unknown_format_is_not_found(planner: User) -> None:
    desk = PageClient()
    desk.force_login(planner)
    assert desk.get(f"/de/dialog/umfrage/{make_poll().pk}/export/exe/").status_code == 404
