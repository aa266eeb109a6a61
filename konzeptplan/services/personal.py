"""What a council member keeps for themselves. Nothing of it goes to the audit trail: it is nobody else's business."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from konzeptplan.models import Follow, Note, Tile, ViewLink
from step.models import Measure

MAX_TEXT = 4000


def keep_note(*, author: User, text: str, measure: Measure | None = None, tile: Tile | None = None) -> Note | None:
    """One note per place, written over when it is kept again; an empty text takes it away. None: there is none now."""
    _guard(author)
    place: dict[str, Any] = {"measure": measure, "tile": tile.value if tile else ""}
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise ValidationError(_("A note has at most %(number)d characters.") % {"number": MAX_TEXT}, code="length")
    if not text:
        Note.objects.visible_to(author).filter(**place).delete()
        return None
    note, _is_new = Note.objects.update_or_create(author=author, **place, defaults={"text": text})
    return note


def remove_note(*, note: Note, author: User) -> None:
    if note.author_id != author.pk:
        raise PermissionDenied
    note.delete()


def set_following(*, user: User, measure: Measure, follows: bool) -> None:
    """Begin or end to follow a measure; saying it twice changes nothing."""
    _guard(user)
    if follows:
        Follow.objects.get_or_create(user=user, measure=measure)
    else:
        Follow.objects.filter(user=user, measure=measure).delete()


def link_to(*, path: str, by: User) -> ViewLink:
    """The short link to a view; the same view has always the same one. Only views of the Konzeptplan."""
    _guard(by)
    link = ViewLink(target=path)
    link.clean_fields(exclude=["code"])
    for _try in range(3):  # two people at once, or a code that is taken
        try:
            with transaction.atomic():
                return ViewLink.objects.get_or_create(target=path)[0]
        except IntegrityError:
            continue
    raise ValidationError(_("No link could be made. Please try again."), code="busy")


def _guard(user: User) -> None:
    if not user.has_perm("konzeptplan.view_council"):
        raise PermissionDenied
