"""Which indicators show whether a plan works. An indicator itself belongs to the guideline and may serve goals too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.models import Indicator
from step.models.plans import Plan


class PlanIndicator(models.Model):
    """An indicator of a plan."""

    plan = models.ForeignKey(Plan, verbose_name=_("StEP"), on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="plan_links"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("indicator of a StEP")
        verbose_name_plural = _("indicators of StEP")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator"],
                name="step_plan_indicator_once",
                violation_error_message=_("The plan has this indicator already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan.code}: {self.indicator}"
