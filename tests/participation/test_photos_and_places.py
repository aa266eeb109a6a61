"""Photos and places come with a contribution, and are seen by whoever may read it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participation import services
from participation.models import Contribution, Loop, Photo, Publication
from tests.factories.step import make_locality
from tests.factories.talking import make_loop, picture_with_place, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def loop(db: None) -> Loop:
    return make_loop()


def form(**fields: Any) -> dict[str, Any]:
    photos = {"photos-TOTAL_FORMS": 3, "photos-INITIAL_FORMS": 0}
    return {"text": "Hier fehlt eine Bank im Schatten.", **photos, **fields}


def send(client: Client, loop: Loop, **fields: Any) -> Any:
    return client.post(loop.dialogue.get_absolute_url(), form(**fields))


def with_photo(client: Client, loop: Loop) -> Photo:
    data = {"photos-0-image": upload(picture_with_place(), "IMG_Anna_Haus.jpg"), "photos-0-alt": "Eine leere Ecke"}
    assert send(client, loop, **data).status_code == 302
    return Photo.objects.get()


def test_a_photo_is_kept_under_a_name_that_nobody_can_guess(client: Client, loop: Loop, media: Path) -> None:
    photo = with_photo(client, loop)
    files = [str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(photo.key in name and "Anna" not in name for name in files)
    assert all(b"SecretCamera" not in (media / name).read_bytes() for name in files)


def test_a_photo_is_seen_by_whoever_may_read_its_contribution(
    client: Client, loop: Loop, moderator: User, as_role: Callable[..., Client]
) -> None:
    photo = with_photo(client, loop)
    addresses = [photo.get_absolute_url(), photo.small_url]
    stranger, staff = Client(), as_role("moderator")
    for status, expected in ((Publication.WAITING, 404), (Publication.PUBLISHED, 200), (Publication.HIDDEN, 404)):
        Contribution.objects.update(status=status)
        assert [stranger.get(address).status_code for address in addresses] == [expected] * 2
        assert [staff.get(address).status_code for address in addresses] == [200, 200]
        assert [client.get(address).status_code for address in addresses] == [200, 200]  # holds the receipt
    answer = client.get(addresses[0])
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]


def test_withdrawing_deletes_the_files(
    client: Client, loop: Loop, media: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    photo = with_photo(client, loop)
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(contribution=photo.contribution)
    assert not Photo.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_refused_photo_keeps_what_was_typed_and_stores_nothing(client: Client, loop: Loop) -> None:
    for data, alt, words in (
        (b"<svg onload=alert(1)>", "Bild", "JPEG, PNG"),
        (picture_with_place(), "", "photos-0-alt"),
    ):
        page = send(client, loop, **{"photos-0-image": upload(data), "photos-0-alt": alt})
        assert page.status_code == 200
        assert "Hier fehlt eine Bank" in page.content.decode()
        assert words in page.content.decode()
    assert not Contribution.objects.exists()


def test_a_fourth_photo_is_refused(client: Client, loop: Loop) -> None:
    data = {f"photos-{n}-image": upload(picture_with_place()) for n in range(4)}
    data |= {f"photos-{n}-alt": "Ecke" for n in range(4)}
    assert send(client, loop, **{**data, "photos-TOTAL_FORMS": 4}).status_code == 200
    assert not Photo.objects.exists()


def test_a_place_is_drawn_or_told_in_words(client: Client, loop: Loop) -> None:
    make_locality()
    shapes = [
        {"type": "Point", "coordinates": [5.89, 49.52]},
        {"type": "LineString", "coordinates": [[5.89, 49.52], [5.9, 49.53]]},
        {"type": "Polygon", "coordinates": [[[5.89, 49.52], [5.9, 49.52], [5.9, 49.53], [5.89, 49.52]]]},
    ]
    for shape in shapes:
        assert send(client, loop, geometry=json.dumps(shape), place="Rue Émile Mark 12").status_code == 302
        made = Contribution.objects.latest("pk")
        assert (made.geometry, made.place) == (shape, "Rue Émile Mark 12")
        Contribution.objects.update(status=Publication.PUBLISHED)
        page = Client().get(made.get_absolute_url()).content.decode()
        assert "Rue Émile Mark 12" in page
        assert '"LineString"' in page or shape["type"] != "LineString"


@pytest.mark.parametrize(
    "typed",
    ['{"type": "Point", "coordinates": [0, 0]}', "<script>alert(1)</script>", "[" * 5000, '{"type": "Point"}'],
    ids=["far away", "markup", "deep", "empty"],
)
def test_a_broken_place_is_told_and_keeps_the_text(client: Client, loop: Loop, typed: str) -> None:
    page = send(client, loop, geometry=typed)
    assert page.status_code == 200
    assert "Hier fehlt eine Bank" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert not Contribution.objects.exists()


def test_nobody_can_ask_for_a_photo_by_a_path(client: Client) -> None:
    assert client.get(reverse("participation:photo", args=["..%2F..%2Fetc"])).status_code == 404
