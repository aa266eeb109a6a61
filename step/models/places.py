"""Places: localities with their outline, and the areas in which a plan intervenes."""

from typing import Any

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.geo import GeometryField
from leitbild.models import Chapter
from step.models.access import Reader
from step.models.plans import Plan, count_by


class LocalityQuerySet(models.QuerySet["Locality"]):
    def with_measure_counts(self, user: Reader) -> "LocalityQuerySet":
        """Each with `measure_count`: measures there, visible to the user, not withdrawn or superseded."""
        measures: Any = apps.get_model("step", "Measure")  # defined above this module, so asked from the registry
        rows = measures.objects.visible_to(user).counting()
        there = measures.localities.through.objects.filter(measure__in=rows)
        return self.annotate(measure_count=count_by("locality", there))


class Locality(models.Model):
    """A locality of the commune. Population is stored as quoted, with its date and source."""

    slug = models.SlugField(_("short address"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    outline = GeometryField(_("outline"))
    outline_note = models.CharField(
        _("note on the outline"), max_length=240, blank=True, help_text=_("Official boundary or schematic?")
    )
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_date = models.DateField(_("inhabitants on"), null=True, blank=True)
    population_source = models.CharField(_("source of the figure"), max_length=200, blank=True)
    area_ha = models.DecimalField(
        _("area in hectares"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    objects = LocalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("step:locality", args=[self.slug])


class InterventionArea(models.Model):
    """An area in which a plan intervenes. Without an outline the place is known only in words."""

    slug = models.SlugField(_("short address"), unique=True)
    plan = models.ForeignKey(Plan, verbose_name=_("StEP"), on_delete=models.CASCADE, related_name="intervention_areas")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    outline = GeometryField(_("outline"))
    localities = models.ManyToManyField(
        Locality, verbose_name=_("localities"), blank=True, related_name="intervention_areas"
    )
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("intervention area")
        verbose_name_plural = _("intervention areas")
        ordering = ["plan", "name"]

    def __str__(self) -> str:
        return self.name
