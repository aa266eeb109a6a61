"""Talking about a contribution: comments on two levels, and supports that count each person once."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.contributions import Contribution, Publication, works_on_dialogues
from step.models.access import Reader

MAX_COMMENT = 1500


class Voice(models.TextChoices):
    """In which capacity somebody speaks in a thread; readers see it beside the name."""

    VISITOR = "visitor", _("Visitor")
    AUTHOR = "author", _("Author of the contribution")
    OFFICE = "office", _("The office")

    @property
    def icon(self) -> str:
        return {"author": "pencil", "office": "building"}.get(self.value, "")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Reader) -> "CommentQuerySet":
        """The only door to comments: nothing under a contribution that the reader may not see or that is not published.

        Of what is not published, staff see everything and people see their own.
        """
        rows = self.filter(self._readable(user))
        if works_on_dialogues(user):
            return rows
        mine = Q(author=user) if isinstance(user, User) else Q()
        return rows.filter(Q(status=Publication.PUBLISHED) | mine)

    def _readable(self, user: Reader) -> Exists:
        """Asked for each comment, not for the whole table of contributions: fast in one thread of a large portal."""
        return Exists(Contribution.objects.visible_to(user).published().filter(pk=OuterRef("contribution_id")))

    def published(self) -> "CommentQuerySet":
        return self.filter(status=Publication.PUBLISHED)

    def waiting(self) -> "CommentQuerySet":
        return self.filter(status=Publication.WAITING)

    def roots(self) -> "CommentQuerySet":
        """First-level comments that are published, or that still hold a published reply: no reply loses its place."""
        answered = Exists(self.model._default_manager.filter(parent=OuterRef("pk"), status=Publication.PUBLISHED))
        return self.filter(Q(parent=None) & (Q(status=Publication.PUBLISHED) | answered))

    def threads_for(self, user: Reader) -> "CommentQuerySet":
        """First-level comments as every reader gets them; of one that is gone only its place: call `blank_if_gone`."""
        return self.filter(self._readable(user)).roots()

    def with_reply_counts(self) -> "CommentQuerySet":
        """Published replies as `reply_count`."""
        return self.annotate(reply_count=Count("replies", filter=Q(replies__status=Publication.PUBLISHED)))

    def first_replies(self, roots: list["Comment"], number: int) -> "CommentQuerySet":
        """The oldest published replies to each of the roots of one thread, at most `number` of each, in one query."""
        if not roots:
            return self.none()
        thread = self.published().filter(contribution=roots[0].contribution_id, parent__in=roots)
        place = Window(RowNumber(), partition_by=F("parent_id"), order_by=[F("created_at"), F("pk")])
        rows = thread.annotate(place=place).filter(place__lte=number)
        return rows.select_related("author").order_by("created_at", "pk")


class Comment(models.Model):
    """What somebody says about a contribution, or in reply to such a comment. Plain text, escaped wherever shown."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    text = models.TextField(_("text"), max_length=MAX_COMMENT)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="comments",
    )
    author_name = models.CharField(_("name or pseudonym"), max_length=60, blank=True)
    voice = models.CharField(_("speaks as"), max_length=8, choices=Voice.choices, default=Voice.VISITOR)
    status = models.CharField(
        _("status"), max_length=10, choices=Publication.choices, default=Publication.WAITING, editable=False
    )
    support_count = models.PositiveIntegerField(_("supports"), default=0, editable=False)
    submission_key = models.UUIDField(_("submission"), null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["contribution", "parent", "status", "-created_at"], name="participation_thread"),
            models.Index(fields=["contribution", "parent", "-support_count"], name="participation_thread_best"),
            models.Index(fields=["status", "created_at"], name="participation_comment_queue"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # no text: the audit trail keeps this name for good

    def get_absolute_url(self) -> str:
        return reverse("participation:comment", args=[self.parent_id or self.pk]) + f"#kommentar-{self.pk}"

    def blank_if_gone(self) -> "Comment":
        """Take the words and the name out of this instance unless it is published; nothing is saved."""
        if not self.is_published:
            self.text, self.author_name, self.author = "", "", None
        return self

    @property
    def is_published(self) -> bool:
        return self.status == Publication.PUBLISHED

    @property
    def publication(self) -> Publication:
        return Publication(self.status)

    @property
    def voice_enum(self) -> Voice:
        return Voice(self.voice)

    @property
    def signed(self) -> str:
        """The name that others see."""
        if self.author_name:
            return self.author_name
        return self.author.public_name if self.author else str(_("Anonymous"))


class CommentDecision(models.Model):
    """A moderator published or hid a comment; the author sees the reason. Written once."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Published")
        HIDE = "hide", _("Hidden")

    comment = models.ForeignKey(Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(_("decision"), max_length=8, choices=Action.choices)
    reason = models.TextField(_("reason"), blank=True, help_text=_("The author sees it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("moderator"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("date"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision on a comment")
        verbose_name_plural = _("decisions on comments")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_hiding_comment_has_reason", condition=~Q(action="hide") | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.comment}"


class Support(models.Model):
    """Somebody agrees with a contribution or a comment: a person by account, anyone else by a scrambled session."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), null=True, on_delete=models.CASCADE, related_name="supports"
    )
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, on_delete=models.CASCADE, related_name="supports"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, on_delete=models.CASCADE, related_name="supports"
    )
    visitor = models.CharField(_("visitor without account"), max_length=64, blank=True)
    at = models.DateTimeField(_("date"), default=timezone.now)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.CheckConstraint(
                name="participation_support_one_target",
                condition=Q(contribution__isnull=True, comment__isnull=False)
                | Q(contribution__isnull=False, comment__isnull=True),
            ),
            models.CheckConstraint(
                name="participation_support_one_person",
                condition=(Q(user__isnull=True) & ~Q(visitor="")) | Q(user__isnull=False, visitor=""),
            ),
            *[
                models.UniqueConstraint(
                    name=f"participation_support_{target}_{who}",
                    fields=[target, who],
                    condition=Q(**{f"{target}__isnull": False}) & condition,
                )
                for target in ("contribution", "comment")
                for who, condition in (("user", Q(user__isnull=False)), ("visitor", ~Q(visitor="")))
            ],
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
