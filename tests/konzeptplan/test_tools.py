"""The council's own tools: nobody else sees them, and they never leave the house."""

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditEntry, OutboxMail, User
from accounts.roles import Role
from konzeptplan import services
from konzeptplan.models import Follow, Note, Tile, ViewLink
from step.models import Measure, Status, Visibility
from tests.conftest import make_person
from tests.factories.council import make_decision, make_session, make_snapshot
from tests.factories.step import make_measure

pytestmark = pytest.mark.django_db
NOTES = "/de/konzeptplan/rat/notizen/"
SECRET = "Nach den Kosten fragen"
TODAY = dt.date(2026, 6, 1)


def test_a_note_is_kept_written_over_and_taken_away(as_role: Callable[..., Client]) -> None:
    client, measure = as_role("council"), make_measure()
    address = f"{NOTES}massnahme/{measure.code}/"
    client.post(address, {"text": SECRET})
    client.post(address, {"text": f"{SECRET}!"})
    assert [note.text for note in Note.objects.all()] == [f"{SECRET}!"]
    assert SECRET in client.get(measure.get_absolute_url()).content.decode()
    client.post(address, {"text": "  "})
    assert not Note.objects.exists()


def test_a_note_on_a_part_of_the_dashboard(as_role: Callable[..., Client]) -> None:
    client = as_role("council")
    assert client.post(f"{NOTES}kachel/money/", {"text": SECRET}).status_code == 302
    assert Note.objects.get().tile == Tile.MONEY
    assert SECRET in client.get(NOTES).content.decode()


def test_the_session_shows_ones_own_notes_on_its_parts(as_role: Callable[..., Client], council: User) -> None:
    services.keep_note(author=council, text=SECRET, tile=Tile.DEVIATIONS)
    address = make_session().get_absolute_url()
    assert SECRET in as_role("council").get(address).content.decode()
    for role in ("office_lead", "citizen", None):
        page = as_role(role).get(address).content.decode()
        assert SECRET not in page
        assert (f"{NOTES}kachel/" in page) == (role == "office_lead")


def test_a_note_that_is_too_long_keeps_what_was_typed(as_role: Callable[..., Client]) -> None:
    response = as_role("council").post(f"{NOTES}kachel/money/", {"text": "x" * 4001})
    assert response.status_code == 200
    assert "x" * 4001 in response.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "office_lead", "planner", "council", "citizen", None])
def test_nobody_else_sees_a_note_anywhere(as_role: Callable[..., Client], role: str | None) -> None:
    author = User.objects.create_user("rat2@example.lu", "x", pseudonym="Rat 2")
    measure = make_measure()
    Note.objects.create(author=author, measure=measure, text=SECRET)
    make_session()
    client = as_role(role)
    client.checks = False
    for address in (
        NOTES,
        measure.get_absolute_url(),
        f"{NOTES}massnahme/{measure.code}/",
        "/admin/",
        "/de/suche/?q=Kosten",
    ):
        assert SECRET not in client.get(address).content.decode()
    for place in ("konzeptplan", "konzeptplan/rat"):
        for name in ("massnahmen.csv", "massnahmen.geojson"):
            assert SECRET not in client.get(f"/de/{place}/exporte/{name}").content.decode()
    assert not AuditEntry.objects.filter(after__icontains=SECRET).exists()


def test_notes_and_follows_go_with_the_account(council: User) -> None:
    services.keep_note(author=council, text=SECRET, tile=Tile.MONEY)
    services.set_following(user=council, measure=make_measure(), follows=True)
    council.delete()
    assert not Note.objects.exists()
    assert not Follow.objects.exists()


def test_citizens_have_none_of_these_tools(citizen: User) -> None:
    measure = make_measure()
    for attempt in (
        lambda: services.keep_note(author=citizen, text="x", measure=measure),
        lambda: services.set_following(user=citizen, measure=measure, follows=True),
        lambda: services.link_to(path="konzeptplan/", by=citizen),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_following_twice_is_following_once(as_role: Callable[..., Client]) -> None:
    client, measure = as_role("council"), make_measure()
    address = f"/de/konzeptplan/rat/merkliste/{measure.code}/"
    for _time in range(2):
        assert client.post(address, {"follows": "1"}).status_code == 302
    assert Follow.objects.count() == 1
    client.post(address, {"follows": "0"})
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_portal(as_role: Callable[..., Client], where: str) -> None:
    measure = make_measure()
    response = as_role("council").post(
        f"/de/konzeptplan/rat/merkliste/{measure.code}/", {"follows": "1", "next": where}
    )
    assert response["Location"] == measure.get_absolute_url()


def test_a_measure_that_one_may_no_longer_see_leaves_the_list(as_role: Callable[..., Client], council: User) -> None:
    measure = make_measure(title="Zurückgezogenes Papier")
    services.set_following(user=council, measure=measure, follows=True)
    Measure.objects.update(visibility=Visibility.DRAFT)
    assert "Zurückgezogenes Papier" not in as_role("council").get(NOTES).content.decode()


def test_a_short_link_opens_exactly_this_view_in_the_readers_language(as_role: Callable[..., Client]) -> None:
    client = as_role("council")
    for _time in range(2):
        response = client.post("/de/konzeptplan/link/", {"path": "/de/konzeptplan/vergleich/?von=3&bis=4"})
        assert response.status_code == 200
    link = ViewLink.objects.get()
    assert f"/konzeptplan/l/{link.code}/" in response.content.decode()
    opened = as_role(None).get(f"/fr/konzeptplan/l/{link.code.upper()}/")
    assert opened["Location"] == "/fr/konzeptplan/vergleich/?von=3&bis=4"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://evil.example/",
        "//evil.example",
        "/de/massnahmen/",
        "/de/konzeptplan/ x",
        "konzeptplan/" + "x" * 700,
    ],
)
def test_a_short_link_leads_to_the_konzeptplan_only(as_role: Callable[..., Client], path: str) -> None:
    assert as_role("council").post("/de/konzeptplan/link/", {"path": path}).status_code == 404
    assert not ViewLink.objects.exists()


