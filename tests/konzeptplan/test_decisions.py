"""Sessions and decisions: who sees them, what they gather, and how they hang in the chain."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from model_bakery import baker

from accounts.models import AuditEntry, User
from konzeptplan.desk import waiting_for
from konzeptplan.models import Decision, Effect, FollowUp, Outcome, Session
from participation.models import Contribution, Point, Publication, Treatment
from step.models import Measure, Status, Visibility
from tests.factories.council import make_decision, make_session, make_snapshot
from tests.factories.step import make_measure, make_unit

pytestmark = pytest.mark.django_db
REGISTER = "/de/konzeptplan/beschluesse/"


def listed(client: Client, query: str = "") -> set[str]:
    return {decision.title for decision in client.get(f"{REGISTER}?{query}").context["page_obj"]}


def test_a_decision_of_a_hidden_session_is_hidden_too(client: Client) -> None:
    decision = make_decision(make_session(visibility=Visibility.INTERNAL))
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert listed(client) == set()


def test_a_measure_that_the_reader_may_not_see_is_not_told_by_a_decision(client: Client) -> None:
    secret = make_measure(title="Geheimes Vorhaben", visibility=Visibility.INTERNAL)
    decision = make_decision(effects={secret: Effect.BUDGET, make_measure(title="Offen"): Effect.DATES})
    for address in (decision.get_absolute_url(), REGISTER, decision.session.get_absolute_url()):
        page = client.get(address).content.decode()
        assert secret.code not in page
        assert "Geheimes" not in page


def test_the_register_is_filtered_by_its_url(client: Client) -> None:
    spring, autumn = make_session(dt.date(2026, 3, 4)), make_session(dt.date(2025, 9, 9), body="aldermen")
    measure = make_measure()
    late = {"follow_up": FollowUp.OPEN, "unit": make_unit(), "due_on": dt.date(2026, 1, 1), "outcome": Outcome.ADOPTED}
    make_decision(spring, title="Radweg bauen", effects={measure: Effect.STATUS}, **late)
    make_decision(autumn, title="Platz pflastern", outcome=Outcome.REJECTED, text="<p>Kies statt Asphalt</p>")
    assert listed(client, "q=radweg") == {"Radweg bauen"}
    assert listed(client, "q=asphalt+kies") == {"Platz pflastern"}
    assert listed(client, "body=aldermen") == {"Platz pflastern"}
    assert listed(client, "year=2026") == {"Radweg bauen"}
    assert listed(client, "outcome=rejected") == {"Platz pflastern"}
    assert listed(client, "follow_up=late") == {"Radweg bauen"}
    assert listed(client, f"plan={measure.lead_plan.code.lower()}") == {"Radweg bauen"}
    assert listed(client) == {"Radweg bauen", "Platz pflastern"}


@pytest.mark.parametrize("query", ["year=abc", "plan=xx", "outcome=nichts", "q=%00", "page=999", "year=99999999999"])
def test_filters_that_make_no_sense_are_told_and_left_out(client: Client, query: str) -> None:
    make_decision()
    assert client.get(f"{REGISTER}?{query}").status_code == 200


def test_the_measure_and_the_contribution_show_their_decisions(client: Client) -> None:
    measure = make_measure()
    voice = baker.make(Contribution, measure=measure, text="Bitte", status=Publication.PUBLISHED)
    answer = baker.make(Treatment, unit=make_unit(), reason="Ja", result="adopted", measure=measure)
    Point.objects.create(contribution=voice, text="Bitte", treatment=answer)
    decision = make_decision(effects={measure: Effect.BUDGET}, title="Mehr Geld", outcome=Outcome.ADOPTED)
    decision.treatments.add(answer)
    for address in (measure.get_absolute_url(), voice.get_absolute_url()):
        assert "Mehr Geld" in client.get(address).content.decode(), address
    page = client.get(decision.get_absolute_url()).content.decode()
    assert measure.code in page
    assert voice.text in page


def test_search_finds_public_decisions_only(client: Client) -> None:
    make_decision(title="Sonnensegel beschaffen")
    make_decision(title="Sonnensegel verkaufen", visibility=Visibility.INTERNAL)
    page = client.get("/de/suche/?q=Sonnensegel").content.decode()
    assert "Sonnensegel beschaffen" in page
    assert "Sonnensegel verkaufen" not in page


def test_the_session_gathers_what_is_due_taken_and_to_be_carried_out(client: Client) -> None:
    last, now = make_session(dt.date(2026, 3, 4)), make_session(dt.date(2026, 6, 3))
    make_decision(last, title="Früher", outcome=Outcome.ADOPTED, follow_up=FollowUp.OPEN, unit=make_unit())
    make_decision(last, title="Erledigt", outcome=Outcome.ADOPTED, follow_up=FollowUp.DONE)
    make_decision(now, title="Offen")
    make_decision(now, title="Beschlossen", outcome=Outcome.ADOPTED)
    for address in (now.get_absolute_url(), f"{now.get_absolute_url()}tagesordnung/"):
        context = client.get(address).context
        assert [d.title for d in context["due"]] == ["Offen"]
        assert [d.title for d in context["taken"]] == ["Beschlossen"]
        assert [d.title for d in context["to_carry_out"]] == ["Früher"]


def test_the_session_tells_what_changed_since_the_last_one_of_the_same_body(client: Client) -> None:
    measure = make_measure(status=Status.RUNNING)
    make_session(dt.date(2026, 3, 4), snapshot=make_snapshot())
    make_session(dt.date(2026, 5, 4), body="aldermen", snapshot=make_snapshot("Anderes"))
    Measure.objects.update(
        status=Status.DELAYED, status_reason_de="Kein Angebot", unblocked_by_de="Ein Angebot", must_act_de="Der Einkauf"
    )
    now = make_session(dt.date(2026, 6, 3))
    context = client.get(now.get_absolute_url()).context
    assert context["last"].date == dt.date(2026, 3, 4)
    assert [change.code for change in context["comparison"].changes] == [measure.code]


def test_members_of_the_council_see_internal_measures_in_the_session(as_role: Callable[..., Client]) -> None:
    make_measure(
        "VM-77",
        status=Status.DELAYED,
        status_reason="Grund",
        unblocked_by="Ein Angebot",
        must_act="Der Einkauf",
        visibility=Visibility.INTERNAL,
    )
    address = make_session().get_absolute_url()
    assert "VM-77" in as_role("council").get(address).content.decode()
    assert "VM-77" not in as_role("citizen").get(address).content.decode()


def test_what_is_to_be_carried_out_has_a_unit() -> None:
    decision = make_decision(outcome=Outcome.ADOPTED)
    decision.follow_up = FollowUp.OPEN
    with pytest.raises(ValidationError, match=r"unit|Stelle"):
        decision.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_what_is_not_decided_yet_is_not_carried_out() -> None:
    decision = make_decision()
    decision.follow_up, decision.unit = FollowUp.DONE, make_unit()
    with pytest.raises(ValidationError):
        decision.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_the_desk_shows_decisions_to_carry_out_and_what_is_late(
    planner: User, council: User, office_lead: User
) -> None:
    today = dt.date(2026, 6, 1)
    common = {"outcome": Outcome.ADOPTED, "follow_up": FollowUp.OPEN, "unit": make_unit()}
    make_decision(due_on=dt.date(2026, 5, 31), **common)
    make_decision(due_on=today, **common)
    make_session(dt.date(2026, 6, 4))
    assert [(waiting.count, waiting.is_late) for waiting in waiting_for(planner, today)] == [(1, True), (2, False)]
    assert waiting_for(council, today) == []
    assert [waiting.count for waiting in waiting_for(office_lead, today)] == [1, 2, 1]


def test_the_desk_leads_to_exactly_these_decisions(as_role: Callable[..., Client]) -> None:
    client = as_role("office_lead")
    common = {"outcome": Outcome.ADOPTED, "follow_up": FollowUp.OPEN, "unit": make_unit()}
    make_decision(due_on=dt.date(2020, 1, 1), **common)
    make_decision(due_on=dt.date(2099, 1, 1), **common)
    make_decision(outcome=Outcome.ADOPTED, follow_up=FollowUp.DONE)
    lead = User.objects.get(email="office_lead@example.lu")
    for waiting in waiting_for(lead, timezone.localdate()):
        response = client.get(waiting.url)
        assert response.status_code == 200
        assert response.context["cl"].result_count == waiting.count


def test_the_desk_keeps_a_decision_with_its_effects_and_its_trail(as_role: Callable[..., Client]) -> None:
    client, measure, session = as_role("planner"), make_measure(), make_session()
    data = {
        "session": session.pk,
        "position": 1,
        "reference": "2026-04.1",
        "title_de": "Radweg bauen",
        "text_de": "<p>Ja</p><script>alert(1)</script>",
        "outcome": "adopted",
        "follow_up": "open",
        "unit": make_unit().pk,
        "visibility": "public",
        "effects-TOTAL_FORMS": 1,
        "effects-INITIAL_FORMS": 0,
        "effects-0-measure": measure.pk,
        "effects-0-kind": "budget",
        "effects-0-note": "100 → 200",
    }
    response = client.post("/admin/konzeptplan/decision/add/", data)
    assert response.status_code == 302, response.context["errors"]
    decision = Decision.objects.get()
    assert "script" not in decision.text
    assert [(effect.measure, effect.kind) for effect in decision.effects.all()] == [(measure, "budget")]
    assert AuditEntry.objects.filter(action="decision.create", record=f"konzeptplan.decision:{decision.pk}").exists()


def test_hostile_titles_are_only_text(client: Client) -> None:
    decision = make_decision(title="<script>alert(1)</script>", reference='"><b>x')
    for address in (decision.get_absolute_url(), REGISTER, decision.session.get_absolute_url()):
        assert "<script>alert" not in client.get(address).content.decode()


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def add(number: int) -> None:
    for index in range(number):
        session = make_session(dt.date(2000 + number, 1, 1) + dt.timedelta(days=index))
        values = {"outcome": Outcome.ADOPTED, "follow_up": FollowUp.OPEN, "unit": make_unit()}
        make_decision(session, effects={make_measure(): Effect.DATES}, **values)


@pytest.mark.parametrize("path", [REGISTER, "/de/konzeptplan/sitzungen/", "session", "agenda", "measure"])
@pytest.mark.parametrize("role", [None, "council"])
def test_thirty_rows_cost_as_many_queries_as_three(path: str, role: str | None, as_role: Callable[..., Client]) -> None:
    client, session, measure = as_role(role), make_session(dt.date(2050, 1, 1)), make_measure()
    paths = {
        "session": session.get_absolute_url(),
        "agenda": f"{session.get_absolute_url()}tagesordnung/",
        "measure": measure.get_absolute_url(),
    }
    path = paths.get(path, path)
    counted = []
    for number in (3, 15):
        add(number)
        for _index in range(number):
            make_decision(session, effects={make_measure(): Effect.DATES, measure: Effect.BUDGET})
        queries(client, path)
        counted.append(queries(client, path))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("model", ["session", "decision", "snapshot"])
def test_thirty_rows_at_the_desk_cost_as_many_queries_as_three(model: str, as_role: Callable[..., Client]) -> None:
    client, counted = as_role("office_lead"), []
    for number in (3, 10):
        add(number)
        make_snapshot(f"Stand {number}")
        queries(client, f"/admin/konzeptplan/{model}/")
        counted.append(queries(client, f"/admin/konzeptplan/{model}/"))
    assert counted[0] == counted[1]


@time_machine.travel("2026-06-02 12:00", tick=False)
def test_the_coming_session_stands_before_the_past_ones(client: Client) -> None:
    make_session(dt.date(2026, 6, 2), place="Heute")
    make_session(dt.date(2026, 6, 1), place="Gestern")
    context = client.get("/de/konzeptplan/sitzungen/").context
    assert [session.place for session in context["upcoming"]] == ["Heute"]
    assert [session.place for session in context["page_obj"]] == ["Gestern"]


def test_a_body_meets_once_a_day() -> None:
    make_session()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session()
    assert Session.objects.count() == 1
