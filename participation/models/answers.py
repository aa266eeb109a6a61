"""What becomes of a contribution: its points, and the reasoned treatment of each."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.models import OrganisationUnit
from participation.models.contributions import Contribution
from step.models import Measure


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
    def result_enum(self) -> Result:
        return Result(self.result)


class Point(models.Model):
    """One thing that a contribution asks for. Untreated until it has an answer."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="points"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.TextField(_("point"))
    treatment = models.ForeignKey(
        Treatment, verbose_name=_("answer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="points"
    )

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="participation_point_position")
        ]

    def __str__(self) -> str:
        return self.text[:80]
