"""The reasoned answers of an office: split a contribution, group equal points, answer, correct."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from leitbild.models import Chapter, OrganisationUnit
from participation import mails, mails_office
from participation.models import Contribution, Point, Publication, Result, Treatment, TreatmentVersion
from step.models import Measure, Milestone

MAX_POINTS = 30


@dataclass(frozen=True)
class Verdict:
    """What an answer says: the result with its reason and unit, and what it changed or to whom it went."""

    result: Result
    reason: str
    unit: OrganisationUnit
    measure: Measure | None = None
    milestone: Milestone | None = None
    chapter: Chapter | None = None
    passed_on_to: str = ""

    def check(self) -> None:
        if not self.reason.strip():
            raise ValidationError({"reason": _("An answer needs a reason.")})
        if self.result == Result.PASSED_ON and not self.passed_on_to.strip():
            raise ValidationError({"passed_on_to": _("Say to whom it is passed on.")})
        if self.milestone and self.measure and self.milestone.measure_id != self.measure.pk:
            raise ValidationError({"milestone": _("This milestone belongs to another measure.")})

    def fields(self) -> dict[str, object]:
        """As fields of a `Treatment`; a milestone brings its measure along."""
        measure = self.measure or (self.milestone.measure if self.milestone else None)
        return {
            "result": self.result,
            "reason": self.reason.strip(),
            "unit": self.unit,
            "measure": measure,
            "milestone": self.milestone,
            "chapter": self.chapter,
            "passed_on_to": self.passed_on_to.strip(),
        }


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
    verdict = Verdict(result=result, reason=reason, unit=unit, measure=measure)
    return answer_points(points=points, by=by, verdict=verdict) if points else answer_whole(contribution, by, verdict)


def answer_whole(contribution: Contribution, by: User, verdict: Verdict) -> Treatment:
    """Treat all open points of a contribution; a refusal leaves no point behind."""
    with transaction.atomic():
        _check(by, [contribution], verdict)
        return answer_points(points=whole(contribution), by=by, verdict=verdict)


def answer_points(*, points: Sequence[Point], by: User, verdict: Verdict) -> Treatment:
    """One answer for many points, of one contribution or of several. Every author is told once.

    Points that somebody answered meanwhile keep their answer. Raises ValidationError or PermissionDenied.
    """
    with transaction.atomic():
        keys = {point.contribution_id for point in points}
        locked = list(Contribution.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
        _check(by, locked, verdict)
        still_open = Point.objects.filter(pk__in=[point.pk for point in points], treatment=None)
        keys = set(still_open.values_list("contribution_id", flat=True))
        if not keys:
            raise ValidationError(_("Every point of this contribution has its answer already."), code="answered")
        treatment = Treatment.objects.create(decided_by=by, **verdict.fields())
        still_open.update(treatment=treatment)
        answered = [contribution for contribution in locked if contribution.pk in keys]
        for contribution in answered:
            record("contribution.answer", contribution, actor=by, after={"result": verdict.result.value})
        told = _with_originals(answered)
        _tell(told, treatment)
    return treatment


def _tell(contributions: Iterable[Contribution], treatment: Treatment) -> None:
    for contribution in contributions:
        mails.tell_answer(contribution, treatment)


def _check(by: User, contributions: Iterable[Contribution], verdict: Verdict) -> None:
    for contribution in contributions:
        if not by.has_perm("participation.answer", contribution):
            raise PermissionDenied
        if contribution.status != Publication.PUBLISHED:
            raise ValidationError(_("Only published contributions are answered."), code="unpublished")
        target = contribution.merged_into
        if target and target.status == Publication.PUBLISHED:
            raise ValidationError(_("It is answered together with the one it was merged into."), code="merged")
    verdict.check()


def whole(contribution: Contribution) -> list[Point]:
    """The points of a contribution; the whole text is one where nobody has split it."""
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        if not contribution.points.exists():
            contribution.points.create(position=1, text=contribution.text)
        return list(Point.objects.filter(contribution=contribution))


def _with_originals(contributions: list[Contribution]) -> list[Contribution]:
    """Those answered, and the published ones that were merged into them."""
    merged = Contribution.objects.published().filter(merged_into__in=[c.pk for c in contributions])
    return [*contributions, *merged]


def split(*, contribution: Contribution, texts: Sequence[str], by: User) -> list[Point]:
    """Replace the open points by these. What has its answer stays as it is. Raises ValidationError."""
    if not by.has_perm("participation.answer", contribution):
        raise PermissionDenied
    wanted = [text.strip() for text in texts if text.strip()]
    with transaction.atomic():
        Contribution.objects.select_for_update().get(pk=contribution.pk)
        kept = contribution.points.exclude(treatment=None)
        count = kept.count()
        if not wanted and not count:
            raise ValidationError(_("A contribution has at least one point."), code="empty")
        if count + len(wanted) > MAX_POINTS:
            raise ValidationError(
                _("A contribution has at most %(max)d points."), code="many", params={"max": MAX_POINTS}
            )
        topics = dict(contribution.points.filter(treatment=None).values_list("text", "topic"))
        contribution.points.filter(treatment=None).delete()
        first = (kept.aggregate(last=models.Max("position"))["last"] or 0) + 1
        made = Point.objects.bulk_create(
            Point(contribution=contribution, position=position, text=text, topic=topics.get(text, ""))
            for position, text in enumerate(wanted, first)
        )
        record("contribution.split", contribution, actor=by, after={"points": count + len(made)})
    return made


def group(*, points: Sequence[Point], topic: str, by: User) -> int:
    """Give equal points the same group, so that they are found and answered together; empty takes it away."""
    if not by.has_perm("participation.answer"):
        raise PermissionDenied
    topic = " ".join(topic.split())[:80]
    with transaction.atomic():
        changed = Point.objects.filter(pk__in=[point.pk for point in points], treatment=None).update(topic=topic)
        for point in points:
            record("point.group", point, actor=by, after={"topic": topic})
    return changed


def correct(*, treatment: Treatment, by: User, verdict: Verdict) -> Treatment:
    """Change an answer; what it said before is kept and can be read. Every author is told."""
    if not by.has_perm("participation.answer"):
        raise PermissionDenied
    verdict.check()
    with transaction.atomic():
        treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
        fields = verdict.fields()
        if all(getattr(treatment, name) == value for name, value in fields.items()):
            return treatment
        version = keep_version(treatment, by)
        for name, value in fields.items():
            setattr(treatment, name, value)
        treatment.save()
        record(
            "treatment.correct",
            treatment,
            actor=by,
            before={"result": version.result},
            after={"result": treatment.result},
        )
        _tell_correction(treatment, version)
    return treatment


def keep_version(treatment: Treatment, by: User) -> TreatmentVersion:
    """Store what the answer says in the database now."""
    stored = Treatment.objects.select_related("unit").get(pk=treatment.pk)
    return TreatmentVersion.objects.create(
        treatment=stored, result=stored.result, reason=stored.reason, unit_name=str(stored.unit), replaced_by=by
    )


def _tell_correction(treatment: Treatment, version: TreatmentVersion) -> None:
    answered = list(Contribution.objects.published().filter(points__treatment=treatment).distinct())
    for contribution in _with_originals(answered):
        mails_office.tell_corrected(contribution, treatment, version.pk)
