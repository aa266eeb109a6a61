"""What readers flag, what moderators decide, and the appeal to a second person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from participation.models.contributions import Contribution


class HideReason(models.TextChoices):
    """Why something is hidden, as the published figures count it."""

    PERSONAL_DATA = "personal_data", _("Personal data of others")
    INSULT = "insult", _("Insult or hatred")
    ADVERTISING = "advertising", _("Advertising or spam")
    OFF_TOPIC = "off_topic", _("Nothing to do with the subject")
    UNLAWFUL = "unlawful", _("Unlawful content")
    OTHER = "other", _("Another reason")


class ModerationDecision(models.Model):
    """A moderator published or hid a contribution; the author sees the reason. Written once."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Published")
        HIDE = "hide", _("Hidden")

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="decisions"
    )
    action = models.CharField(_("decision"), max_length=8, choices=Action.choices)
    category = models.CharField(_("kind of reason"), max_length=16, choices=HideReason.choices, blank=True)
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


class Flag(models.Model):
    """A reader thinks that a moderator should look at it. `visitor` is an account or a scrambled session, no name."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="flags"
    )
    category = models.CharField(_("kind of reason"), max_length=16, choices=HideReason.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    visitor = models.CharField(_("visitor"), max_length=40, editable=False)
    created_at = models.DateTimeField(_("flagged"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "visitor"], name="participation_flag_once_per_visitor")
        ]
        indexes = [models.Index(fields=["settled_at", "contribution"], name="participation_flag_open")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.contribution}"


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> "AppealQuerySet":
        return self.filter(decided_at=None)

    def counts(self) -> dict[str, Any]:
        """How many were made, granted, refused and are open."""
        return self.aggregate(
            made=Count("pk"),
            granted=Count("pk", filter=Q(outcome=Appeal.Outcome.GRANTED)),
            refused=Count("pk", filter=Q(outcome=Appeal.Outcome.REFUSED)),
            open=Count("pk", filter=Q(decided_at=None)),
        )


class Appeal(models.Model):
    """The author asks a second person to look at a decision to hide. One for each decision."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Published after all")
        REFUSED = "refused", _("Stays hidden")

    decision = models.OneToOneField(
        ModerationDecision, verbose_name=_("decision"), on_delete=models.CASCADE, related_name="appeal"
    )
    text = models.TextField(_("why the author disagrees"), max_length=2000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_appeal_decided_with_reason",
                condition=Q(decided_at=None, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision.contribution}"
