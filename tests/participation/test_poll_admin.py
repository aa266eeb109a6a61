"""Making a poll at the desk."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from participation.models import Poll, PollQuestion, QuestionKind
from tests.factories.polls import add_question, make_loop, make_poll, make_vote

pytestmark = pytest.mark.django_db


def sent(**fields: object) -> dict[str, object]:
    question = {"position": 1, "kind": "single", "text_de": "Was zuerst?", "scale_steps": 5, "budget_total": 100}
    question |= {"min_choices": 0, "options_text": "Bäume | Arbres\nBänke"}
    data: dict[str, object] = {
        "loop": make_loop().pk,
        "title_de": "Umfrage",
        "identification": "anyone",
        "results_from": "end",
        "questions-TOTAL_FORMS": 1,
        "questions-INITIAL_FORMS": 0,
    }
    return data | {f"questions-0-{name}": value for name, value in question.items()} | fields


@pytest.fixture
def desk(client: Client, planner: User) -> Client:
    client.force_login(planner)
    return client


def test_a_poll_with_its_questions_and_options_is_made_on_one_page(desk: Client) -> None:
    response = desk.post("/admin/participation/poll/add/", sent())
    assert response.status_code == 302, response.context["errors"]
    question = PollQuestion.objects.get()
    assert [(o.position, o.label_de, o.label_fr) for o in question.choices] == [
        (1, "Bäume", "Arbres"),
        (2, "Bänke", None),
    ]
    page = desk.get(f"/admin/participation/poll/{question.poll_id}/change/").content.decode()
    assert "Bäume | Arbres" in page


def test_options_are_put_into_another_order_by_moving_their_lines(desk: Client) -> None:
    desk.post("/admin/participation/poll/add/", sent())
    poll = Poll.objects.get()
    changed = {"questions-INITIAL_FORMS": 1, "questions-0-id": poll.questions.get().pk, "questions-0-poll": poll.pk}
    lines = {"questions-0-options_text": "Bänke\nBäume | Arbres\nBrunnen", "loop": poll.loop_id}
    assert desk.post(f"/admin/participation/poll/{poll.pk}/change/", sent(**changed, **lines)).status_code == 302
    assert [o.label for o in poll.questions.get().choices] == ["Bänke", "Bäume", "Brunnen"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("options_text", "Nur eine"),
        ("options_text", "| Arbres\nBänke"),
        ("options_text", "a|b|c|d|e|f\nzwei"),
        ("options_text", "\n".join(str(n) for n in range(31))),
        ("options_text", "x" * 161 + "\nzwei"),
        ("kind", "matrix"),
        ("kind", "nichts"),
        ("min_choices", 9),
        ("scale_steps", 99),
        ("budget_total", 0),
    ],
)
def test_what_cannot_be_voted_on_is_refused_with_a_message(desk: Client, field: str, value: object) -> None:
    response = desk.post("/admin/participation/poll/add/", sent(**{f"questions-0-{field}": value}))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Poll.objects.exists()


def test_once_somebody_has_voted_the_questions_stay_and_the_page_says_why(desk: Client) -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.SINGLE, options=["Bäume", "Bänke"])
    make_vote(poll, question=question, option=question.choices[0])
    path = f"/admin/participation/poll/{poll.pk}/change/"
    page = desk.get(path).content.decode()
    assert 'name="questions-0-text_de"' not in page
    assert 'name="identification"' not in page
    assert "<pre>Bäume\nBänke</pre>" in page
    data = sent(**{"questions-INITIAL_FORMS": 1, "questions-0-id": question.pk, "questions-0-text_de": "Anders?"})
    desk.post(path, data)
    question.refresh_from_db()
    assert question.text != "Anders?"


def test_no_way_leads_to_a_changed_question_under_votes() -> None:
    poll = make_poll()
    question = add_question(poll, QuestionKind.SCALE)
    make_vote(poll, question=question, value=1)
    for change in (question.save, question.delete, lambda: add_question(poll, QuestionKind.TEXT)):
        with pytest.raises(ValidationError):
            change()