@pytest.fixture
def followed(council: User) -> Measure:
    """Followed and delayed since the last session; a session comes in two days."""
    measure = make_measure("VM-91", status=Status.RUNNING)
    make_measure("VM-92", status=Status.RUNNING)
    make_session(dt.date(2026, 3, 4), snapshot=make_snapshot())
    Measure.objects.update(
        status=Status.DELAYED, status_reason_de="Kein Angebot", unblocked_by_de="Ein Angebot", must_act_de="Der Einkauf"
    )
    services.set_following(user=council, measure=measure, follows=True)
    make_decision(make_session(dt.date(2026, 6, 3)), title="Wie weiter?")
    return measure


def test_the_digest_tells_what_changed_on_followed_measures_once(followed: Measure, council: User) -> None:
    for _time in range(2):
        services.enqueue_digests(today=TODAY, site="https://portal.example/")
    mail = OutboxMail.objects.get()
    assert mail.to == council.email
    assert "VM-91" in mail.body
    assert "VM-92" not in mail.body
    assert "Kein Angebot" in mail.body
    assert "Wie weiter?" in mail.body
    assert "https://portal.example/de/konzeptplan/sitzungen/" in mail.body


def test_the_digest_speaks_the_persons_language(followed: Measure, council: User) -> None:
    User.objects.filter(pk=council.pk).update(language="en")
    services.enqueue_digests(today=TODAY, site="https://portal.example")
    mail = OutboxMail.objects.get()
    assert mail.language == "en"
    assert "Status: from “Under way” to “Delayed”." in mail.body
    assert "https://portal.example/en/konzeptplan/" in mail.body


def test_no_digest_goes_to_who_left_the_council(followed: Measure, council: User) -> None:
    council.groups.clear()
    assert services.enqueue_digests(today=TODAY, site="https://portal.example") == []
    assert not OutboxMail.objects.exists()


def test_the_digest_comes_shortly_before_the_session_only(followed: Measure) -> None:
    assert services.enqueue_digests(today=dt.date(2026, 5, 1), site="https://portal.example") == []


def test_the_command_can_be_tried_dry(followed: Measure) -> None:
    out = StringIO()
    call_command("send_session_digests", "https://portal.example", "--days", "99999", "--dry-run", stdout=out)
    assert not OutboxMail.objects.exists()
    assert "would be sent" in out.getvalue()


def test_the_presentation_works_by_anchors_alone(client: Client) -> None:
    make_measure(
        status=Status.DELAYED, status_reason="<b>Grund</b>", unblocked_by="Ein Angebot", must_act="Der Einkauf"
    )
    page = client.get("/de/konzeptplan/praesentation/").content.decode()
    assert 'href="#screen-2"' in page
    assert 'id="screen-2"' in page
    assert "<b>Grund" not in page
    assert "VM-" in page


def test_internal_measures_are_in_the_councils_presentation_only(as_role: Callable[..., Client]) -> None:
    make_measure(
        "VM-77",
        status=Status.DELAYED,
        status_reason="Grund",
        unblocked_by="Ein Angebot",
        must_act="Der Einkauf",
        visibility=Visibility.INTERNAL,
    )
    assert "VM-77" in as_role("council").get("/de/konzeptplan/rat/praesentation/").content.decode()
    assert "VM-77" not in as_role("council").get("/de/konzeptplan/praesentation/").content.decode()


def test_another_member_has_notes_of_their_own(as_role: Callable[..., Client]) -> None:
    measure = make_measure()
    first, second = make_person(Role.COUNCIL), make_person(Role.OFFICE_LEAD)
    for person in (first, second):
        services.keep_note(author=person, text=f"Von {person.name}", measure=measure)
    page = as_role("council").get(NOTES).content.decode()
    assert f"Von {first.name}" in page
    assert f"Von {second.name}" not in page
