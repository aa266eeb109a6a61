"""Who wants to hear about what, and how often."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.geo import GeometryField
from participation.models.contributions import Contribution
from participation.models.dialogues import Dialogue
from step.models import Locality, Measure, Plan

RECORDS = ("dialogue", "measure", "plan", "locality", "contribution")
TARGETS = (*RECORDS, "geometry")
DIGEST_HOUR = 7  # in the morning of the portal's time zone


class Frequency(models.TextChoices):
    """How often mails come. On the portal, news are there at once in any case."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("No mails")

    def period_end(self, now: dt.datetime) -> dt.datetime:
        """The last moment at which a digest of this frequency fell due: a morning, a Monday's for the week."""
        local = timezone.localtime(now)
        morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
        days = 0 if local >= morning else 1
        if self is Frequency.WEEKLY:
            days = local.weekday() or (7 if local < morning else 0)
        day = local.date() - dt.timedelta(days=days)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(DIGEST_HOUR)))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> "SubscriptionQuerySet":
        return self.exclude(confirmed_at=None)

    def of(self, user: User) -> "SubscriptionQuerySet":
        return self.filter(user=user)

    def to(self, record: models.Model) -> "SubscriptionQuerySet":
        return self.filter(**{field_for(record): record})

    def for_lists(self) -> "SubscriptionQuerySet":
        return self.select_related(
            "dialogue", "measure", "plan", "locality", "contribution__loop__dialogue", "contribution__measure",
            "contribution__chapter", "contribution__plan",
        )  # fmt: skip


class Subscription(models.Model):
    """One person hears about one thing. Without an account the e-mail counts once it is confirmed.

    On somebody's own contribution it only says how often: its author hears about it anyway.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    frequency = models.CharField(_("mails"), max_length=6, choices=Frequency.choices, default=Frequency.DAILY)

    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    plan = models.ForeignKey(
        Plan, verbose_name=_("StEP"), null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    locality = models.ForeignKey(
        Locality, verbose_name=_("locality"), null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("contribution"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="followers",
    )
    geometry = GeometryField(_("place"))
    radius_m = models.PositiveIntegerField(
        _("radius in metres"), default=500, validators=[MinValueValidator(50), MaxValueValidator(5000)]
    )
    label = models.CharField(_("name of the place"), max_length=80, blank=True)

    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="participation_subscription_one_target",
                condition=Q(
                    *[Q(**{f"{name}__isnull": name != target for name in TARGETS}) for target in TARGETS],
                    _connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="participation_subscription_one_person",
                condition=(Q(user__isnull=False) & Q(email="")) | (Q(user__isnull=True) & ~Q(email="")),
            ),
            *[
                models.UniqueConstraint(fields=["user", name], name=f"participation_follow_{name}_once")
                for name in RECORDS
            ],
            *[
                models.UniqueConstraint(
                    fields=["email", name], condition=~Q(email=""), name=f"participation_mail_{name}_once"
                )
                for name in RECORDS
            ],
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        return ""

    @property
    def record(self) -> Any:
        """What is followed; None for a place."""
        return self.dialogue or self.measure or self.plan or self.locality or self.contribution

    @property
    def title(self) -> str:
        """What is followed, in the reader's language; of a contribution only what it is about, never its words."""
        if self.contribution:
            context = self.contribution.context
            return gettext("A contribution on “%(about)s”") % {"about": getattr(context, "dialogue", context)}
        if self.record:
            return str(self.record)
        place = self.label or gettext("my place")
        return gettext("Everything within %(radius)d m of %(place)s") % {"radius": self.radius_m, "place": place}

    @property
    def frequency_enum(self) -> Frequency:
        return Frequency(self.frequency)


def field_for(record: models.Model) -> str:
    """Name of the column that points to a record of this kind."""
    name = record._meta.model_name or ""
    if name not in RECORDS:
        raise ValueError(f"{name} cannot be followed")
    return name
