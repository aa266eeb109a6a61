"""Decisions: what a body resolved, what it changed, and whether it has been carried out."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.richtext import RichTextField
from konzeptplan.models.sessions import Session
from konzeptplan.models.snapshots import Snapshot
from leitbild.models import OrganisationUnit
from participation.models import Contribution, Treatment
from step.models import Measure, Visibility
from step.models.access import Reader, visible_levels


class Outcome(models.TextChoices):
    """What became of a point of the agenda."""

    DUE = "due", _("To be decided")
    ADOPTED = "adopted", pgettext_lazy("decision", "Adopted")
    AMENDED = "amended", _("Adopted with changes")
    POSTPONED = "postponed", _("Postponed")
    REJECTED = "rejected", _("Rejected")
    NOTED = "noted", _("Noted")

    @property
    def icon(self) -> str:
        return {
            "due": "hourglass",
            "adopted": "result-adopted",
            "amended": "result-partly",
            "postponed": "clock-history",
            "rejected": "result-rejected",
            "noted": "journal-text",
        }[self.value]

    @property
    def is_taken(self) -> bool:
        return self is not Outcome.DUE


class FollowUp(models.TextChoices):
    """Whether a decision has been carried out."""

    NONE = "none", _("Nothing to carry out")
    OPEN = "open", _("To be carried out")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Carried out")

    @property
    def is_open(self) -> bool:
        return self in {FollowUp.OPEN, FollowUp.RUNNING}

    @property
    def icon(self) -> str:
        return {"none": "status-unknown", "open": "status-planned", "running": "status-running", "done": "status-done"}[
            self.value
        ]


class Effect(models.TextChoices):
    """What a decision changed on a measure."""

    STATUS = "status", _("Status")
    DATES = "dates", _("Dates")
    BUDGET = "budget", _("Budget")
    SCOPE = "scope", _("Scope")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Reader) -> "DecisionQuerySet":
        """The only door to decisions that are not public, or that belong to such a session."""
        levels = visible_levels(user)
        return self.filter(visibility__in=levels, session__visibility__in=levels)

    def due(self) -> "DecisionQuerySet":
        return self.filter(outcome=Outcome.DUE)

    def taken(self) -> "DecisionQuerySet":
        return self.exclude(outcome=Outcome.DUE)

    def to_carry_out(self) -> "DecisionQuerySet":
        """Taken, and something is still to be done; what is due first comes first."""
        open_ones = [state for state in FollowUp if state.is_open]
        return self.filter(follow_up__in=open_ones).order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def late(self, today: dt.date) -> "DecisionQuerySet":
        return self.to_carry_out().filter(due_on__lt=today)

    def about(self, measure: Measure) -> "DecisionQuerySet":
        return self.filter(pk__in=DecisionEffect.objects.filter(measure=measure).values("decision"))

    def on_answers_to(self, contribution: Contribution) -> "DecisionQuerySet":
        """Decisions that took up an answer to the contribution, each once."""
        answers = Treatment.objects.filter(points__contribution=contribution).values("pk")
        taken_up: Any = self.model.treatments.through
        return self.filter(pk__in=taken_up.objects.filter(treatment__in=answers).values("decision"))

    def for_lists(self) -> "DecisionQuerySet":
        return self.select_related("session", "unit").prefetch_related("effects__measure__lead_plan")


class Decision(models.Model):
    """A point on the agenda of a session, and what was decided."""

    session = models.ForeignKey(Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField(_("point of the agenda"), default=1)
    reference = models.CharField(
        _("reference"), max_length=40, unique=True, help_text=_("As in the register: 2026-04.2")
    )
    title = models.CharField(_("title"), max_length=200)
    text = RichTextField(_("text"), blank=True)
    outcome = models.CharField(_("result"), max_length=10, choices=Outcome.choices, default=Outcome.DUE, db_index=True)
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), through="DecisionEffect", related_name="decisions"
    )
    adopts = models.ForeignKey(
        Snapshot,
        verbose_name=_("adopts the snapshot"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adopted_by",
    )
    treatments = models.ManyToManyField(
        Treatment,
        verbose_name=_("answers that it takes up"),
        blank=True,
        related_name="decisions",
        help_text=_("Answers to contributions on which this decision rests."),
    )
    follow_up = models.CharField(
        _("carrying out"), max_length=8, choices=FollowUp.choices, default=FollowUp.NONE, db_index=True
    )
    due_on = models.DateField(_("to be carried out by"), null=True, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("responsible unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-session__date", "session", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="konzeptplan_follow_up_has_unit",
                condition=Q(follow_up__in=["none", "done"]) | Q(unit__isnull=False),
                violation_error_message=_("Say which unit carries it out."),
            ),
            models.CheckConstraint(
                name="konzeptplan_follow_up_when_taken",
                condition=~Q(outcome="due") | Q(follow_up="none"),
                violation_error_message=_("What is not decided yet cannot be carried out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("konzeptplan:decision", args=[self.pk])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if FollowUp(self.follow_up).is_open and not self.unit_id:
            errors["unit"] = _("Say which unit carries it out.")
        if self.outcome == Outcome.DUE and self.follow_up != FollowUp.NONE:
            errors["follow_up"] = _("What is not decided yet cannot be carried out.")
        if errors:
            raise ValidationError(errors)

    @property
    def outcome_enum(self) -> Outcome:
        return Outcome(self.outcome)

    @property
    def follow_up_enum(self) -> FollowUp:
        return FollowUp(self.follow_up)

    def is_late(self, today: dt.date) -> bool:
        return self.follow_up_enum.is_open and self.due_on is not None and self.due_on < today


class DecisionEffectQuerySet(models.QuerySet["DecisionEffect"]):
    def visible_to(self, user: Reader) -> "DecisionEffectQuerySet":
        """An effect tells about its measure, so the measure must be visible."""
        return self.filter(measure__visibility__in=visible_levels(user))


class DecisionEffect(models.Model):
    """What a decision changed on one measure."""

    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="effects")
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="decision_effects"
    )
    kind = models.CharField(_("what it changes"), max_length=8, choices=Effect.choices)
    note = models.CharField(_("from what to what"), max_length=240, blank=True)

    objects = DecisionEffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect on a measure")
        verbose_name_plural = _("effects on measures")
        ordering = ["decision", "measure__code", "kind"]
        constraints = [models.UniqueConstraint(fields=["decision", "measure", "kind"], name="konzeptplan_effect_once")]

    def __str__(self) -> str:
        return f"{self.measure.code}: {self.get_kind_display()}"
