"""What people say: contributions with their receipt, and what moderators decided about them."""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.geo import GeometryField
from leitbild.models import Chapter
from participation.models.access import works_on_dialogues
from participation.models.dialogues import Dialogue, Loop, Moderation, Question
from participation.models.events import Event
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

    UNCONFIRMED = "confirm", _("Waits until its e-mail address is confirmed")
    WAITING = "waiting", _("Waits for moderation")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


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
        direct = Q(plan=plan) | Q(loop__dialogue__plan=plan)
        return self.filter(direct | self._concern(measures.of_plan(plan)))

    def concerning(self, measures: MeasureQuerySet) -> "ContributionQuerySet":
        """On one of the measures or in its dialogues, or with an answer that changed it; each once."""
        return self.filter(self._concern(measures))

    def _concern(self, measures: MeasureQuerySet) -> Q:
        keys = measures.order_by().values("pk")
        changed = Q(Exists(self._answers().filter(treatment__measure__in=keys)))
        return Q(measure__in=keys) | Q(loop__dialogue__measure__in=keys) | changed

    def measures_concerned(self) -> models.QuerySet[Any]:
        """Primary keys of the measures that these contributions concern, for a subquery."""
        rows = self.order_by()
        direct = rows.filter(measure__isnull=False).values("measure")
        by_dialogue = rows.filter(loop__dialogue__measure__isnull=False).values("loop__dialogue__measure")
        changed = rows.filter(points__treatment__measure__isnull=False).values("points__treatment__measure")
        return direct.union(by_dialogue, changed)

    def unmet(self) -> "ContributionQuerySet":
        """Adopted at least in part, on no measure, and with an answer that names none."""
        taken_up = self._answers().filter(treatment__result__in=["adopted", "partly"], treatment__measure=None)
        return self.filter(Exists(taken_up), measure=None, loop__dialogue__measure=None)

    def that_changed(self, measures: MeasureQuerySet) -> "ContributionQuerySet":
        """With an answer that names one of the measures as changed."""
        return self.filter(Exists(self._answers().filter(treatment__measure__in=measures.order_by().values("pk"))))

    def voices_of(self, measure: Measure) -> "ContributionQuerySet":
        """On the measure, in its dialogues, or with an answer that changed it; each once."""
        changed = Q(Exists(self._answers().filter(treatment__measure=measure)))
        return self.filter(Q(measure=measure) | Q(loop__dialogue__measure=measure) | changed)

    def _answers(self) -> models.QuerySet[Any]:
        """The points by which a contribution is answered: its own, and those of the one it was merged into."""
        points: Any = self.model._meta.get_field("points").related_model  # the answers stand in the next module
        target = Q(contribution=OuterRef("merged_into"), contribution__status=Publication.PUBLISHED)
        rows: models.QuerySet[Any] = points.objects.filter(Q(contribution=OuterRef("pk")) | target)
        return rows

    def published(self) -> "ContributionQuerySet":
        return self.filter(status=Publication.PUBLISHED)

    def waiting(self) -> "ContributionQuerySet":
        return self.filter(status=Publication.WAITING)

    def untreated(self) -> "ContributionQuerySet":
        """Published, and without an answer to at least one point (or to the whole, where it has no points yet).

        A contribution that was merged into another is treated when the other one is; the database keeps the same rule
        (`participation.guard`).
        """
        return self.published().filter(~self._treated())

    def treated(self) -> "ContributionQuerySet":
        return self.published().filter(self._treated())

    def _treated(self) -> Q:
        own, target = self._all_answered("pk"), self._all_answered("merged_into")
        merged = Q(merged_into__isnull=False, merged_into__status=Publication.PUBLISHED) & target
        return (Q(merged_into=None) & own) | merged

    def _all_answered(self, key: str) -> Q:
        points: Any = self.model._meta.get_field("points").related_model
        rows = points.objects.filter(contribution=OuterRef(key))
        return Q(Exists(rows)) & ~Q(Exists(rows.filter(treatment=None)))

    def standing_alone(self) -> "ContributionQuerySet":
        """Without those that are answered through another one, into which they were merged."""
        return self.exclude(merged_into__isnull=False, merged_into__status=Publication.PUBLISHED)

    def _rows_of(self, name: str) -> models.QuerySet[Any]:
        """Records that point at contributions: flags and decisions stand in a later module."""
        model: Any = self.model._meta.get_field(name).related_model
        rows: models.QuerySet[Any] = model.objects.filter(contribution=OuterRef("pk"))
        return rows

    def flagged(self) -> "ContributionQuerySet":
        """Published, with a flag that no moderator has settled."""
        return self.published().filter(Exists(self._rows_of("flags").filter(settled_at=None)))

    def unchecked(self) -> "ContributionQuerySet":
        """Appeared at once, in a dialogue that checks afterwards, and nobody has looked at it yet."""
        rows = self.published().filter(loop__dialogue__moderation=Moderation.AFTER)
        return rows.filter(~Exists(self._rows_of("decisions")))

    def for_moderation(self) -> "ContributionQuerySet":
        """Everything that a moderator should look at, with `open_flags`: flagged ones first, then the oldest."""
        flags = self._rows_of("flags").filter(settled_at=None).order_by().values("contribution")
        counted = flags.annotate(number=Count("pk")).values("number")
        rows = self.waiting() | self.flagged() | self.unchecked()
        with_flags = rows.annotate(open_flags=Coalesce(Subquery(counted), 0))
        return with_flags.order_by("-open_flags", "created_at", "pk")

    def overdue(self, day: dt.date) -> "ContributionQuerySet":
        """Published in a dialogue and not answered by the day that it promised."""
        late = Q(loop__dialogue__answer_within_days=None, loop__ends_on__lt=day)
        promises = Dialogue.objects.exclude(answer_within_days=None).order_by()
        for days in promises.values_list("answer_within_days", flat=True).distinct():
            since = timezone.make_aware(dt.datetime.combine(day - dt.timedelta(days=days or 0), dt.time.min))
            late |= Q(loop__dialogue__answer_within_days=days, published_at__lt=since)
        return self.untreated().filter(late, loop__isnull=False)

    def with_open_appeal(self) -> "ContributionQuerySet":
        return self.filter(decisions__appeal__isnull=False, decisions__appeal__decided_at=None).distinct()

    def for_lists(self) -> "ContributionQuerySet":
        """With what a card shows, its answers included: a fixed number of queries."""
        return self.select_related(
            "author",
            "question",
            "locality",
            "measure",
            "chapter",
            "plan",
            "loop__dialogue",
            "merged_into",
            "event",
            "text_version",
        ).prefetch_related(
            "points__treatment__unit",
            "points__treatment__measure",
            "points__treatment__milestone__measure",
            "points__treatment__chapter",
            "points__treatment__versions",
        )


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
    place = models.CharField(_("street or place"), max_length=160, blank=True)
    geometry = GeometryField(_("place on the map"))
    event = models.ForeignKey(
        Event,
        verbose_name=_("event at which it was said"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    text_version = models.ForeignKey(
        "TextVersion",
        verbose_name=_("made on this text"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="contributions",
    )

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

    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="originals",
        editable=False,
    )

    status = models.CharField(
        _("status"), max_length=10, choices=Publication.choices, default=Publication.WAITING, editable=False
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    support_count = models.PositiveIntegerField(_("supports"), default=0, editable=False)
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
    def audit_label(self) -> str:
        """The audit trail cannot be edited, so it keeps nothing that somebody said."""
        return ""

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
    def answer_by(self) -> dt.date | None:
        """The day by which its dialogue promised an answer; None outside of dialogues and before publication."""
        if not self.loop or not self.published_at:
            return None
        days = self.loop.dialogue.answer_within_days
        if days is None:
            return self.loop.ends_on
        return timezone.localdate(self.published_at) + dt.timedelta(days=days)

    @property
    def context(self) -> Loop | Measure | Chapter | Plan | None:
        """What it is about: exactly one of its contexts."""
        return self.loop or self.measure or self.chapter or self.plan
