"""What moves a measure along: milestones, money, reports."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.richtext import RichTextField
from leitbild.models import OrganisationUnit
from step.models.access import Reader, sees_internal, visible_levels
from step.models.measures import Measure


class Milestone(models.Model):
    """A dated step on the way."""

    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=160)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def with_figure(self) -> "BudgetLineQuerySet":
        """Lines that name an amount, be it 0; an empty line is unknown money."""
        return self.exclude(planned=None, voted=None, spent=None)


class BudgetLine(models.Model):
    """Money for a measure in one year from one funder, in euros. Empty is unknown, 0 is none."""

    class Kind(models.TextChoices):
        INVESTMENT = "investment", _("Investment")
        OPERATING = "operating", _("Operating cost")

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="budget_lines"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INVESTMENT)
    funder = models.CharField(_("funder"), max_length=120, blank=True, help_text=_("Empty: the city itself."))
    planned = models.DecimalField(
        _("planned"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    voted = models.DecimalField(
        _("voted"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    spent = models.DecimalField(
        _("spent"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["year", "kind", "funder"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "year", "kind", "funder"], name="step_budget_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.year} {self.get_kind_display()}"


class ProgressReportQuerySet(models.QuerySet["ProgressReport"]):
    def visible_to(self, user: Reader) -> "ProgressReportQuerySet":
        """Public reports of visible measures; council and the office also read the internal ones."""
        rows = self.filter(measure__visibility__in=visible_levels(user))
        return rows if sees_internal(user) else rows.filter(is_public=True)


class ProgressReport(models.Model):
    """A dated report on a measure, with what proves it."""

    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="reports")
    reported_on = models.DateField(_("date"))
    unit = models.ForeignKey(
        OrganisationUnit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = RichTextField(_("text"))
    percent = models.PositiveSmallIntegerField(
        _("work done in %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    evidence_url = models.URLField(_("evidence"), max_length=300, blank=True)
    is_public = models.BooleanField(_("public"), default=False)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-reported_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.reported_on:%Y-%m-%d}"
