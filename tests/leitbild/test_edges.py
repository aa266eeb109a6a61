"""The pages of the guideline at their edges: nothing entered, unknown addresses, drafts, hostile text."""

import pytest
from django.test import Client

from leitbild.models import Chapter
from step.models import Visibility
from tests.factories.leitbild import make_goal, make_guideline, make_term
from tests.factories.step import make_measure
from tests.leitbild.test_pages import PAGES, read

pytestmark = pytest.mark.django_db
OVERVIEWS = [page for page in PAGES if page.count("/") < 2]


@pytest.mark.parametrize("path", OVERVIEWS)
def test_pages_open_while_nothing_has_been_entered(path: str, client: Client) -> None:
    read(client, path)


@pytest.mark.parametrize(
    "path",
    [
        "kapitel/99/",
        "kapitel/..%2F/",
        "kapitel/<script>/",
        "kapitel/0123456789/",
        "ziele/gibt-es-nicht/",
        "ziele/%F0%9F%98%80/",
        "sdg/18/",
        "sdg/0/",
        "sdg/-1/",
        "sdg/elf/",
        "sdg/99999999999999999999999999/",
    ],
)
def test_an_unknown_address_is_not_found(path: str, client: Client) -> None:
    assert client.get(f"/de/leitbild/{path}").status_code == 404


def test_a_goal_shows_no_draft_and_counts_none(client: Client) -> None:
    goal = make_goal()
    make_measure("VM-01", goals=[goal], title="Öffentlich")
    make_measure("VM-02", goals=[goal], title="Nur ein Entwurf", visibility=Visibility.DRAFT)
    make_measure("VM-03", goals=[goal], title="Nur für den Rat", visibility=Visibility.INTERNAL)
    page = read(client, f"ziele/{goal.slug}/", "en")
    assert "Öffentlich" in page
    assert "Nur ein Entwurf" not in page
    assert "Nur für den Rat" not in page
    assert "1 measure in the list with filters" in page


def test_a_chapter_folds_what_is_more_than_twelve_measures(client: Client) -> None:
    measures = [make_measure(f"VM-{number:02}", chapter=make_goal().chapter) for number in range(1, 15)]
    page = read(client, "kapitel/08.3/", "en")
    assert "2 more measures" in page
    assert all(measure.code in page for measure in measures)


def test_a_script_in_a_text_is_shown_and_not_run(client: Client) -> None:
    goal = make_goal(title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)>")
    make_guideline(goal, "<script>alert(2)</script>")
    make_term("<script>alert(3)</script>", definition="<script>alert(4)</script>", is_central=True)
    Chapter.objects.update(body="<p>Text</p><script>alert(5)</script>")
    for path in ("", "ziele/", f"ziele/{goal.slug}/", "kapitel/08.3/", "glossar/"):
        page = read(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
