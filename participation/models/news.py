"""What people are told: on the portal at once, by mail as often as they like."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.contributions import Contribution
from participation.models.dialogues import Dialogue, Loop
from participation.models.following import Frequency, Subscription
from step.models import Measure
from step.models.access import Reader


class News(models.TextChoices):
    """What happened. The sentences stand in `participation.wording`."""

    PUBLISHED = "published", _("Contribution published")
    HIDDEN = "hidden", _("Contribution hidden")
    ANSWERED = "answered", _("Contribution answered")
    NEW_CONTRIBUTION = "new_contribution", _("New contribution")
    MEASURE_STATUS = "measure_status", _("Progress of a measure")
    NEW_MEASURE = "new_measure", _("New measure")
    LOOP_CLOSED = "loop_closed", _("Feedback published")
    NEW_DIALOGUE = "new_dialogue", _("New dialogue")

    @property
    def icon(self) -> str:
        return _ICONS[self]


_ICONS = {
    News.PUBLISHED: "check2-circle",
    News.HIDDEN: "eye-slash",
    News.ANSWERED: "reply",
    News.NEW_CONTRIBUTION: "chat-left-quote",
    News.MEASURE_STATUS: "clipboard-check",
    News.NEW_MEASURE: "plus-lg",
    News.LOOP_CLOSED: "step-feedback",
    News.NEW_DIALOGUE: "chat-dots",
}


class Why(models.TextChoices):
    """Why somebody hears of it."""

    OWN = "own", _("You contributed")
    SUPPORTED = "supported", _("You supported a contribution")
    FOLLOWED = "followed", _("You follow it")


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: Reader) -> "NotificationQuerySet":
        """Of news about things that the reader may not or no longer see, nothing is left."""
        measures = Measure.objects.visible_to(user).order_by().values("pk")
        dialogues = Dialogue.objects.visible_to(user).order_by().values("pk")
        voices = Contribution.objects.visible_to(user).published().order_by().values("pk")
        seen = Q(contribution=None) | Q(contribution__in=voices)
        if isinstance(user, User):
            seen |= Q(contribution__author=user)
        rows = self.filter(seen, Q(measure=None) | Q(measure__in=measures))
        return rows.filter(Q(dialogue=None) | Q(dialogue__in=dialogues))

    def inbox(self, user: User) -> "NotificationQuerySet":
        """A person's news, as far as they may see them."""
        return self.filter(user=user).visible_to(user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def for_mail(self, frequency: Frequency) -> "NotificationQuerySet":
        """Not yet mailed; oldest first."""
        return self.filter(frequency=frequency, mail_done_at=None).order_by("pk")

    def for_lists(self) -> "NotificationQuerySet":
        return self.select_related(
            "user", "measure", "dialogue", "loop", "contribution__loop__dialogue", "contribution__measure",
            "contribution__chapter", "contribution__plan",
        )  # fmt: skip


class Notification(models.Model):
    """One piece of news for one person. It holds no text of anybody: its sentence is made when it is read."""

    key = models.CharField(_("key"), max_length=60, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    kind = models.CharField(_("news"), max_length=20, choices=News.choices)
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    value = models.CharField(_("value"), max_length=20, blank=True, help_text=_("The new status, or the result."))
    dialogue = models.ForeignKey(Dialogue, null=True, on_delete=models.CASCADE, related_name="+")
    loop = models.ForeignKey(Loop, null=True, on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, null=True, on_delete=models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.SET_NULL, related_name="+")
    frequency = models.CharField(_("mails"), max_length=6, choices=Frequency.choices)
    created_at = models.DateTimeField(_("date"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    mail_done_at = models.DateTimeField(
        _("mail written"), null=True, editable=False, help_text=_("Or found not to be needed.")
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="participation_inbox"),
            models.Index(fields=["user"], name="participation_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=["frequency", "created_at"],
                name="participation_to_mail",
                condition=Q(mail_done_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="participation_notification_one_person",
                condition=(Q(user__isnull=False) & Q(email="")) | (Q(user__isnull=True) & ~Q(email="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"

    @property
    def kind_enum(self) -> News:
        return News(self.kind)


class NewsCursor(models.Model):
    """How far the audit trail has been told; the one row of this table. See docs/decisions/026."""

    told_until = models.BigIntegerField(default=0, help_text="Number of an entry; all up to it are told.")

    class Meta:
        verbose_name = "news cursor"

    def __str__(self) -> str:
        return str(self.told_until)


class ToldEntry(models.Model):
    """An entry of the audit trail beyond the cursor that has been told: unique, so that no two workers tell it."""

    entry = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name = "told entry"

    def __str__(self) -> str:
        return str(self.entry)
