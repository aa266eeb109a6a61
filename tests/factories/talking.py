"""Contributions, comments and pictures for tests: every value is fixed or counted, none is random."""

import datetime as dt
import io
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from participation.models import Access, Comment, Contribution, Dialogue, Loop, Moderation, Publication

_numbers = count(1)


def make_dialogue(
    access: Access = Access.ANYONE, moderation: Moderation = Moderation.BEFORE, **fields: Any
) -> Dialogue:
    slug = fields.pop("slug", f"dialog-{next(_numbers)}")
    return Dialogue.objects.create(
        slug=slug, title="Der Platz", is_public=True, access=access, moderation=moderation, **fields
    )


def make_loop(dialogue: Dialogue | None = None, **fields: Any) -> Loop:
    """A loop in the middle of its participation."""
    today = timezone.localdate()
    days = {"invite_from": -20, "participate_from": -10, "feedback_from": 10, "ends_on": 20}
    dates = {name: today + dt.timedelta(days=number) for name, number in days.items()}
    return Loop.objects.create(dialogue=dialogue or make_dialogue(), phase="Vorentwurf", **{**dates, **fields})


def make_contribution(text: str = "Mehr Schatten auf dem Platz.", **fields: Any) -> Contribution:
    """A published one in an open dialogue, unless told otherwise."""
    contexts = {"loop", "measure", "chapter", "plan"}
    if not contexts & set(fields):
        fields["loop"] = make_loop()
    values = {"status": Publication.PUBLISHED, "published_at": timezone.now(), **fields}
    return Contribution.objects.create(text=text, **values)


def make_comment(contribution: Contribution, text: str = "Das sehe ich auch so.", **fields: Any) -> Comment:
    return Comment.objects.create(contribution=contribution, text=text, **{"status": Publication.PUBLISHED, **fields})


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def picture_with_place() -> bytes:
    """A JPEG that says where it was taken, and with which camera."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (49.0, 31.0, 27.0), 3: "E", 4: (5.0, 53.0, 29.0)})
    return picture(exif=exif)


def upload(data: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)
