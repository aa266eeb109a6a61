"""The reasoned answers of an office."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from leitbild.models import OrganisationUnit
from participation import mails
from participation.models import Contribution, Point, Publication, Result, Treatment
from step.models import Measure


def answer(
    *,
    contribution: Contribution,
    by: User,
    result: Result,
    reason: str,
    unit: OrganisationUnit,
    measure: Measure | None = None,
    points: Sequence[Point] = (),
) -> Treatment:
    """Treat points of a contribution by one reasoned answer; without points, all that are still untreated.

    A contribution that nobody has split is one point: the whole text. Raises ValidationError or PermissionDenied.
    """
    if not by.has_perm("participation.answer", contribution):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("An answer needs a reason.")})
    if contribution.status != Publication.PUBLISHED:
        raise ValidationError(_("Only published contributions are answered."), code="unpublished")
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        open_points = _open_points(contribution, points)
        treatment = Treatment.objects.create(
            result=result, reason=reason.strip(), unit=unit, measure=measure, decided_by=by
        )
        Point.objects.filter(pk__in=[point.pk for point in open_points]).update(treatment=treatment)
        record("contribution.answer", contribution, actor=by, after={"result": result.value})
        transaction.on_commit(lambda: mails.tell_answer(contribution, treatment))
    return treatment


def _open_points(contribution: Contribution, points: Sequence[Point]) -> list[Point]:
    if not contribution.points.exists():
        contribution.points.create(position=1, text=contribution.text)
    chosen = contribution.points.filter(treatment=None)
    if points:
        chosen = chosen.filter(pk__in=[point.pk for point in points])
    if not chosen:
        raise ValidationError(_("Every point of this contribution has its answer already."), code="answered")
    return list(chosen)
