"""Photos come with a contribution and go with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from common.images import CleanImage
from participation.models import Contribution, Photo


@dataclass(frozen=True)
class NewPhoto:
    """A photo that has passed `common.images.clean_image`, with its author's words for who cannot see it."""

    picture: CleanImage
    alt: str


def add_photos(*, contribution: Contribution, photos: Sequence[NewPhoto]) -> None:
    """Store the photos of a new contribution."""
    for position, new in enumerate(photos, start=1):
        photo = Photo(contribution=contribution, position=position, alt=new.alt)
        photo.width, photo.height = new.picture.width, new.picture.height
        photo.image.save("photo.jpg", ContentFile(new.picture.image), save=False)
        photo.thumbnail.save("small.jpg", ContentFile(new.picture.thumbnail), save=False)
        photo.save()


def remove_photos(*, contribution: Contribution) -> None:
    """Delete the photos, rows and files: the files once the deletion is certain."""
    photos = list(contribution.photos.all())
    names = [file.name for photo in photos for file in (photo.image, photo.thumbnail)]
    contribution.photos.all().delete()
    transaction.on_commit(lambda: _delete_files(names))


def _delete_files(names: Iterable[str | None]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)
