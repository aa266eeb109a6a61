"""The measure: the middle of the chain, where a goal of the city meets a citizen's sentence."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from common.geo import GeometryField
from common.richtext import RichTextField
from leitbild.models import Chapter, Goal, Instrument, OrganisationUnit, Pillar, Sdg
from step.models.access import Reader, visible_levels
from step.models.places import Locality
from step.models.plans import Plan, TimeHorizon
from step.models.signals import SignalQuerySet
from step.models.states import Approval, Status, Urgency, Visibility

# The columns that the database checks. modeltranslation leaves the bare ones to themselves.
REASON = build_localized_fieldname("status_reason", "de")
WAY_OUT = (build_localized_fieldname("unblocked_by", "de"), build_localized_fieldname("must_act", "de"))
MISSING = {
    WAY_OUT[0]: _("Say what would free it: the measure is delayed or blocked."),
    WAY_OUT[1]: _("Say who must act: the measure is delayed or blocked."),
}
STUCK = [status.value for status in Status if status.is_stuck]


def _is_told(column: str) -> models.Q:
    """Null is said apart: a CHECK that evaluates to NULL would pass."""
    return models.Q(**{f"{column}__isnull": False}) & ~models.Q(**{column: ""})


class MeasureQuerySet(SignalQuerySet):
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

    def of_person(self, user: User) -> "MeasureQuerySet":
        """What a person looks after: by name, as deputy, or as planner of the plan that leads it."""
        named = models.Q(responsible_person=user) | models.Q(deputy_person=user)
        return self.filter(named | models.Q(lead_plan__in=user.plans.values("pk")))

    def for_lists(self) -> "MeasureQuerySet":
        """With what a row or card shows: a fixed number of queries, whatever the number of rows."""
        return self.select_related("lead_plan", "horizon", "responsible_unit").prefetch_related("localities", "goals")

    def for_page(self) -> "MeasureQuerySet":
        one = ("lead_plan", "horizon", "responsible_unit", "deputy_unit", "chapter")
        return self.select_related(*one).prefetch_related(
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
    is_citywide = models.BooleanField(
        _("concerns the whole city"), default=False, help_text=_("Ticked: no place is missing.")
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
    unblocked_by = models.TextField(
        _("what would free it"),
        blank=True,
        help_text=_("Required where the measure is delayed or blocked: what must happen so that it goes on?"),
    )
    must_act = models.CharField(
        _("who must act"), max_length=200, blank=True, help_text=_("Required where the measure is delayed or blocked.")
    )
    baseline_start = models.DateField(_("adopted start"), null=True, blank=True)
    baseline_end = models.DateField(_("adopted end"), null=True, blank=True)
    forecast_start = models.DateField(_("expected start"), null=True, blank=True)
    forecast_end = models.DateField(_("expected end"), null=True, blank=True)
    actual_start = models.DateField(_("begun on"), null=True, blank=True)
    actual_end = models.DateField(_("done on"), null=True, blank=True)
    baseline_cost = models.DecimalField(
        _("adopted total cost"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("In euros, as adopted. Compared with the sum of the budget lines."),
    )
    confirmed_on = models.DateField(_("confirmed as still true on"), null=True, blank=True, editable=False)

    responsible_unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("responsible unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    deputy_unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("deputy unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputised_measures",
    )
    responsible_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        limit_choices_to={"is_staff": True, "is_active": True},
        help_text=_("Whom reminders reach. Never shown to the public."),
    )
    deputy_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputised_measures",
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    partners = models.ManyToManyField(
        OrganisationUnit, verbose_name=_("partners"), blank=True, related_name="partnered_measures"
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )
    approval = models.CharField(
        _("approval"), max_length=10, choices=Approval.choices, default=Approval.NONE, blank=True, editable=False
    )
    approval_note = models.TextField(_("why it was sent back"), blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
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
                condition=~models.Q(status__in=[s.value for s in Status if s.deviates]) | _is_told(REASON),
                name="step_measure_deviation_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=STUCK) | (_is_told(WAY_OUT[0]) & _is_told(WAY_OUT[1])),
                name="step_measure_stuck_has_way_out",
            ),
            models.CheckConstraint(
                condition=~models.Q(approval=Approval.SENT_BACK) | ~models.Q(approval_note=""),
                name="step_measure_sent_back_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("step:measure", args=[self.code])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        status = Status(self.status) if self.status in Status else Status.UNKNOWN
        if status.deviates and not self.reason_in_german.strip():
            errors[REASON] = _("Say why: the status deviates from the plan.")
        if status.is_stuck:
            errors |= {column: MISSING[column] for column in WAY_OUT if not (getattr(self, column) or "").strip()}
        for start, end in (f"{kind}_start {kind}_end".split() for kind in ("baseline", "forecast", "actual")):
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
    def approval_enum(self) -> Approval:
        return Approval(self.approval)

    @property
    def urgency_enum(self) -> Urgency:
        return Urgency(self.urgency)
