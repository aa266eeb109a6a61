"""The measure: the middle of the chain, where a goal of the city meets a citizen's sentence."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from common.geo import GeometryField
from common.richtext import RichTextField
from leitbild.models import Chapter, Goal, Instrument, OrganisationUnit, Pillar, Sdg
from step.models.access import Reader, visible_levels
from step.models.places import Locality
from step.models.plans import Plan, TimeHorizon
from step.models.states import Status, Urgency, Visibility

# The column that the database checks. modeltranslation leaves the bare one to itself.
REASON = build_localized_fieldname("status_reason", "de")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: Reader) -> "MeasureQuerySet":
        """The only door to drafts and internal measures."""
        return self.filter(visibility__in=visible_levels(user))

    def public(self) -> "MeasureQuerySet":
        return self.visible_to(AnonymousUser())

    def for_audience(self, audience: str) -> "MeasureQuerySet":
        """What a page for everyone ("public") or for the council ("council") counts; drafts are in neither."""
        levels = {"public": [Visibility.PUBLIC], "council": [Visibility.INTERNAL, Visibility.PUBLIC]}
        return self.filter(visibility__in=levels[audience])

    def counting(self) -> "MeasureQuerySet":
        """Without withdrawn and superseded measures."""
        return self.filter(status__in=[status for status in Status if status.counts])

    def of_plan(self, plan: Plan) -> "MeasureQuerySet":
        """Measures that the plan leads or shares, each once."""
        shared = self.model.further_plans.through.objects.filter(plan=plan).values("measure")
        return self.filter(models.Q(lead_plan=plan) | models.Q(pk__in=shared))

    def at(self, locality: Locality) -> "MeasureQuerySet":
        return self.filter(localities=locality)

    def citywide(self) -> "MeasureQuerySet":
        """Measures of the whole city: they name no locality."""
        return self.filter(localities=None)

    def for_lists(self) -> "MeasureQuerySet":
        """With what a row or card shows: a fixed number of queries, whatever the number of rows."""
        return self.select_related("lead_plan", "horizon", "responsible_unit").prefetch_related("localities", "goals")

    def for_page(self) -> "MeasureQuerySet":
        return self.select_related("lead_plan", "horizon", "responsible_unit", "chapter").prefetch_related(
            "further_plans", "localities", "goals", "sdgs", "pillars", "instruments", "partners"
        )


class Measure(models.Model):
    """Something that the city does, plans or is called to do, led by one StEP."""

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,4}-\d{2,4}$", _("A code looks like VM-03."))],
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in short"), blank=True, help_text=_("Two sentences in plain language."))
    body = RichTextField(_("text"), blank=True)
    next_step = models.TextField(_("what happens next"), blank=True)

    lead_plan = models.ForeignKey(
        Plan, verbose_name=_("lead StEP"), on_delete=models.PROTECT, related_name="led_measures"
    )
    further_plans = models.ManyToManyField(
        Plan, verbose_name=_("further StEP"), blank=True, related_name="shared_measures"
    )
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("source chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        help_text=_("Where the guideline calls for it. Empty if the measure came from elsewhere."),
    )
    source_note = models.CharField(_("source"), max_length=300, blank=True)

    goals = models.ManyToManyField(Goal, verbose_name=_("goals"), blank=True, related_name="measures")
    sdgs = models.ManyToManyField(
        Sdg, verbose_name=_("Sustainable Development Goals"), blank=True, related_name="measures"
    )
    pillars = models.ManyToManyField(Pillar, verbose_name=_("pillars"), blank=True, related_name="measures")
    instruments = models.ManyToManyField(
        Instrument, verbose_name=_("planning instruments"), blank=True, related_name="measures"
    )
    assignment_reason = models.TextField(_("why these goals"), blank=True)

    localities = models.ManyToManyField(
        Locality,
        verbose_name=_("localities"),
        blank=True,
        related_name="measures",
        help_text=_("Empty: the whole city."),
    )
    geometry = GeometryField(_("place on the map"))
    geometry_note = models.CharField(
        _("note on the place"), max_length=240, blank=True, help_text=_("Surveyed, or only roughly where?")
    )

    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency.choices, default=Urgency.UNKNOWN)
    urgency_reason = models.CharField(_("why this urgency"), max_length=300, blank=True)
    horizon = models.ForeignKey(
        TimeHorizon,
        verbose_name=_("time horizon"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    horizon_reason = models.CharField(_("why this horizon"), max_length=300, blank=True)

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.UNKNOWN, db_index=True)
    status_reason = models.TextField(
        _("reason for the status"), blank=True, help_text=_("Required when the measure deviates from its plan.")
    )
    baseline_start = models.DateField(_("adopted start"), null=True, blank=True)
    baseline_end = models.DateField(_("adopted end"), null=True, blank=True)
    forecast_start = models.DateField(_("expected start"), null=True, blank=True)
    forecast_end = models.DateField(_("expected end"), null=True, blank=True)
    actual_end = models.DateField(_("done on"), null=True, blank=True)

    responsible_unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("responsible unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    partners = models.ManyToManyField(
        OrganisationUnit, verbose_name=_("partners"), blank=True, related_name="partnered_measures"
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("Never shown to the public."))
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["code"]
        indexes = [models.Index(fields=["visibility", "lead_plan", "code"], name="step_measure_list")]
        constraints = [
            models.CheckConstraint(
                # Null is said apart: a CHECK that evaluates to NULL would pass.
                condition=~models.Q(status__in=[s.value for s in Status if s.deviates])
                | (models.Q(status_reason_de__isnull=False) & ~models.Q(status_reason_de="")),
                name="step_measure_deviation_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("step:measure", args=[self.code])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.status in Status and Status(self.status).deviates and not self.reason_in_german.strip():
            errors[REASON] = _("Say why: the status deviates from the plan.")
        for start, end in (("baseline_start", "baseline_end"), ("forecast_start", "forecast_end")):
            first, last = getattr(self, start), getattr(self, end)
            if first and last and last < first:
                errors[end] = _("The end must not come before the start.")
        if errors:
            raise ValidationError(errors)

    @property
    def status_enum(self) -> Status:
        return Status(self.status)

    @property
    def reason_in_german(self) -> str:
        """The reason as the office wrote it; what a deviating status must have."""
        return getattr(self, REASON) or ""

    @property
    def urgency_enum(self) -> Urgency:
        return Urgency(self.urgency)


class MeasureLinkQuerySet(models.QuerySet["MeasureLink"]):
    def visible_to(self, user: Reader) -> "MeasureLinkQuerySet":
        """A link tells about both its measures, so both must be visible."""
        levels = visible_levels(user)
        return self.filter(source__visibility__in=levels, target__visibility__in=levels)

    def around(self, measure: Measure) -> "MeasureLinkQuerySet":
        """Links from and to the measure, with the plan of the other one."""
        here = models.Q(source=measure) | models.Q(target=measure)
        return self.filter(here).select_related("source__lead_plan", "target__lead_plan")


class MeasureLink(models.Model):
    """How one measure bears on another."""

    class Kind(models.TextChoices):
        PREREQUISITE = "prerequisite", _("needs first")
        SYNERGY = "synergy", _("gains from")
        CONFLICT = "conflict", _("conflicts with")
        SUPERSEDED_BY = "superseded_by", _("is superseded by")

        @property
        def inverse(self) -> Any:
            """The same link as the other measure tells it."""
            return {
                "prerequisite": _("is needed first by"),
                "synergy": _("helps"),
                "conflict": _("conflicts with"),
                "superseded_by": _("supersedes"),
            }[self.value]

    source = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    target = models.ForeignKey(
        Measure, verbose_name=_("other measure"), on_delete=models.CASCADE, related_name="linked_from"
    )
    note = models.CharField(_("note"), max_length=240, blank=True)

    objects = MeasureLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between measures")
        verbose_name_plural = _("links between measures")
        ordering = ["source", "kind", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="step_link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="step_link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} {self.get_kind_display()} {self.target.code}"
