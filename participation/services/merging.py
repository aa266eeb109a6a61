"""Merging contributions that say the same, without losing one: each keeps its page, its author and its receipt."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from participation import mails_office
from participation.models import Contribution, Publication


def merge(*, originals: Sequence[Contribution], into: Contribution, by: User) -> Contribution:
    """Answer the originals together with another contribution. Each author is told. Raises ValidationError."""
    if not _may_merge(by):
        raise PermissionDenied
    with transaction.atomic():
        keys = [*(original.pk for original in originals), into.pk]
        locked = {row.pk: row for row in Contribution.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        target = locked.pop(into.pk)
        if not locked:
            raise ValidationError(_("Choose another contribution than the one it is merged into."), code="self")
        for original in locked.values():
            _check(original, target)
        for original in locked.values():
            original.merged_into = target
            original.save(update_fields=["merged_into"])
            record("contribution.merge", original, actor=by, after={"merged_into": target.pk})
            mails_office.tell_merged(original, target)
    return target


def unmerge(*, original: Contribution, by: User) -> Contribution:
    """Let it stand for itself again; it then needs an answer of its own. The author is told."""
    if not _may_merge(by):
        raise PermissionDenied
    with transaction.atomic():
        original = Contribution.objects.select_for_update(of=("self",)).get(pk=original.pk)
        target = original.merged_into
        if target is None:
            raise ValidationError(_("This contribution is not merged."), code="alone")
        if original.loop and original.loop.closed_at:
            raise ValidationError(_("The loop is closed; it keeps its answers."), code="closed")
        original.merged_into = None
        original.save(update_fields=["merged_into"])
        entry = record("contribution.unmerge", original, actor=by, before={"merged_into": target.pk})
        mails_office.tell_unmerged(original, entry.pk)
    return original


def _may_merge(by: User) -> bool:
    return by.has_perm("participation.moderate") or by.has_perm("participation.answer")


def _check(original: Contribution, target: Contribution) -> None:
    if original.context != target.context:
        raise ValidationError(_("Only contributions about the same thing can be merged."), code="context")
    if {original.status, target.status} != {Publication.PUBLISHED.value}:
        raise ValidationError(_("Only published contributions can be merged."), code="unpublished")
    if target.merged_into_id or original.merged_into_id:
        raise ValidationError(_("One of them is merged already. Take that back first."), code="merged")
    if original.originals.exists():
        raise ValidationError(_("Others are merged into one of these. Merge into that one."), code="target")
    if original.points.exclude(treatment=None).exists():
        raise ValidationError(_("One of these has its answer already and keeps it."), code="answered")
