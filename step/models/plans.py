"""The eight thematic plans (StEP) and the time horizons that order their measures."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.richtext import RichTextField
from leitbild.models import Chapter
from step.models.access import Reader


def count_by(key: str, rows: models.QuerySet[Any]) -> Coalesce:
    """How many of the rows point to the outer record by `key`, as a subquery: joins would multiply each other."""
    counted = rows.filter(**{key: models.OuterRef("pk")}).order_by().values(key).annotate(n=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("n")), 0)


class PlanQuerySet(models.QuerySet["Plan"]):
    def with_measure_counts(self, user: Reader) -> "PlanQuerySet":
        """Each with `measure_count`: measures it leads or shares, visible to the user, not withdrawn or superseded."""
        measures: Any = apps.get_model("step", "Measure")  # defined above this module, so asked from the registry
        rows = measures.objects.visible_to(user).counting()
        shared = measures.further_plans.through.objects.filter(measure__in=rows)
        # A plan that is lead and further plan at once would count its measure twice.
        shared = shared.exclude(measure__lead_plan=models.F("plan"))
        return self.annotate(measure_count=count_by("lead_plan", rows) + count_by("plan", shared))


class Plan(models.Model):
    """A StEP: one of the eight thematic plans between PAG and PAP."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    code = models.CharField(_("code"), max_length=4, unique=True, help_text=_("Begins the codes of its measures: VM."))
    slug = models.SlugField(_("short address"), unique=True)
    name = models.CharField(_("official name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    summary = models.TextField(_("in short"), blank=True)
    body = RichTextField(_("text"), blank=True)
    tasks = RichTextField(_("tasks"), blank=True)
    colour = models.CharField(
        _("colour"), max_length=7, validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$")], help_text="#RRGGBB"
    )
    icon = models.SlugField(_("icon"), help_text=_("Name of a symbol in the icon sprite."))
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="plans")
    planners = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("planners"),
        blank=True,
        related_name="plans",
        help_text=_("Planners edit the plans to which they are bound, and read the others."),
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("StEP")
        verbose_name_plural = _("StEP")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"StEP {self.number} {self.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("step:plan", args=[self.slug])


class TimeHorizon(models.Model):
    """Short, medium, long: the guideline's words with the dates that the office gives them."""

    code = models.SlugField(_("code"), unique=True, help_text="short, medium, long")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=60)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    note = models.TextField(_("note"), blank=True, help_text=_("Where these dates come from."))

    class Meta:
        verbose_name = _("time horizon")
        verbose_name_plural = _("time horizons")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="step_horizon_forward")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": _("The end must come after the beginning.")})

    def elapsed(self, on: dt.date) -> float:
        """Share of the horizon's time that has passed on that day, 0 to 1."""
        days = (self.ends - self.starts).days
        return min(1.0, max(0.0, (on - self.starts).days / days))
