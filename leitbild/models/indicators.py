"""Indicators: how the city knows whether it comes closer to a goal. How figures are computed: `leitbild/trend.py`."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.visibility import Reader, Visibility, visible_levels
from leitbild.models.actors import OrganisationUnit
from leitbild.models.document import Chapter
from leitbild.models.vision import Goal
from leitbild.trend import Direction, later

YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Reader) -> "IndicatorQuerySet":
        """The only door to drafts and internal indicators."""
        return self.filter(visibility__in=visible_levels(user))

    def with_values(self) -> "IndicatorQuerySet":
        """With every value, oldest first: one query more, whatever the number of rows."""
        return self.prefetch_related("values")

    def measured(self) -> "IndicatorQuerySet":
        return self.filter(models.Exists(_values()))

    def waiting(self) -> "IndicatorQuerySet":
        """Defined, but nobody has entered a value yet."""
        return self.exclude(models.Exists(_values()))

    def overdue(self, on: dt.date) -> "IndicatorQuerySet":
        """Whose next update was due before that day."""
        return self.filter(next_update__lt=on)

    def with_latest(self) -> "IndicatorQuerySet":
        """Each with `latest_value` and `latest_on`, empty where there is no value."""
        newest = _values().order_by("-measured_on")
        return self.annotate(
            latest_value=models.Subquery(newest.values("value")[:1]),
            latest_on=models.Subquery(newest.values("measured_on")[:1]),
        )


def _values() -> "models.QuerySet[IndicatorValue]":
    return IndicatorValue.objects.filter(indicator=models.OuterRef("pk"))


class Indicator(models.Model):
    """A figure that the city follows over time, with what it means and what it cannot say."""

    class Interval(models.TextChoices):
        """How often a new value is expected."""

        QUARTER = "quarter", _("Every three months")
        YEAR = "year", _("Every year")
        TWO_YEARS = "two_years", _("Every two years")
        FIVE_YEARS = "five_years", _("Every five years")
        OPEN = "open", _("Not yet agreed")

        @property
        def months(self) -> int | None:
            return {"quarter": 3, "year": 12, "two_years": 24, "five_years": 60}.get(self.value)

    slug = models.SlugField(_("short address"), unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=160)
    unit = models.CharField(_("unit"), max_length=60, help_text=_("Persons, %, km …"))
    definition = models.TextField(_("definition"), help_text=_("What is counted, where, and at which time?"))
    source = models.CharField(_("source"), max_length=300, help_text=_("Who provides the values?"))
    limitations = models.TextField(_("limitations"), blank=True, help_text=_("What does the figure not say?"))
    goals = models.ManyToManyField(Goal, verbose_name=_("goals"), blank=True, related_name="indicators")
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("source chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        help_text=_("Which passage of the guideline it follows."),
    )
    owner = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("responsible unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        help_text=_("Who enters the values."),
    )

    direction = models.CharField(
        _("desired direction"), max_length=10, choices=Direction.choices, default=Direction.NONE
    )
    baseline_value = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True, validators=YEARS)
    target_value = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("year of the target"), null=True, blank=True, validators=YEARS)
    interval = models.CharField(_("new values"), max_length=12, choices=Interval.choices, default=Interval.OPEN)
    next_update = models.DateField(_("next value due"), null=True, blank=True, db_index=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(baseline_value=None, baseline_year=None)
                | models.Q(baseline_value__isnull=False, baseline_year__isnull=False),
                name="leitbild_indicator_baseline_with_year",
                violation_error_message=_("A baseline has a value and a year."),
            ),
            models.CheckConstraint(
                condition=models.Q(target_value=None, target_year=None)
                | models.Q(target_value__isnull=False, target_year__isnull=False),
                name="leitbild_indicator_target_with_year",
                violation_error_message=_("A target has a value and a year."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("leitbild:indicator", args=[self.slug])

    @property
    def direction_enum(self) -> Direction:
        return Direction(self.direction)

    def due_after(self, today: dt.date) -> dt.date | None:
        """The next date in the indicator's rhythm that lies after the day; None while no rhythm is agreed."""
        months = Indicator.Interval(self.interval).months
        return later(self.next_update or today, months, after=today) if months else None


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def visible_to(self, user: Reader) -> "IndicatorValueQuerySet":
        return self.filter(indicator__visibility__in=visible_levels(user))


class IndicatorValue(models.Model):
    """What was measured at one time. A value known for a month or a year only is stored on its first day."""

    class Precision(models.TextChoices):
        DAY = "day", _("On that day")
        MONTH = "month", _("In that month")
        YEAR = "year", _("In that year")

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="values"
    )
    measured_on = models.DateField(_("date"), help_text=_("For a month or a year, its first day."))
    precision = models.CharField(_("known for"), max_length=6, choices=Precision.choices, default=Precision.DAY)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    comment = models.CharField(_("comment"), max_length=300, blank=True)
    source = models.CharField(_("source of the value"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["indicator", "measured_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "measured_on"],
                name="leitbild_indicator_value_once",
                violation_error_message=_("There is a value for this date already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value.normalize():f}"

    def clean(self) -> None:
        """A month's or a year's value goes to its first day; what has not been measured yet is a target, no value."""
        if not self.measured_on:
            return
        self.measured_on = first_day(self.measured_on, self.precision)
        if self.measured_on > timezone.localdate():
            raise ValidationError({"measured_on": _("A value is measured, so its date cannot lie in the future.")})

    @property
    def label(self) -> Any:
        """The date as exactly as it is known: 2016, April 2023, 1.1.2017."""
        if self.precision == IndicatorValue.Precision.YEAR:
            return str(self.measured_on.year)
        style = "YEAR_MONTH_FORMAT" if self.precision == IndicatorValue.Precision.MONTH else "SHORT_DATE_FORMAT"
        return date_format(self.measured_on, style)


def first_day(on: dt.date, precision: str) -> dt.date:
    """The day on which a value of that precision is stored."""
    if precision == IndicatorValue.Precision.YEAR:
        return on.replace(month=1, day=1)
    return on.replace(day=1) if precision == IndicatorValue.Precision.MONTH else on
