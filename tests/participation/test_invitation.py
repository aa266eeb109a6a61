"""Who is invited is counted by address in metres, drawn, printed with a code; the list is imported with a dry run."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely.geometry import Point as Place
from shapely.geometry import shape

from accounts.models import User
from accounts.roles import Role
from common.geo import point_to_luref, to_luref
from participation.addresses import MAX_ERRORS, read, store
from participation.due import Project, is_due
from participation.invitation import invited, qr_code
from participation.models import Address, Dialogue, Loop
from participation.ring import arcs
from tests.factories.loops import make_dialogue, make_loop
from tests.factories.step import POINT, SQUARE, make_locality, make_measure

pytestmark = pytest.mark.django_db
EASTING, NORTHING = point_to_luref(*POINT["coordinates"])


def address(metres_east: float, **fields: Any) -> Address:
    number = str(Address.objects.count() + 1)
    values = {"street": "Rue", "number": number, "locality_name": "Niederkorn", "northing": NORTHING, **fields}
    return Address.objects.create(easting=EASTING + metres_east, **values)


def test_an_address_at_the_edge_of_the_radius_is_invited_and_one_beyond_is_not() -> None:
    at_the_edge, _beyond = address(499.9), address(500.1)
    beside_the_corner = address(400, northing=NORTHING + 400)  # in the square around it, not in the circle
    keys = Address.objects.invited(POINT, 500, [])
    assert keys == {at_the_edge.pk}
    assert beside_the_corner.pk not in keys


def test_the_radius_begins_at_the_edge_of_an_area() -> None:
    inside, near, far = address(0), address(800), address(2500)
    keys = Address.objects.invited(SQUARE, 500, [])
    assert inside.pk in keys
    assert near.pk in keys
    assert far.pk not in keys


def test_who_lives_in_an_invited_locality_and_near_counts_once() -> None:
    place = make_locality("niederkorn")
    both, far = address(10, locality=place), address(5000, locality=place)
    address(5001)
    assert Address.objects.invited(POINT, 500, [place]) == {both.pk, far.pk}


def test_without_an_address_list_nothing_is_counted_as_zero(client: Client) -> None:
    loop = make_loop(make_dialogue(geometry=POINT))
    assert invited(loop.dialogue, loop).addresses is None
    address(1)
    assert invited(loop.dialogue, loop).addresses == 1


def test_the_place_is_that_of_the_dialogue_or_of_what_it_is_about() -> None:
    measure, place = make_measure(geometry=POINT), make_locality("oberkorn")
    assert make_dialogue(geometry=SQUARE, measure=measure).where == SQUARE
    assert make_dialogue(measure=measure).where == POINT
    assert make_dialogue(locality=place).where == SQUARE
    assert make_dialogue().where is None


def test_the_map_shows_the_circle_in_metres_and_the_place() -> None:
    loop = make_loop(make_dialogue(geometry=POINT, place="Am Brunnen"), invited_radius=300)
    data = invited(loop.dialogue, loop).map_data
    assert data is not None
    circle, place = data["features"]
    assert place["properties"]["title"] == "Am Brunnen"
    drawn = to_luref(circle["geometry"])
    distances = [Place(EASTING, NORTHING).distance(Place(point)) for point in drawn.exterior.coords]
    assert all(abs(distance - 300) < 1 for distance in distances)
    assert shape(circle["geometry"]).contains(Place(*POINT["coordinates"]))


def test_a_dialogue_shows_who_is_invited_with_its_map(client: Client) -> None:
    place = make_locality("lasauvage")
    loop = make_loop(make_dialogue("platz", geometry=POINT), invited="Vereine")
    loop.invited_localities.add(place)
    address(1)
    page = client.get("/de/dialog/platz/").content.decode()
    for piece in ("Vereine", "Lasauvage", "500", "place-data"):
        assert piece in page


def test_the_invitation_has_the_dates_the_limits_and_the_short_address(client: Client) -> None:
    dialogue = make_dialogue(
        "platz", can_influence="Bänke", cannot_influence="Leitungen", decided_by="Rat", decision_expected="Frühjahr"
    )
    make_loop(dialogue)
    page = client.get("/de/dialog/platz/einladung/").content.decode()
    for piece in ("Bänke", "Leitungen", "Rat", "Frühjahr", "testserver/d/platz", "<svg"):
        assert piece in page


def test_a_dialogue_without_a_loop_can_be_printed_too(client: Client) -> None:
    make_dialogue("leer")
    assert client.get("/de/dialog/leer/einladung/").status_code == 200


@pytest.mark.parametrize(("language", "prefix"), [("fr", "/fr/"), ("pt", "/pt/"), ("zz", "/de/")])
def test_the_short_address_leads_to_the_language_of_the_reader(client: Client, language: str, prefix: str) -> None:
    make_dialogue("platz")
    answer = client.get("/d/platz", headers={"accept-language": language})
    assert answer["Location"] == f"{prefix}dialog/platz/"
    assert "Accept-Language" in answer["Vary"]


def test_the_code_is_drawn_without_style_or_size() -> None:
    drawn = qr_code("https://example.lu/d/platz")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "viewBox" in drawn


def test_the_ring_has_three_arcs_inside_its_drawing() -> None:
    ring = arcs()
    assert len({arc.path for arc in ring}) == 3
    assert all(20 < arc.x < 180 and 20 < arc.y < 180 for arc in ring)


def test_the_ring_says_where_the_loop_stands(client: Client) -> None:
    make_loop(make_dialogue("platz"))
    page = client.get("/de/dialog/platz/").content.decode()
    assert page.count('aria-current="step"') == 1
    assert 'class="ring-step is-current"' in page


# --- The check list ---


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (Project(dwellings=300, floor_area=0), True),
        (Project(dwellings=299, floor_area=29_999), False),
        (Project(dwellings=0, floor_area=30_000), True),
        (Project(), None),
        (Project(dwellings=10), None),
        (Project(high_rise=True), True),
        (Project(heritage=True), True),
        (Project(green_land=True), True),
        (Project(environmental_assessment=True), True),
    ],
)
def test_participation_is_due_when_any_criterion_holds(project: Project, expected: bool | None) -> None:
    assert is_due(project) is expected


@pytest.mark.parametrize("query", ["", "?dwellings=300", "?dwellings=-1", "?dwellings=viele&high_rise=on", "?x=1"])
def test_the_check_list_answers_whatever_is_typed(client: Client, query: str) -> None:
    assert client.get(f"/de/dialog/wann/{query}").status_code == 200


# --- The address list ---

HEAD = "rue;numero;localite;lon_wgs84;lat_wgs84;bewohner"
LINE = f"Rue du Parc;4;Niederkorn;{POINT['coordinates'][0]};{POINT['coordinates'][1]};Frau Geheim"


def test_a_table_is_read_in_degrees_or_metres_with_comma_or_semicolon(planner: User) -> None:
    place = make_locality("niederkorn")
    degrees = read(f"{HEAD}\n{LINE}\n\n".encode())
    metres = read(f"street,number,locality,easting,northing\nRue du Parc,4,Niederkorn,{EASTING},{NORTHING}".encode())
    for found in (degrees, metres):
        (row,) = found.rows
        assert not found.errors
        assert (row.street, row.number, row.locality) == ("Rue du Parc", "4", place)
        assert abs(row.easting - EASTING) < 0.1
    assert store(degrees, by=planner) == 1
    assert store(metres, by=planner) == 1
    assert Address.objects.count() == 1  # moved, not doubled


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    lines = [HEAD, LINE, ";4;Ort;5.89;49.52", "Rue;;Ort;5.89;49.52", "Rue;1;Ort;49.52;5.89", "Rue;2;Ort;x;49.52", "R"]
    found = read("\n".join(lines).encode())
    told = [(row, column) for row, column, _reason in found.errors]
    assert told == [(3, "street"), (4, "number"), (5, "lon"), (6, "lon"), (7, "number")]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"rue;numero\n1;2",
        b"\x00\x00",
        HEAD.encode() + b"\nRue;1;Ort;nan;49.52",
        HEAD.encode() + b"\nRue;1;Ort;1e999;49.52",
        HEAD.encode() + b"\nRu\x00e;1;Ort;5.89;49.52",
        HEAD.encode() + b'\n"' + b"x" * 200_000,
        b"street,number,locality,easting,northing\nRue,1,Ort,1,2",
    ],
)
def test_a_broken_file_leads_to_errors_and_never_to_a_failure(content: bytes) -> None:
    found = read(content)
    assert found.errors
    assert not found.rows


def test_reading_stops_after_many_errors() -> None:
    found = read("\n".join([HEAD, *[";;;;"] * 3, *["Rue;1;Ort;x;y"] * 500]).encode())
    assert len(found.errors) == MAX_ERRORS + 1


def test_a_repeated_row_counts_once_and_the_later_one_wins() -> None:
    found = read(f"{HEAD}\n{LINE}\n{LINE.replace('49.5234', '49.5235')}".encode())
    assert (len(found.rows), found.doubles) == (1, 1)


def upload(client: Client, content: str, **fields: str) -> Any:
    table = SimpleUploadedFile("adressen.csv", content.encode())
    return client.post("/admin/participation/address/import/", {"table": table, **fields})


def test_the_desk_checks_first_and_stores_when_asked(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.OFFICE_LEAD)
    assert client.get("/admin/participation/address/").status_code == 200
    assert client.get("/admin/participation/address/import/").status_code == 200
    assert upload(client, f"{HEAD}\n{LINE}", dry_run="on").status_code == 200
    assert not Address.objects.exists()
    broken = upload(client, f"{HEAD}\n{LINE}\nRue;2;Ort;x;49.52").content.decode()
    assert "<td>3</td><td>lon</td>" in broken
    assert not Address.objects.exists()
    assert upload(client, f"{HEAD}\n{LINE}").status_code == 302
    assert Address.objects.get().street == "Rue du Parc"


@pytest.mark.parametrize(("role", "status"), [(Role.MODERATOR, 403), (Role.COUNCIL, 403), (Role.CITIZEN, 302)])
def test_others_import_no_addresses(as_role: Callable[..., Client], role: Role, status: int) -> None:
    assert upload(as_role(role), f"{HEAD}\n{LINE}").status_code == status
    assert not Address.objects.exists()


# --- Dates at the desk ---

DAYS = ("invite_from", "participate_from", "feedback_from", "ends_on")


def loop_fields(number: int, begins: dt.date, **fields: Any) -> dict[str, Any]:
    dates = {name: begins + dt.timedelta(days=10 * step) for step, name in enumerate(DAYS)}
    values = {"position": number + 1, "phase_de": f"Phase {number}", "invited_radius": 500, **dates, **fields}
    return {f"loops-{number}-{name}": value for name, value in values.items()}


def posted(dialogue: Dialogue, loops: list[dict[str, Any]], stored: int = 0) -> dict[str, Any]:
    data = {
        "title_de": dialogue.title,
        "slug": dialogue.slug,
        "level": "consultation",
        "moderation": "before",
        "access": "anyone",
        "geometry": "",
        "loops-TOTAL_FORMS": len(loops),
        "loops-INITIAL_FORMS": stored,
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    }
    for fields in loops:
        data |= fields
    return data


FIRST = dt.date(2027, 1, 1)


def test_two_new_loops_that_overlap_each_other_are_refused(as_role: Callable[..., Client]) -> None:
    client, dialogue = as_role(Role.OFFICE_LEAD), make_dialogue()
    address = f"/admin/participation/dialogue/{dialogue.pk}/change/"
    overlapping = [loop_fields(0, FIRST), loop_fields(1, FIRST + dt.timedelta(days=30))]
    answer = client.post(address, posted(dialogue, overlapping))
    assert answer.status_code == 200
    assert "Phase 0" in str(answer.context["errors"])
    assert not Loop.objects.exists()
    apart = [loop_fields(0, FIRST), loop_fields(1, FIRST + dt.timedelta(days=31))]
    assert client.post(address, posted(dialogue, apart)).status_code == 302
    assert Loop.objects.count() == 2


def test_two_loops_can_be_moved_together(as_role: Callable[..., Client]) -> None:
    client, dialogue = as_role(Role.OFFICE_LEAD), make_dialogue()
    days = {name: FIRST + dt.timedelta(days=10 * step) for step, name in enumerate(DAYS)}
    later = {name: day + dt.timedelta(days=31) for name, day in days.items()}
    rows = [make_loop(dialogue, position=n, **dates) for n, dates in enumerate((days, later), 1)]
    moved = [
        loop_fields(n, FIRST + dt.timedelta(days=20 + 31 * n), id=row.pk, dialogue=dialogue.pk)
        for n, row in enumerate(rows)
    ]
    answer = client.post(f"/admin/participation/dialogue/{dialogue.pk}/change/", posted(dialogue, moved, 2))
    assert answer.status_code == 302
    assert sorted(Loop.objects.values_list("invite_from", flat=True)) == [
        FIRST + dt.timedelta(days=20),
        FIRST + dt.timedelta(days=51),
    ]


def test_backward_dates_are_refused_with_the_reason(as_role: Callable[..., Client]) -> None:
    client, dialogue = as_role(Role.OFFICE_LEAD), make_dialogue()
    backward = [loop_fields(0, FIRST, feedback_from=FIRST - dt.timedelta(days=1))]
    answer = client.post(f"/admin/participation/dialogue/{dialogue.pk}/change/", posted(dialogue, backward))
    assert answer.status_code == 200
    assert "feedback_from" in str(answer.context["inline_admin_formsets"][0].formset.errors)


def test_a_loop_on_its_own_form_does_not_overlap_another_either(as_role: Callable[..., Client]) -> None:
    client, first = as_role(Role.OFFICE_LEAD), make_loop()
    data = {name: getattr(first, name) for name in DAYS}
    data |= {"dialogue": first.dialogue_id, "position": 2, "phase_de": "Noch eine", "invited_radius": 500}
    answer = client.post("/admin/participation/loop/add/", data)
    assert answer.status_code == 200
    assert first.phase in str(answer.context["errors"])
