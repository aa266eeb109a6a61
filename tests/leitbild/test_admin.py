"""The desk of the guideline: what each role sees and may do there."""

from collections.abc import Callable

import pytest
from django.contrib.admin import site
from django.test import Client

from accounts.roles import Role
from leitbild.models import Chapter, Goal, LoadedRecord
from tests.factories.leitbild import make_chapter, make_goal, make_guideline

pytestmark = pytest.mark.django_db
MODELS = sorted(
    model._meta.model_name
    for model in site._registry
    if model._meta.app_label == "leitbild" and model is not LoadedRecord
)
READERS = [Role.MODERATOR, Role.COUNCIL]
WRITERS = [Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR]
LANGUAGES = ("de", "fr", "lb", "en", "pt")


def test_every_model_but_the_parts_of_others_has_a_desk() -> None:
    assert set(MODELS) == {
        "actionfield",
        "brandstatement",
        "chapter",
        "glossaryterm",
        "goal",
        "instrument",
        "leipzigprinciple",
        "organisationunit",
        "pillar",
        "reference",
        "sdg",
        "theme",
    }


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_search_open_for_all_staff_and_forms_for_those_who_write(
    model: str, as_role: Callable[..., Client]
) -> None:
    for role in [*READERS, *WRITERS]:
        client = as_role(role)
        assert client.get(f"/admin/leitbild/{model}/?q=stadt").status_code == 200, role
        assert client.get(f"/admin/leitbild/{model}/add/").status_code == (200 if role in WRITERS else 403), role


@pytest.mark.parametrize(("role", "status"), [(Role.PLANNER, 403), (Role.OFFICE_LEAD, 200), (Role.COUNCIL, 403)])
def test_only_the_head_of_office_and_administrators_delete(
    role: Role, status: int, as_role: Callable[..., Client]
) -> None:
    goal = make_goal()
    assert as_role(role).get(f"/admin/leitbild/goal/{goal.pk}/delete/").status_code == status


def test_a_planner_changes_a_goal_with_its_guidelines(as_role: Callable[..., Client]) -> None:
    goal = make_goal()
    guideline = make_guideline(goal)
    texts = {f"title_{code}": "" for code in LANGUAGES} | {f"summary_{code}": "" for code in LANGUAGES}
    inline = {f"guidelines-0-text_{code}": "" for code in LANGUAGES}
    data = {
        **texts,
        "title_de": "Besser wohnen",
        "number": "1",
        "slug": goal.slug,
        "chapter": str(goal.chapter_id),
        "guidelines-TOTAL_FORMS": "1",
        "guidelines-INITIAL_FORMS": "1",
        **inline,
        "guidelines-0-text_de": "Eine neue Richtung.",
        "guidelines-0-id": str(guideline.pk),
        "guidelines-0-goal": str(goal.pk),
        "guidelines-0-position": "1",
        "guidelines-0-chapter": str(goal.chapter_id),
    }
    response = as_role(Role.PLANNER).post(f"/admin/leitbild/goal/{goal.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]
    goal.refresh_from_db()
    assert goal.title == "Besser wohnen"
    assert goal.guidelines.get().text == "Eine neue Richtung."


def test_the_text_of_a_chapter_is_cleaned_when_staff_saves_it(as_role: Callable[..., Client]) -> None:
    chapter = make_chapter("08")
    names = [f"{field}_{code}" for field in ("title", "summary", "body") for code in LANGUAGES]
    data = {
        **dict.fromkeys(names, ""),
        "title_de": "Das Leitbild",
        "body_de": "<p>Text</p><script>alert(1)</script>",
        "number": "08",
        "references-TOTAL_FORMS": "0",
        "references-INITIAL_FORMS": "0",
    }
    response = as_role(Role.PLANNER).post(f"/admin/leitbild/chapter/{chapter.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]
    assert Chapter.objects.get().body == "<p>Text</p>"


def test_the_ledger_is_for_administrators_to_look_at(as_role: Callable[..., Client]) -> None:
    LoadedRecord.objects.create(record="leitbild.goal:1", fingerprint="0" * 64)
    client = as_role(Role.ADMINISTRATOR)
    assert "leitbild.goal:1" in client.get("/admin/leitbild/loadedrecord/").content.decode()
    assert client.get("/admin/leitbild/loadedrecord/add/").status_code == 403
    assert as_role(Role.PLANNER).get("/admin/leitbild/loadedrecord/").status_code == 403


def test_a_slug_that_is_taken_is_told(as_role: Callable[..., Client]) -> None:
    first, second = make_goal(1), make_goal(2)
    data = {"title_de": "Zwei", "number": "2", "slug": first.slug, "chapter": str(second.chapter_id)}
    data |= {"guidelines-TOTAL_FORMS": "0", "guidelines-INITIAL_FORMS": "0"}
    response = as_role(Role.PLANNER).post(f"/admin/leitbild/goal/{second.pk}/change/", data)
    assert response.status_code == 200
    assert "slug" in response.context["adminform"].form.errors
    assert Goal.objects.get(number=2).slug == second.slug
