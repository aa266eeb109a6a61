"""What the reminders have told whom, so that nobody is told too often and silence can be noticed."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from step.models.measures import Measure


class Reason(models.TextChoices):
    """Why a measure is in a reminder, the most pressing first."""

    LATE = "late", _("Late")
    DUE = "due", _("Due soon")
    STALE = "stale", _("No fresh report")
    INCOMPLETE = "incomplete", _("Incomplete")

    @property
    def days(self) -> tuple[int, ...]:
        """Days after the first mail on which one more is due: of what is late on day 1, 7 and 30, of the rest once."""
        return (0, 6, 29) if self is Reason.LATE else (0,)


class ReminderSent(models.Model):
    """One reason for which one measure was told to one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="reminders")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    is_escalation = models.BooleanField(_("told to the deputy"), default=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["measure", "reason"], name="step_reminder_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.reason} {self.sent_at:%Y-%m-%d}"

    @property
    def sent_on(self) -> dt.date:
        return timezone.localdate(self.sent_at)

    def is_answered(self, measure: Measure) -> bool:
        """Whether something happened to the measure since: a change, or the word that it is still true."""
        confirmed = measure.confirmed_on is not None and measure.confirmed_on >= self.sent_on
        return measure.updated_at > self.sent_at or confirmed
