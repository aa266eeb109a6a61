"""Pictures that people send: judged by their content, and written anew so that nothing but the picture is kept.

What comes out is a JPEG without EXIF (where the camera stood, which camera), without colour profile, comment, thumbnail
or anything appended to the file. Guarantees: no file above `MAX_BYTES` is read into memory, no picture above
`MAX_PIXELS` is ever decoded (a few kilobytes can unfold to gigabytes), and only JPEG, PNG and WebP reach a decoder.
"""

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # a phone's camera has 12 to 50 megapixels
LONGEST_SIDE, THUMBNAIL_SIDE = 1800, 480
QUALITY = 82
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

ACCEPT = ",".join(FORMATS)  # for the file field of a form


class Upload(Protocol):
    """What of an uploaded file is needed."""

    size: int | None
    file: BinaryIO


@dataclass(frozen=True)
class CleanImage:
    """A picture as the portal keeps it: JPEG, at most 1800 pixels on its longer side, and a small one beside it."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_image(upload: Upload) -> CleanImage:
    """The picture written anew; ValidationError says in plain words why a file is refused."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(max)d MB. Please choose a smaller photo."),
            code="too_large",
            params={"max": MAX_BYTES // 1024 // 1024},
        )
    upload.file.seek(0)
    data = upload.file.read(MAX_BYTES + 1)
    picture = _decode(data, _format(data))
    width, height = picture.size
    return CleanImage(_encode(picture), _encode(_shrunk(picture, THUMBNAIL_SIDE)), width, height)


def _format(data: bytes) -> str:
    """The format that the first bytes say, whatever the name and the browser claim."""
    try:
        kinds = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError, IndexError):
        kinds = set()
    for kind, name in FORMATS.items():
        if kind in kinds:
            return name
    raise ValidationError(
        _("This is not a photo that the portal can show. Please send JPEG, PNG or WebP."), code="kind"
    )


def _decode(data: bytes, name: str) -> Image.Image:
    """Upright, in plain RGB on white, and no larger than needed. The size is judged before a pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below Pillow's
            picture: Image.Image = Image.open(io.BytesIO(data), formats=[name])
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at about the size that is kept
        picture = ImageOps.exif_transpose(picture)
        return _shrunk(_on_white(picture), LONGEST_SIDE)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This photo has too many pixels. Please send a smaller one."), code="pixels") from error
    except Exception as error:  # decoders raise whatever a broken file leads to
        raise ValidationError(_("This photo is damaged and cannot be read."), code="damaged") from error


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        above = picture.convert("RGBA")
        white = Image.new("RGBA", above.size, "white")
        return Image.alpha_composite(white, above).convert("RGB")
    return picture.convert("RGB")


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    return smaller


def _encode(picture: Image.Image) -> bytes:
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)  # pixels only: what the decoder remembered of the file stays behind
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
