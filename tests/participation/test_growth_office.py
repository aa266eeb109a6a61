"""The number of queries does not grow with the number of rows, on the desks and on the public pages."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from participation import services
from participation.models import Appeal, Flag, Loop, ModerationDecision, Point, Publication
from tests.factories.loops import make_answer, make_dialogue, make_loop, make_voice
from tests.factories.step import POINT, make_measure

pytestmark = pytest.mark.django_db


def fill(loop: Loop, number: int, planner: User) -> None:
    """Of everything that the pages list, that many."""
    for index in range(number):
        flagged = make_voice(loop)
        Flag.objects.create(contribution=flagged, category="insult", visitor=f"{index}-{number}")
        Point.objects.create(contribution=flagged, text="Bänke", topic=f"Gruppe {index}")
        make_voice(loop, status=Publication.WAITING, author=planner)
        answered = make_voice(loop)
        make_answer(answered, measure=make_measure())
        services.merge(originals=[make_voice(loop)], into=make_voice(loop), by=planner)
        hidden = make_voice(loop, status=Publication.HIDDEN)
        decision = ModerationDecision.objects.create(contribution=hidden, action="hide", reason="Name", by=planner)
        Appeal.objects.create(decision=decision, text="Doch")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        assert answer.status_code == 200
        _read = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    return len(captured)


PAGES = [
    "/de/dialog/moderation/",
    "/de/dialog/moderation/?show=flagged",
    "/de/dialog/widersprueche/",
    "/de/dialog/antworten/",
    "/de/dialog/antworten/?show=overdue",
    "/de/dialog/register/",
    "/de/dialog/register/?plan=vm",
    "/de/dialog/register/datei.csv",
    "/de/dialog/register/datei.pdf",
    "/de/dialog/moderation/zahlen/",
    "/de/dialog/platz/",
    "/de/dialog/beitraege/",
]


@pytest.mark.parametrize("path", PAGES)
def test_thirty_rows_cost_as_many_queries_as_three(path: str, as_role: Callable[..., Client], planner: User) -> None:
    loop = make_loop(make_dialogue("platz", answer_within_days=3, geometry=POINT))
    client = as_role(Role.ADMINISTRATOR)
    fill(loop, 3, planner)
    queries(client, path)
    few = queries(client, path)
    fill(loop, 30, planner)
    assert queries(client, path) == few
