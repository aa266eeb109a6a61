"""Splitting, grouping, one answer for many, what it changed, answer-by dates, corrections that keep the old one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, OutboxMail, User
from accounts.roles import Role
from participation import services
from participation.models import Contribution, Loop, Point, Result, Treatment, TreatmentVersion
from participation.services import Verdict
from step.models import Milestone, Visibility
from tests.factories.loops import make_answer, make_dialogue, make_loop, make_voice
from tests.factories.step import make_chapter, make_measure, make_unit

pytestmark = pytest.mark.django_db
OPEN = "/de/dialog/antworten/"


@pytest.fixture
def loop() -> Loop:
    return make_loop()


@pytest.fixture
def desk(planner: User, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.PLANNER)


def verdict(**fields: Any) -> Verdict:
    return Verdict(**{"result": Result.ADOPTED, "reason": "Kommt.", "unit": make_unit(), **fields})


def form(**fields: Any) -> dict[str, Any]:
    return {"result": "adopted", "reason": "Kommt.", "unit": make_unit().pk, **fields}


def texts(voice: Contribution) -> list[tuple[int, str]]:
    return list(voice.points.values_list("position", "text"))


def test_a_contribution_is_split_on_the_page_and_its_text_stays(desk: Client, loop: Loop) -> None:
    voice = make_voice(loop, text="Bänke und ein Brunnen")
    address = f"{OPEN}{voice.pk}/punkte/"
    assert "Bänke und ein Brunnen" in desk.get(address).content.decode()
    answer = desk.post(address, {"point_0": "Bänke", "point_1": "  ", "point_2": "ein Brunnen"})
    assert answer.status_code == 302
    assert texts(voice) == [(1, "Bänke"), (2, "ein Brunnen")]
    voice.refresh_from_db()
    assert voice.text == "Bänke und ein Brunnen"


def test_splitting_again_keeps_answered_points_and_the_groups_of_the_others(planner: User, loop: Loop) -> None:
    voice = make_voice(loop)
    first, second = services.split(contribution=voice, texts=["Bänke", "Brunnen"], by=planner)
    services.answer_points(points=[first], by=planner, verdict=verdict())
    services.group(points=[second], topic="Wasser", by=planner)
    services.split(contribution=voice, texts=["Brunnen", "Licht"], by=planner)
    assert texts(voice) == [(1, "Bänke"), (2, "Brunnen"), (3, "Licht")]
    assert voice.points.get(text="Brunnen").topic == "Wasser"
    assert voice.points.get(text="Bänke").treatment is not None


@pytest.mark.parametrize("wanted", [[], ["  "], ["Punkt"] * 31])
def test_no_point_at_all_or_too_many_are_refused(planner: User, loop: Loop, wanted: list[str]) -> None:
    voice = make_voice(loop)
    with pytest.raises(ValidationError):
        services.split(contribution=voice, texts=wanted, by=planner)
    assert texts(voice) == []


def test_a_contribution_is_treated_when_its_last_point_is(desk: Client, planner: User, loop: Loop) -> None:
    voice = make_voice(loop)
    first, second = services.split(contribution=voice, texts=["Bänke", "Brunnen"], by=planner)
    desk.post(f"{OPEN}{voice.pk}/", form(point=[first.pk]))
    first.refresh_from_db()
    assert first.treatment is not None
    assert list(Contribution.objects.untreated()) == [voice]
    desk.post(f"{OPEN}{voice.pk}/", form(point=[second.pk], result="rejected"))
    assert list(Contribution.objects.treated()) == [voice]
    assert {point.treatment.result for point in voice.points.all() if point.treatment} == {"adopted", "rejected"}


def test_an_answer_without_a_ticked_point_is_asked_for_one_and_keeps_what_was_typed(
    desk: Client, planner: User, loop: Loop
) -> None:
    voice = make_voice(loop)
    services.split(contribution=voice, texts=["Bänke", "Brunnen"], by=planner)
    answer = desk.post(f"{OPEN}{voice.pk}/", form(reason="Schon getippt"))
    assert answer.status_code == 200
    assert "Schon getippt" in answer.content.decode()
    assert not Treatment.objects.exists()


def test_one_answer_treats_many_points_of_many_people_and_tells_each_once(
    desk: Client,
    planner: User,
    loop: Loop,
    mailoutbox: list,
    django_capture_on_commit_callbacks: Callable,  # type: ignore[type-arg]
) -> None:
    split, whole = make_voice(loop, email="ana@example.lu"), make_voice(loop, email="bruno@example.lu")
    points = services.split(contribution=split, texts=["Bänke", "Mehr Bänke"], by=planner)
    items = [*(f"p{point.pk}" for point in points), f"c{whole.pk}", "x", "p", "c" + "9" * 40]
    page = desk.get(f"{OPEN}gemeinsam/", {"item": items})
    assert len(page.context["points"]) == 3
    assert Point.objects.count() == 2  # looking writes nothing
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(f"{OPEN}gemeinsam/", form(item=items)).status_code == 302
    assert Treatment.objects.get().points.count() == 3
    assert sorted(mail.to[0] for mail in mailoutbox) == ["ana@example.lu", "bruno@example.lu"]


def test_sending_the_same_answer_twice_answers_once(desk: Client, planner: User, loop: Loop) -> None:
    voice = make_voice(loop)
    for _again in range(2):
        desk.post(f"{OPEN}{voice.pk}/", form())
    assert Treatment.objects.count() == 1
    with pytest.raises(ValidationError):
        services.answer_points(points=services.whole(voice), by=planner, verdict=verdict())


def test_equal_points_get_a_group_and_are_answered_by_it(desk: Client, planner: User, loop: Loop) -> None:
    one, two, other = make_voice(loop), make_voice(loop), make_voice(loop)
    (point,) = services.split(contribution=two, texts=["Bänke"], by=planner)
    desk.post(f"{OPEN}gruppe/", {"item": [f"c{one.pk}", f"p{point.pk}"], "topic": "Bänke"})
    assert set(desk.get(f"{OPEN}?topic=Bänke").context["page_obj"]) == {one, two}
    assert desk.get(OPEN).context["topics"] == ["Bänke"]
    page = desk.get(f"{OPEN}gemeinsam/?topic=Bänke")
    items = [f"p{point.pk}" for point in page.context["points"]]
    desk.post(f"{OPEN}gemeinsam/", form(item=items))
    assert set(Contribution.objects.treated()) == {one, two}
    assert list(Contribution.objects.untreated()) == [other]


def test_grouping_nothing_says_so(desk: Client) -> None:
    answer = desk.post(f"{OPEN}gruppe/", {"topic": "Bänke"}, follow=True)
    assert "notice" in answer.content.decode() or answer.redirect_chain
    assert not Point.objects.exists()


def test_an_answer_names_what_it_changed(client: Client, desk: Client) -> None:
    measure = make_measure()
    milestone = Milestone.objects.create(measure=measure, title="Entwurf")
    chapter = make_chapter("06.1")
    voice = make_voice(measure=measure)
    desk.post(f"{OPEN}{voice.pk}/", form(measure=measure.pk, milestone=milestone.pk, chapter=chapter.pk))
    page = client.get(voice.get_absolute_url()).content.decode()
    for name in (str(measure), "Entwurf", str(chapter)):
        assert name in page


def test_a_milestone_brings_its_measure_along_and_not_that_of_another(planner: User, loop: Loop) -> None:
    measure = make_measure()
    milestone = Milestone.objects.create(measure=measure, title="Entwurf")
    treatment = services.answer_points(
        points=services.whole(make_voice(loop)), by=planner, verdict=verdict(milestone=milestone)
    )
    assert treatment.measure == measure
    with pytest.raises(ValidationError):
        verdict(milestone=milestone, measure=make_measure()).check()


def test_what_is_passed_on_says_to_whom(desk: Client, loop: Loop) -> None:
    voice = make_voice(loop)
    answer = desk.post(f"{OPEN}{voice.pk}/", form(result="passed_on"))
    assert "passed_on_to" in answer.context["form"].errors
    assert desk.post(f"{OPEN}{voice.pk}/", form(result="passed_on", passed_on_to="Staat")).status_code == 302
    assert Treatment.objects.get().passed_on_to == "Staat"


def test_a_measure_that_is_not_public_is_not_named_to_readers(client: Client, loop: Loop) -> None:
    measure = make_measure(visibility=Visibility.INTERNAL, title="Geheime Sache")
    voice = make_voice(loop)
    make_answer(voice, measure=measure)
    for address in (voice.get_absolute_url(), "/de/dialog/register/", "/de/dialog/register/datei.csv"):
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert b"Geheime Sache" not in content


def test_a_correction_keeps_the_earlier_answer_readable_and_tells_the_authors(
    client: Client, desk: Client, loop: Loop
) -> None:
    voice = make_voice(loop, email="ana@example.lu")
    treatment = make_answer(voice, reason="Erst so.", result=Result.PARTLY)
    answer = desk.post(f"{OPEN}{treatment.pk}/korrigieren/", form(reason="Jetzt anders."))
    assert answer.status_code == 302
    treatment.refresh_from_db()
    assert (treatment.reason, treatment.result) == ("Jetzt anders.", Result.ADOPTED)
    version = treatment.versions.get()
    assert (version.reason, version.result) == ("Erst so.", Result.PARTLY)
    page = client.get(voice.get_absolute_url()).content.decode()
    assert "Erst so." in page
    assert "Jetzt anders." in page
    assert OutboxMail.objects.get(key__startswith="corrected:").to == "ana@example.lu"
    assert AuditEntry.objects.filter(action="treatment.correct").exists()


def test_a_correction_that_changes_nothing_keeps_no_version(planner: User, loop: Loop) -> None:
    treatment = make_answer(make_voice(loop), reason="Kommt.")
    services.correct(treatment=treatment, by=planner, verdict=verdict())
    assert not TreatmentVersion.objects.exists()


def test_a_correction_in_the_administration_keeps_the_earlier_answer_too(desk: Client, loop: Loop) -> None:
    treatment = make_answer(make_voice(loop), reason="Erst so.")
    data = {"result": "rejected", "reason": "Im Amt geändert.", "unit": treatment.unit_id, "passed_on_to": ""}
    assert desk.post(f"/admin/participation/treatment/{treatment.pk}/change/", data).status_code == 302
    assert treatment.versions.get().reason == "Erst so."


def test_a_citizen_neither_splits_nor_answers(citizen: User, loop: Loop) -> None:
    voice = make_voice(loop)
    for act in (
        lambda: services.split(contribution=voice, texts=["Bänke"], by=citizen),
        lambda: services.group(points=[], topic="Bänke", by=citizen),
        lambda: services.answer_points(points=services.whole(voice), by=citizen, verdict=verdict()),
    ):
        with pytest.raises(PermissionDenied):
            act()


def published(loop: Loop, days_ago: int) -> Contribution:
    return make_voice(loop, published_at=timezone.now() - dt.timedelta(days=days_ago))


def test_an_answer_is_due_by_the_promise_of_its_dialogue_or_the_end_of_its_loop(desk: Client) -> None:
    today = timezone.localdate()
    promised = make_loop(make_dialogue(answer_within_days=14))
    late, in_time = published(promised, 15), published(promised, 14)
    running = published(make_loop(), 100)
    over = published(make_loop(ends_on=today - dt.timedelta(days=1)), 100)
    comment = make_voice(measure=make_measure(), published_at=timezone.now() - dt.timedelta(days=900))
    assert set(Contribution.objects.overdue(today)) == {late, over}
    assert [late.answer_by, in_time.answer_by] == [today - dt.timedelta(days=1), today]
    assert (over.answer_by, comment.answer_by) == (today - dt.timedelta(days=1), None)
    assert running.answer_by == running.loop.ends_on  # type: ignore[union-attr]
    page = desk.get(f"{OPEN}?show=overdue")
    assert set(page.context["page_obj"]) == {late, over}
    assert page.context["overdue"] == 2


def test_the_median_response_time_is_the_middle_one(loop: Loop) -> None:
    for days in (2, 4, 30):
        voice = published(loop, 40)
        make_answer(voice, answered_at=voice.published_at + dt.timedelta(days=days))  # type: ignore[operator]
    assert Point.objects.all().median_response() == dt.timedelta(days=4)
    assert Point.objects.none().median_response() is None


def test_the_queue_is_filtered_by_dialogue_and_text(desk: Client) -> None:
    bench = make_voice(make_loop(make_dialogue("platz")), text="Bänke am Brunnen")
    make_voice(make_loop(), text="Der Bus")
    for query in ("?dialogue=platz", "?q=brunnen", "?dialogue=platz&q=bänke"):
        assert list(desk.get(OPEN + query).context["page_obj"]) == [bench]
    assert len(desk.get(f"{OPEN}?dialogue=gibts-nicht").context["page_obj"]) == 2
