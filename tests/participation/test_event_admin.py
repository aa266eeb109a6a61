"""Events at the desk, and what was said there from a spreadsheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from accounts.models import OutboxMail, User
from accounts.roles import Role
from participation.models import Contribution, Event, Kind, Origin, Publication, Question, Seat
from participation.services import events as services
from tests.factories.events import make_event, make_registration
from tests.factories.polls import make_loop
from tests.factories.step import make_locality
from tests.step.test_growth import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, planner: User) -> Client:
    client.force_login(planner)
    return client


def sent(**fields: object) -> dict[str, object]:
    values = {
        "kind": "walk",
        "title_de": "Rundgang",
        "starts_at_0": "01.07.2030",
        "starts_at_1": "18:00",
        "ends_at_0": "01.07.2030",
        "ends_at_1": "20:00",
        "place_de": "Bahnhof",
        "languages": ["lb", "fr"],
        "needs_registration": "on",
        "is_public": "on",
    }
    return {**values, **fields}


def test_an_event_is_made_at_the_desk(desk: Client) -> None:
    response = desk.post("/admin/participation/event/add/", sent())
    assert response.status_code == 302, response.context["errors"]
    event = Event.objects.get()
    assert event.languages == ["lb", "fr"]
    assert event.starts_at.hour == 16  # 18:00 in Luxembourg in summer


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at_1": "17:00"},
        {"capacity": 0},
        {"capacity": -3},
        {"languages": ["xx"]},
        {"registration_until_0": "02.07.2030", "registration_until_1": "08:00"},
        {"minutes_url": "javascript:alert(1)"},
        {"geometry": '{"type": "Point", "coordinates": [0, 0]}'},
    ],
)
def test_an_event_that_cannot_be_is_refused(desk: Client, wrong: dict) -> None:
    response = desk.post("/admin/participation/event/add/", sent(**wrong))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Event.objects.exists()


def test_more_places_move_the_waiting_list_up(desk: Client) -> None:
    event = make_event(capacity=1)
    for name in "abc":
        services.register(event=event, email=f"{name}@example.lu")
    desk.post(f"/admin/participation/event/{event.pk}/change/", sent(capacity=2))
    statuses = event.registrations.order_by("number").values_list("status", flat=True)
    assert list(statuses) == [Seat.PLACE, Seat.PLACE, Seat.WAITING]


def test_an_event_that_does_not_take_place_tells_everyone_once(desk: Client) -> None:
    event = make_event()
    for _index in range(3):
        make_registration(event)
    for _time in range(2):
        desk.post(f"/admin/participation/event/{event.pk}/change/", sent(is_cancelled="on"))
    assert OutboxMail.objects.filter(key__endswith=":event-cancelled").count() == 3


def test_addresses_of_participants_are_seen_by_those_only_who_prepare_events(as_role: object) -> None:
    registration = make_registration(make_event())
    for role in Role:
        client = as_role(role)  # type: ignore[operator]
        allowed = role in {Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR}
        seen = [
            registration.email in client.get(path, follow=True).content.decode()
            for path in (
                "/admin/participation/registration/",
                f"/admin/participation/event/{registration.event_id}/change/",
                f"/de/dialog/termine/{registration.event_id}/",
            )
        ]
        assert seen == [allowed, False, False], role


def test_the_office_cancels_for_somebody_who_calls(desk: Client) -> None:
    event = make_event(capacity=1)
    first, second = (services.register(event=event, email=f"{name}@example.lu") for name in "ab")
    data = {"action": "cancel_registrations", "_selected_action": [first.pk]}
    desk.post("/admin/participation/registration/", data)
    second.refresh_from_db()
    assert second.status == Seat.PLACE


@pytest.mark.parametrize("model", ["event", "registration", "poll"])
def test_thirty_rows_at_the_desk_cost_as_many_queries_as_three(desk: Client, model: str) -> None:
    path = f"/admin/participation/{model}/"
    for _index in range(3):
        make_registration(make_event())
    queries(desk, path)
    few = queries(desk, path)
    for _index in range(30):
        make_registration(make_event(dialogue=make_loop().dialogue))
    assert queries(desk, path) == few


# --- Contributions from a spreadsheet


@pytest.fixture
def event() -> Event:
    loop = make_loop()
    Question.objects.create(dialogue=loop.dialogue, position=1, text="Was fehlt?")
    make_locality("niederkorn")
    return make_event(dialogue=loop.dialogue, starts_at=_begin(loop))


def _begin(loop: object) -> object:
    return make_event().starts_at.replace(
        year=loop.participate_from.year,
        month=loop.participate_from.month,
        day=loop.participate_from.day,  # type: ignore[attr-defined]
    )


def send(desk: Client, event: Event, data: bytes | str, button: str = "enter") -> str:
    raw = data.encode() if isinstance(data, str) else data
    upload = SimpleUploadedFile("blatt.csv", raw)
    path = reverse("admin:participation_event_enter", args=[event.pk])
    return desk.post(path, {"file": upload, button: "1"}, follow=True).content.decode()


GOOD = "Text;Sprache;Ort;Frage\nMehr Bänke;lb;Niederkorn;1\n=Formel?;Français;;Was fehlt?\nNur Text;;;\n;;;\n"


def test_a_spreadsheet_of_a_workshop_becomes_contributions_like_all_others(desk: Client, event: Event) -> None:
    send(desk, event, GOOD)
    first, second, third = Contribution.objects.order_by("pk")
    assert (first.text, first.language, first.locality.slug, first.question.text) == (
        "Mehr Bänke", "lb", "niederkorn", "Was fehlt?",
    )  # fmt: skip
    assert (second.text, second.language, second.kind) == ("=Formel?", "fr", Kind.ANSWER)
    assert (third.language, third.question, third.kind) == ("de", None, Kind.IDEA)
    for made in (first, second, third):
        assert made.event == event
        assert made.loop.dialogue == event.dialogue
        assert made.origin == Origin.WORKSHOP
        assert made.status == Publication.WAITING
        assert len(made.receipt_code) == 14


def test_the_same_as_xlsx(desk: Client, event: Event) -> None:
    book = Workbook()
    book.active.append(["text", "question"])
    book.active.append(["Aus Excel", 1])
    out = io.BytesIO()
    book.save(out)
    send(desk, event, out.getvalue())
    assert Contribution.objects.get().question.text == "Was fehlt?"


def test_checking_only_enters_nothing(desk: Client, event: Event) -> None:
    assert "Mehr Bänke" in send(desk, event, GOOD, button="check")
    assert not Contribution.objects.exists()


def test_the_same_file_is_entered_once(desk: Client, event: Event) -> None:
    send(desk, event, GOOD)
    send(desk, event, GOOD)
    assert Contribution.objects.count() == 3


def test_one_wrong_cell_and_nothing_is_entered_and_the_page_names_row_and_column(desk: Client, event: Event) -> None:
    head = "text;language;locality;question;event\n"
    bad = f"{head}Gut;;;;\n;xx;Atlantis;99;\nAuch gut;;;;987654\n{'x' * 5001};;;;\n"
    page = send(desk, event, bad)
    assert not Contribution.objects.exists()
    for row, column in ((3, "text"), (3, "language"), (3, "locality"), (3, "question"), (4, "event"), (5, "text")):
        assert f"<td>{row}</td><td>{column}</td>" in page


def test_rows_can_belong_to_another_event(desk: Client, event: Event) -> None:
    other = make_event(dialogue=event.dialogue, starts_at=event.starts_at)
    send(desk, event, f"text;event\nHier;\nDort;{other.pk}\n")
    assert {c.text: c.event_id for c in Contribution.objects.all()} == {"Hier": event.pk, "Dort": other.pk}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n\n",
        b"spalte;andere\nx;y\n",
        b"text\n",
        b"PK\x03\x04 kein archiv",
        b"\x89PNG\r\n\x1a\n\0\0",
        b'text\n"offen',
        b"text\n" + b"zeile\n" * 2001,
        b"text\n" + b"x" * 2_000_001,
        b"\xff\xfe\x00t",
    ],
    ids=range(10),
)
def test_a_file_that_is_no_list_of_contributions_is_refused_with_a_message(
    desk: Client, event: Event, data: bytes
) -> None:
    page = send(desk, event, data)
    assert "errorlist" in page
    assert not Contribution.objects.exists()


def test_umlauts_of_an_old_spreadsheet_arrive(desk: Client, event: Event) -> None:
    send(desk, event, "text\nÜberfüllte Straße\n".encode("cp1252"))
    assert Contribution.objects.get().text == "Überfüllte Straße"


def test_an_event_without_dialogue_and_a_closed_loop_take_nothing(desk: Client, event: Event) -> None:
    send(desk, make_event(), "text\nWohin?\n")
    loop = event.dialogue.loops.get()
    loop.summary, loop.closed_at = "Fertig", event.starts_at
    loop.save()
    assert "<td>event</td>" in send(desk, event, "text\nZu spät\n")
    assert not Contribution.objects.exists()


def test_members_of_the_council_enter_nothing(client: Client, council: User, event: Event) -> None:
    client.force_login(council)
    path = reverse("admin:participation_event_enter", args=[event.pk])
    assert client.get(path).status_code == 403
