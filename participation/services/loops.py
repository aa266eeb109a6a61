"""Ending a turn of the loop."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from participation.models import Loop


def close_loop(*, loop: Loop, by: User, summary: str) -> Loop:
    """End the loop. Refused while a point is untreated or the summary is missing: that is the portal's promise.

    The row of the loop is locked, and `submit_contribution` refuses what comes after the participation step, so that
    nothing slips in between counting and closing.
    """
    if not by.has_perm("participation.answer"):
        raise PermissionDenied
    with transaction.atomic():
        loop = Loop.objects.select_for_update().select_related("dialogue").get(pk=loop.pk)
        loop.summary = summary.strip()
        loop.closed_at = timezone.now()
        loop.save()  # refuses by itself while something is untreated
        record("loop.close", loop, actor=by, after={"closed_at": loop.closed_at.isoformat()})
    return loop
