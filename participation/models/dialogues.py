"""Dialogues, their loops and their questions."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from common.richtext import RichTextField
from leitbild.models import Chapter
from participation.models.phases import ACTS, Act, Step
from step.models import Locality, Measure, Plan
from step.models.access import Reader

TARGETS = ("plan", "measure", "chapter", "locality")


class Level(models.TextChoices):
    """How far participation goes; each level is a promise."""

    INFORMATION = "information", _("Information")
    CONSULTATION = "consultation", _("Consultation")
    COOPERATION = "cooperation", _("Cooperation")
    CO_DECISION = "co_decision", _("Co-decision")

    @property
    def promise(self) -> str:
        return str(PROMISES[self])


PROMISES = {
    Level.INFORMATION: _("We tell you early and clearly what is planned."),
    Level.CONSULTATION: _("We listen, and tell you how your contribution influenced the decision."),
    Level.COOPERATION: _("We work out solutions with you and take them into the decision as far as possible."),
    Level.CO_DECISION: _("We decide together, within the limits named here."),
}


class Moderation(models.TextChoices):
    BEFORE = "before", _("A moderator publishes each contribution")
    AFTER = "after", _("Contributions appear at once and are checked afterwards")


class Access(models.TextChoices):
    """Who may contribute."""

    ANYONE = "anyone", _("Anyone")
    EMAIL = "email", _("With an e-mail address")
    ACCOUNT = "account", _("With an account")


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def visible_to(self, user: Reader) -> "DialogueQuerySet":
        """The only door to dialogues that are not public, or whose measure is not."""
        measures = Measure.objects.visible_to(user).order_by().values("pk")
        rows = self.filter(Q(measure=None) | Q(measure__in=measures))
        staff = isinstance(user, User) and user.has_role(
            Role.MODERATOR, Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR
        )
        return rows if staff else rows.filter(is_public=True)

    def open_on(self, day: dt.date) -> "DialogueQuerySet":
        """Dialogues to which people can contribute on that day."""
        return self.filter(
            loops__closed_at=None, loops__participate_from__lte=day, loops__feedback_from__gt=day
        ).distinct()

    def with_voice_counts(self) -> "DialogueQuerySet":
        """Published contributions over all loops as `voice_count`."""
        published = models.Q(loops__contributions__status="published")
        return self.annotate(voice_count=models.Count("loops__contributions", filter=published, distinct=True))

    def for_lists(self) -> "DialogueQuerySet":
        return self.select_related(*TARGETS).prefetch_related("loops")


class Dialogue(models.Model):
    """A process of participation about a plan, a measure, a chapter, a locality or the whole city."""

    slug = models.SlugField(_("short address"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in short"), blank=True)
    body = RichTextField(_("text"), blank=True)

    plan = models.ForeignKey(
        Plan, verbose_name=_("StEP"), null=True, blank=True, on_delete=models.PROTECT, related_name="dialogues"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), null=True, blank=True, on_delete=models.PROTECT, related_name="dialogues"
    )
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), null=True, blank=True, on_delete=models.PROTECT, related_name="dialogues"
    )
    locality = models.ForeignKey(
        Locality, verbose_name=_("locality"), null=True, blank=True, on_delete=models.PROTECT, related_name="dialogues"
    )

    level = models.CharField(_("level"), max_length=12, choices=Level.choices, default=Level.CONSULTATION)
    can_influence = models.TextField(_("what you can influence"), blank=True)
    cannot_influence = models.TextField(_("what is already fixed"), blank=True)
    decided_by = models.CharField(_("who decides"), max_length=200, blank=True)
    moderation = models.CharField(_("moderation"), max_length=6, choices=Moderation.choices, default=Moderation.BEFORE)
    access = models.CharField(_("who may contribute"), max_length=8, choices=Access.choices, default=Access.ANYONE)
    is_public = models.BooleanField(_("public"), default=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="participation_dialogue_one_target",
                condition=Q(
                    *[Q(**{f"{other}__isnull": True for other in TARGETS if other != target}) for target in TARGETS],
                    _connector=Q.OR,
                ),
                violation_error_message=_("A dialogue is about one thing: a StEP, a measure, a chapter or a locality."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participation:dialogue", args=[self.slug])

    @property
    def target(self) -> Plan | Measure | Chapter | Locality | None:
        """What it is about; None for the whole city."""
        return self.plan or self.measure or self.chapter or self.locality

    @property
    def level_enum(self) -> Level:
        return Level(self.level)

    def current_loop(self, day: dt.date) -> "Loop | None":
        """The loop that runs on that day, else the next one, else the last."""
        loops = sorted(self.loops.all(), key=lambda loop: loop.invite_from)
        running = [loop for loop in loops if loop.closed_at is None and loop.ends_on >= day]
        return running[0] if running else loops[-1] if loops else None


class Loop(models.Model):
    """One turn of the loop at a planning phase: invite, participate, feed back."""

    dialogue = models.ForeignKey(Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="loops")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    phase = models.CharField(_("planning phase"), max_length=120)
    invited = models.TextField(_("who is invited"), blank=True)
    invite_from = models.DateField(_("invitation from"))
    participate_from = models.DateField(_("participation from"))
    feedback_from = models.DateField(_("feedback from"))
    ends_on = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    summary = models.TextField(_("what came of it"), blank=True, help_text=_("Published when the loop is closed."))

    class Meta:
        verbose_name = _("loop")
        verbose_name_plural = _("loops")
        ordering = ["dialogue", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "position"], name="participation_loop_position"),
            models.CheckConstraint(
                name="participation_loop_forward",
                condition=Q(participate_from__gte=F("invite_from"))
                & Q(feedback_from__gt=F("participate_from"))
                & Q(ends_on__gte=F("feedback_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue}: {self.phase}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A loop cannot be closed while a point is untreated, whichever way it is saved."""
        if self.closed_at:
            self.check_closable()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Steps run forward, loops of a dialogue do not overlap; the message says which dates collide."""
        self._check_order()
        self._check_overlap()

    def _check_order(self) -> None:
        errors = {}
        if self.invite_from and self.participate_from and self.participate_from < self.invite_from:
            errors["participate_from"] = _("Participation cannot begin before the invitation.")
        if self.participate_from and self.feedback_from and self.feedback_from <= self.participate_from:
            errors["feedback_from"] = _("Feedback must begin after participation.")
        if self.feedback_from and self.ends_on and self.ends_on < self.feedback_from:
            errors["ends_on"] = _("The last day must not come before the feedback.")
        if errors:
            raise ValidationError(errors)

    def _check_overlap(self) -> None:
        if not (self.dialogue_id and self.invite_from and self.ends_on):
            return
        others = Loop.objects.filter(
            dialogue_id=self.dialogue_id, invite_from__lte=self.ends_on, ends_on__gte=self.invite_from
        ).exclude(pk=self.pk)
        if other := others.first():
            raise ValidationError(
                _("These dates overlap with “%(phase)s” (%(first)s – %(last)s)."),
                code="overlap",
                params={"phase": other.phase, "first": other.invite_from, "last": other.ends_on},
            )

    def check_closable(self) -> None:
        """ValidationError while something waits for moderation or an answer, or the summary is missing."""
        contributions = self.contributions.all()
        waiting, untreated = contributions.waiting().count(), contributions.untreated().count()
        if waiting or untreated:
            raise ValidationError(
                _(
                    "The loop cannot be closed: %(waiting)d contributions wait for moderation, "
                    "%(untreated)d for an answer."
                ),
                code="untreated",
                params={"waiting": waiting, "untreated": untreated},
            )
        if not self.summary.strip():
            raise ValidationError({"summary": _("Say what came of it before you close the loop.")})

    def step_on(self, day: dt.date) -> Step | None:
        """The step of that day; None before the invitation, after the last day and once closed."""
        if self.closed_at or day < self.invite_from or day > self.ends_on:
            return None
        if day >= self.feedback_from:
            return Step.FEEDBACK
        return Step.PARTICIPATE if day >= self.participate_from else Step.INVITE

    def allows(self, act: Act, day: dt.date) -> bool:
        return act in ACTS[self.step_on(day)]


class Question(models.Model):
    """A question that the dialogue asks."""

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.CharField(_("question"), max_length=200)
    help = models.TextField(_("explanation"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["dialogue", "position"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "position"], name="participation_question_position")]

    def __str__(self) -> str:
        return self.text
