"""Sessions of the bodies that decide: the council and the Schöffenrat."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from konzeptplan.models.snapshots import Snapshot
from step.models import Visibility
from step.models.access import Reader, visible_levels


class Body(models.TextChoices):
    """Who decides."""

    COUNCIL = "council", _("Municipal council")
    ALDERMEN = "aldermen", _("College of aldermen")


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Reader) -> "SessionQuerySet":
        """The only door to sessions that are not public."""
        return self.filter(visibility__in=visible_levels(user))

    def upcoming(self, today: dt.date) -> "SessionQuerySet":
        return self.filter(date__gte=today).order_by("date", "pk")

    def before(self, session: "Session") -> "SessionQuerySet":
        """Earlier sessions of the same body, the last one first."""
        return self.filter(body=session.body, date__lt=session.date).order_by("-date", "-pk")

    def for_lists(self) -> "SessionQuerySet":
        return self.select_related("snapshot").defer("snapshot__public_payload", "snapshot__council_payload")


class Session(models.Model):
    """One sitting of a body, with the state of the Konzeptplan that lies before it."""

    body = models.CharField(_("body"), max_length=10, choices=Body.choices, default=Body.COUNCIL)
    date = models.DateField(_("date"), db_index=True)
    time = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown on the page of the session and on the agenda."))
    minutes_url = models.URLField(_("minutes"), max_length=300, blank=True)
    snapshot = models.ForeignKey(
        Snapshot,
        verbose_name=_("snapshot"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        help_text=_("The state of the Konzeptplan that was before the body in this session."),
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-date", "body", "-pk"]
        constraints = [models.UniqueConstraint(fields=["body", "date"], name="konzeptplan_session_once")]

    def __str__(self) -> str:
        return f"{self.get_body_display()}, {formats.date_format(self.date)}"

    def get_absolute_url(self) -> str:
        return reverse("konzeptplan:session", args=[self.pk])

    @property
    def body_enum(self) -> Body:
        return Body(self.body)
