"""Pictures that people send: hostile ones are refused with plain words, good ones lose all but the picture."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from common import images
from common.images import clean_image
from tests.factories.talking import picture, picture_with_place, upload

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def png_bomb(side: int) -> bytes:
    """A few hundred bytes that claim 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("data", [SVG, HTML, b"", b"GIF89a\x01\x00\x01\x00", b"\x00\x01\x02", b"%PDF-1.7"], ids=repr)
def test_what_is_no_photo_is_refused_whatever_its_name_says(data: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_image(upload(data, "foto.jpg", "image/jpeg"))
    assert refused.value.code in {"kind", "damaged"}


@pytest.mark.parametrize("side", [60_000, 8_000])
def test_a_bomb_is_refused_before_it_unfolds(side: int) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_image(upload(png_bomb(side), "foto.png", "image/png"))
    assert refused.value.code == "pixels"


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 100)
    with pytest.raises(ValidationError) as refused:
        clean_image(upload(picture()))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("keep", [30, 300, 500])
def test_half_a_photo_is_refused_or_shown_as_far_as_it_goes(keep: int) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_image(upload(picture((200, 200))[:keep]))
    assert refused.value.code in {"damaged", "kind"}


def test_place_and_camera_are_gone_from_both_files() -> None:
    sent = picture_with_place()
    assert b"SecretCamera" in sent
    clean = clean_image(upload(sent))
    for data in (clean.image, clean.thumbnail):
        assert b"SecretCamera" not in data
        assert b"Exif" not in data
        assert not dict(Image.open(io.BytesIO(data)).getexif())


def test_html_behind_a_real_photo_is_left_behind() -> None:
    clean = clean_image(upload(picture() + HTML))
    assert b"<script>" not in clean.image


def test_a_photo_stands_upright_on_white_and_is_no_larger_than_needed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    turned = clean_image(upload(picture((60, 40), exif=exif)))
    assert (turned.width, turned.height) == (40, 60)
    large = clean_image(upload(picture((4000, 2000))))
    assert (large.width, large.height) == (1800, 900)
    assert Image.open(io.BytesIO(large.thumbnail)).size == (480, 240)
    glass = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(glass, "PNG")
    assert Image.open(io.BytesIO(clean_image(upload(glass.getvalue())).image)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_of_the_three_kinds_become_jpeg(kind: str) -> None:
    assert Image.open(io.BytesIO(clean_image(upload(picture(kind=kind))).image)).format == "JPEG"
