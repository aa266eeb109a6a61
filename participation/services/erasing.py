"""Taking a person, or all they said, out of a contribution.

| what happens                            | name, e-mail | text, place | the record                                 |
|-----------------------------------------|--------------|-------------|--------------------------------------------|
| retention, or "delete my name"          | deleted      | stays       | stays                                      |
| withdrawn by its author                 | deleted      | deleted     | stays, seen by nobody                      |
| account deleted, others built upon it   | deleted      | deleted     | stays with a note, and its answer with it  |
| account deleted, nobody built upon it   | deleted      | deleted     | deleted                                    |
"""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.outbox import forget
from participation.models import (
    Contribution,
    ContributionVersion,
    Flag,
    ModerationDecision,
    Notification,
    Photo,
    Point,
    Subscription,
)
from participation.services.picturing import remove_photos

# Records that are part of a contribution. Whatever else points to one was built upon it by others: new kinds of
# records count so by themselves, until they are named here.
PARTS = {ContributionVersion, Flag, ModerationDecision, Notification, Photo, Point, Subscription}


def forget_history(*, contribution: Contribution) -> None:
    """Delete earlier versions and photos: for what its author takes back, and for what is anonymised."""
    contribution.versions.all().delete()
    remove_photos(contribution=contribution)


def was_built_upon(contribution: Contribution) -> bool:
    """Whether an office answered it, or any record of somebody else refers to it."""
    if contribution.points.exclude(treatment=None).exists():
        return True
    relations: list[Any] = [r for r in Contribution._meta.related_objects if r.related_model not in PARTS]
    return any(r.related_model._base_manager.filter(**{r.field.name: contribution}).exists() for r in relations)


def forget_person(*, contribution: Contribution) -> None:
    """The text stays, and nobody can tell any more who wrote it."""
    with transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(author=None, author_name="", email="")
        Notification.objects.filter(contribution=contribution, user=None).delete()
        forget(contribution)
        record("contribution.forget_person", contribution)


def forget_text(*, contribution: Contribution, keep_author: bool = False) -> None:
    """Nothing of what was said is kept: in its place stands, in its language, that its author deleted it.

    `keep_author`: whoever withdrew it still finds it among their own contributions.
    """
    with translation.override(contribution.language):
        gone = _("The author has deleted this text.")
    with transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(
            text=gone, title="", place="", geometry=None, author_name="", email=""
        )
        if not keep_author:
            Contribution.objects.filter(pk=contribution.pk).update(author=None)
        contribution.points.update(text=gone)
        forget_history(contribution=contribution)
        contribution.decisions.update(reason="")  # a moderator may have quoted it
        _forget_copies(contribution)
        record("contribution.forget_text", contribution)


def delete(*, contribution: Contribution) -> None:
    with transaction.atomic():
        forget_history(contribution=contribution)
        _forget_copies(contribution)
        record("contribution.delete", contribution)
        contribution.delete()


def erase(*, contribution: Contribution) -> None:
    """Delete it, or only what was said where others built upon it."""
    if was_built_upon(contribution):
        forget_text(contribution=contribution)
    else:
        delete(contribution=contribution)


def _forget_copies(contribution: Contribution) -> None:
    """Mails that wait or were sent, and the notes of the administration, which quote a record by its text."""
    forget(contribution)
    notes = LogEntry.objects.filter(content_type__app_label="participation", content_type__model="contribution")
    notes.filter(object_id=str(contribution.pk)).delete()
