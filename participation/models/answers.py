"""What becomes of a contribution: its points, and the reasoned treatment of each."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.models import Chapter, OrganisationUnit
from participation.models.contributions import Contribution
from step.models import Measure, Milestone
from step.models.access import Reader


class Result(models.TextChoices):
    """What the office makes of a point. Each needs a reason."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Adopted in part")
    PLANNED = "planned", _("Already planned")
    REJECTED = "rejected", _("Rejected")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    PASSED_ON = "passed_on", _("Passed on")

    @property
    def icon(self) -> str:
        return f"result-{self.value}"


class Treatment(models.Model):
    """The reasoned answer of an office to one or more points."""

    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    reason = models.TextField(_("reason"), max_length=5000)
    unit = models.ForeignKey(
        OrganisationUnit, verbose_name=_("answering unit"), on_delete=models.PROTECT, related_name="treatments"
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure that it changed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="treatments",
    )
    milestone = models.ForeignKey(
        Milestone,
        verbose_name=_("milestone that it changed"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="treatments",
    )
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("chapter that it changed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="treatments",
    )
    passed_on_to = models.CharField(_("passed on to"), max_length=160, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-answered_at", "-pk"]
        constraints = [models.CheckConstraint(name="participation_answer_has_reason", condition=~models.Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.reason[:60]}"

    @property
    def is_corrected(self) -> bool:
        return bool(self.versions.all())

    @property
    def result_enum(self) -> Result:
        return Result(self.result)


class TreatmentVersion(models.Model):
    """What an answer said before it was corrected. Written once, and readable by whoever reads the answer."""

    treatment = models.ForeignKey(
        Treatment, verbose_name=_("answer"), on_delete=models.CASCADE, related_name="versions", editable=False
    )
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, editable=False)
    reason = models.TextField(_("reason"), editable=False)
    unit_name = models.CharField(_("answering unit"), max_length=200, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now, editable=False)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("replaced by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("earlier answer")
        verbose_name_plural = _("earlier answers")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.reason[:60]}"


class PointQuerySet(models.QuerySet["Point"]):
    def visible_to(self, user: Reader) -> "PointQuerySet":
        """Points of published contributions that the reader may see."""
        seen = Contribution.objects.visible_to(user).published()
        return self.filter(contribution__in=seen.order_by().values("pk"))

    def answered(self) -> "PointQuerySet":
        return self.filter(treatment__isnull=False)

    def for_register(self) -> "PointQuerySet":
        """With what a row of the register shows: a fixed number of queries."""
        return self.select_related(
            "contribution__loop__dialogue",
            "contribution__measure",
            "contribution__chapter",
            "contribution__plan",
            "treatment__unit",
            "treatment__measure",
            "treatment__milestone",
            "treatment__chapter",
        )

    def median_response(self) -> dt.timedelta | None:
        """The middle of the times from publication to answer; None where nothing has been answered."""
        took = models.ExpressionWrapper(
            models.F("treatment__answered_at") - models.F("contribution__published_at"), models.DurationField()
        )
        rows = self.answered().filter(contribution__published_at__isnull=False).annotate(took=took)
        return median(rows.order_by("took").values_list("took", flat=True))


def median(ordered: Any) -> dt.timedelta | None:
    """The middle value of an ordered queryset of values (the lower one of two); None where it is empty."""
    number = ordered.count()
    value: dt.timedelta | None = ordered[(number - 1) // 2] if number else None
    return value


class Point(models.Model):
    """One thing that a contribution asks for. Untreated until it has an answer."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="points"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.TextField(_("point"))
    topic = models.CharField(
        _("group"), max_length=80, blank=True, help_text=_("Equal points share a group and can get one answer.")
    )
    treatment = models.ForeignKey(
        Treatment, verbose_name=_("answer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="points"
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="participation_point_position")
        ]
        indexes = [models.Index(fields=["topic"], name="participation_point_topic")]

    def __str__(self) -> str:
        return self.text[:80]
