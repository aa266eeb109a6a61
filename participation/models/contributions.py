"""What people say: contributions with their receipt, and what moderators decided about them."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from common.geo import GeometryField
from leitbild.models import Chapter
from participation.models.dialogues import Loop, Question
from step.models import Locality, Measure, MeasureQuerySet, Plan
from step.models.access import Reader

CONTEXTS = ("loop", "measure", "chapter", "plan")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that people confuse when they copy it by hand


def new_receipt_code() -> str:
    """Like K7QF-2MXA-9TRD: 12 characters of 31, about 59 bits, too many to guess through a throttled form."""
    groups = ("".join(secrets.choice(ALPHABET) for _i in range(4)) for _g in range(3))
    return "-".join(groups)


class Kind(models.TextChoices):
    IDEA = "idea", _("Idea")
    COMMENT = "comment", _("Comment")
    ANSWER = "answer", _("Answer to a question")


class Origin(models.TextChoices):
    """Where it was said; paper and workshop are entered by staff and equal to the others."""

    WEB = "web", _("On the portal")
    PAPER = "paper", _("On paper")
    WORKSHOP = "workshop", _("In a workshop")

    @property
    def icon(self) -> str:
        return f"origin-{self.value}"


class Publication(models.TextChoices):
    """Whether others can read it."""

    WAITING = "waiting", _("Waits for moderation")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


def works_on_dialogues(user: Reader) -> bool:
    """Moderators and the office see what is not published."""
    return isinstance(user, User) and user.has_role(Role.MODERATOR, Role.PLANNER, Role.OFFICE_LEAD, Role.ADMINISTRATOR)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: Reader) -> "ContributionQuerySet":
        """The only door to contributions that are not published, or that concern what the reader may not see."""
        rows = self.about(Measure.objects.visible_to(user))
        if works_on_dialogues(user):
            return rows
        rows = rows.in_public_dialogues()
        mine = Q(author=user) if isinstance(user, User) else Q()
        return rows.filter(Q(status=Publication.PUBLISHED) | mine)

    def for_audience(self, audience: str) -> "ContributionQuerySet":
        """What a page for everyone ("public") or for the council ("council") counts."""
        return self.published().in_public_dialogues().about(Measure.objects.for_audience(audience))

    def about(self, measures: MeasureQuerySet) -> "ContributionQuerySet":
        """Without those on other measures than these, directly or through their dialogue."""
        keys = measures.order_by().values("pk")
        rows = self.filter(Q(measure=None) | Q(measure__in=keys))
        return rows.filter(Q(loop=None) | Q(loop__dialogue__measure=None) | Q(loop__dialogue__measure__in=keys))

    def in_public_dialogues(self) -> "ContributionQuerySet":
        return self.filter(Q(loop=None) | Q(loop__dialogue__is_public=True))

    def of_plan(self, plan: Plan, measures: MeasureQuerySet) -> "ContributionQuerySet":
        """On the plan, on its measures or their dialogues, or with an answer that changed one of them; each once."""
        keys = measures.of_plan(plan).order_by().values("pk")
        changed = Q(Exists(self._answers().filter(treatment__measure__in=keys)))
        direct = Q(plan=plan) | Q(loop__dialogue__plan=plan)
        return self.filter(direct | Q(measure__in=keys) | Q(loop__dialogue__measure__in=keys) | changed)

    def that_changed(self, measures: MeasureQuerySet) -> "ContributionQuerySet":
        """With an answer that names one of the measures as changed."""
        return self.filter(Exists(self._answers().filter(treatment__measure__in=measures.order_by().values("pk"))))

    def voices_of(self, measure: Measure) -> "ContributionQuerySet":
        """On the measure, in its dialogues, or with an answer that changed it; each once."""
        changed = Q(Exists(self._answers().filter(treatment__measure=measure)))
        return self.filter(Q(measure=measure) | Q(loop__dialogue__measure=measure) | changed)

    def _answers(self) -> models.QuerySet[Any]:
        points: Any = self.model._meta.get_field("points").related_model  # the answers stand in the next module
        rows: models.QuerySet[Any] = points.objects.filter(contribution=OuterRef("pk"))
        return rows

    def published(self) -> "ContributionQuerySet":
        return self.filter(status=Publication.PUBLISHED)

    def waiting(self) -> "ContributionQuerySet":
        return self.filter(status=Publication.WAITING)

    def untreated(self) -> "ContributionQuerySet":
        """Published, and without an answer to at least one point (or to the whole, where it has no points yet)."""
        return self.published().filter(~self._treated())

    def treated(self) -> "ContributionQuerySet":
        return self.published().filter(self._treated())

    def _treated(self) -> Q:
        points = self._answers()
        return Q(Exists(points)) & ~Q(Exists(points.filter(treatment=None)))

    def for_lists(self) -> "ContributionQuerySet":
        """With what a card shows, its answers included: a fixed number of queries."""
        return self.select_related(
            "author", "question", "locality", "measure", "chapter", "plan", "loop__dialogue"
        ).prefetch_related("points__treatment__unit", "points__treatment__measure")


class Contribution(models.Model):
    """What somebody said, in their own language. Plain text: escaped wherever it is shown."""

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.IDEA)
    title = models.CharField(_("title"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=5000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    loop = models.ForeignKey(
        Loop, verbose_name=_("loop"), null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    plan = models.ForeignKey(
        Plan, verbose_name=_("StEP"), null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    locality = models.ForeignKey(
        Locality,
        verbose_name=_("locality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    geometry = GeometryField(_("place on the map"))

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    author_name = models.CharField(_("name or pseudonym"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Only to tell the author what became of it."))
    receipt_code = models.CharField(
        _("receipt code"), max_length=14, unique=True, default=new_receipt_code, editable=False
    )
    submission_key = models.UUIDField(_("submission"), null=True, unique=True, editable=False)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.WEB)

    status = models.CharField(
        _("status"), max_length=10, choices=Publication.choices, default=Publication.WAITING, editable=False
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="participation_queue"),
            models.Index(fields=["loop", "status", "-created_at"], name="participation_loop_list"),
        ]
        constraints = [
            models.CheckConstraint(
                name="participation_contribution_one_context",
                condition=Q(
                    *[Q(**{f"{name}__isnull": name != context for name in CONTEXTS}) for context in CONTEXTS],
                    _connector=Q.OR,
                ),
                violation_error_message=_(
                    "A contribution belongs to one thing: a dialogue, a measure, a chapter or a StEP."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title or (self.text if len(self.text) <= 60 else f"{self.text[:59]}…")

    def get_absolute_url(self) -> str:
        return reverse("participation:contribution", args=[self.pk])

    @property
    def publication(self) -> Publication:
        return Publication(self.status)

    @property
    def signed(self) -> str:
        """The name that others see."""
        if self.author_name:
            return self.author_name
        return self.author.public_name if self.author else str(_("Anonymous"))

    @property
    def context(self) -> Loop | Measure | Chapter | Plan | None:
        """What it is about: exactly one of its contexts."""
        return self.loop or self.measure or self.chapter or self.plan


class ModerationDecision(models.Model):
    """A moderator published or hid a contribution; the author sees the reason. Written once."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Published")
        HIDE = "hide", _("Hidden")

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="decisions"
    )
    action = models.CharField(_("decision"), max_length=8, choices=Action.choices)
    reason = models.TextField(_("reason"), blank=True, help_text=_("The author sees it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("moderator"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("date"), auto_now_add=True)

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="participation_hiding_has_reason", condition=~Q(action="hide") | ~Q(reason=""))
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.contribution}"
