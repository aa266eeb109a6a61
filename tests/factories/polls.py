"""Dialogues whose loop stands at a step, and polls with a question of each kind."""

import datetime as dt
import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from django.utils import timezone

from participation.models import (
    Ballot,
    Dialogue,
    Loop,
    Poll,
    PollAnswer,
    PollOption,
    PollQuestion,
    QuestionKind,
    Step,
)

_numbers = count(1)
# Days from today on which the steps begin, and the last day, for a loop that stands at the step today.
STARTS = {
    Step.INVITE: (-5, 5, 15, 25),
    Step.PARTICIPATE: (-15, -5, 5, 15),
    Step.FEEDBACK: (-25, -15, -5, 5),
    None: (-40, -30, -20, -10),
}


def make_loop(step: Step | None = Step.PARTICIPATE, *, is_public: bool = True, **fields: Any) -> Loop:
    number, today = next(_numbers), timezone.localdate()
    dialogue = Dialogue.objects.create(slug=f"dialog-{number}", title=f"Dialog {number}", is_public=is_public)
    dates = [today + dt.timedelta(days=days) for days in STARTS[step]]
    names = ["invite_from", "participate_from", "feedback_from", "ends_on"]
    return Loop.objects.create(dialogue=dialogue, phase="Entwurf", **{**dict(zip(names, dates, strict=True)), **fields})


def make_poll(step: Step | None = Step.PARTICIPATE, **fields: Any) -> Poll:
    loop = fields.pop("loop", None) or make_loop(step)
    return Poll.objects.create(**{"loop": loop, "title": "Was ist wichtig?", "is_public": True, **fields})


def add_question(
    poll: Poll, kind: QuestionKind, options: list[str] | None = None, rows: list[str] | None = None, **fields: Any
) -> PollQuestion:
    """A question with options A, B and C (and rows, for a table), unless told otherwise."""
    position = poll.questions.count() + 1
    question = PollQuestion.objects.create(
        poll=poll, kind=kind, position=position, **{"text": f"Frage {position}: {kind.label}?", **fields}
    )
    labels = options if options is not None else ["A", "B", "C"] if kind.has_options else []
    lines = rows if rows is not None else ["Zentrum", "Bahnhof"] if kind.has_rows else []
    for is_row, names in ((False, labels), (True, lines)):
        for number, label in enumerate(names, start=1):
            PollOption.objects.create(question=question, is_row=is_row, position=number, label=label)
    return question


def make_full_poll(**fields: Any) -> Poll:
    """One question of every kind."""
    poll = make_poll(**fields)
    for kind in QuestionKind:
        add_question(poll, kind)
    return poll


def make_vote(poll: Poll, **answer: Any) -> Ballot:
    """A ballot with one answer, straight into the database."""
    ballot = Ballot.objects.create(poll=poll, voter_key=uuid.uuid4().hex)
    PollAnswer.objects.create(ballot=ballot, **answer)
    return ballot


def typed(poll: Poll) -> dict[str, Any]:
    """A complete answer to every question of a poll, as a browser sends it."""
    data: dict[str, Any] = {}
    for question in poll.questions.all():
        data |= ANSWERS[QuestionKind(question.kind)](f"q{question.pk}", question)
    return data


ANSWERS: dict[QuestionKind, Callable[[str, PollQuestion], dict[str, Any]]] = {
    QuestionKind.SINGLE: lambda name, q: {name: q.choices[0].pk},
    QuestionKind.MULTIPLE: lambda name, q: {name: [q.choices[0].pk, q.choices[2].pk]},
    QuestionKind.RANKING: lambda name, q: {f"{name}-{o.pk}": rank for rank, o in enumerate(q.choices, start=1)},
    QuestionKind.SCALE: lambda name, q: {name: 4},
    QuestionKind.TEXT: lambda name, q: {name: "Mehr Bäume, bitte."},
    QuestionKind.MATRIX: lambda name, q: {f"{name}-{row.pk}": q.choices[1].pk for row in q.rows},
    QuestionKind.BUDGET: lambda name, q: {f"{name}-{o.pk}": n for o, n in zip(q.choices, (50, 30, 20), strict=True)},
}
