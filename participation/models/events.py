"""Events: where people meet the office, and who has a place."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from common.geo import GeometryField
from common.richtext import RichTextField
from participation.models.access import works_on_dialogues
from participation.models.dialogues import Dialogue
from step.models.access import Reader


class EventKind(models.TextChoices):
    """The guideline's own forms of meeting; a Planungswerkstatt keeps its name."""

    PLANNING_WORKSHOP = "planning_workshop", _("Planning workshop (Planungswerkstatt)")
    WORKSHOP = "workshop", _("Workshop")
    INFORMATION = "information", _("Information meeting")
    WALK = "walk", _("Walk through the neighbourhood")

    @property
    def icon(self) -> str:
        return _ICONS[self]


_ICONS = {
    EventKind.PLANNING_WORKSHOP: "origin-workshop",
    EventKind.WORKSHOP: "people",
    EventKind.INFORMATION: "megaphone",
    EventKind.WALK: "signpost-split",
}
# What staff know about the place, in the order of the page.
ACCESS_FACTS = ("step_free", "accessible_toilet", "hearing_loop", "sign_language", "children_welcome")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Reader) -> "EventQuerySet":
        """The only door to events that are not public, or whose dialogue is not."""
        dialogues = Dialogue.objects.visible_to(user).order_by().values("pk")
        rows = self.filter(Q(dialogue=None) | Q(dialogue__in=dialogues))
        return rows if works_on_dialogues(user) else rows.filter(is_public=True)

    def upcoming(self, now: dt.datetime) -> "EventQuerySet":
        """Not over yet, the next first."""
        return self.filter(ends_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: dt.datetime) -> "EventQuerySet":
        """Over, the latest first."""
        return self.filter(ends_at__lt=now).order_by("-starts_at", "-pk")

    def touching(self, first: dt.datetime, end: dt.datetime) -> "EventQuerySet":
        """Events of which some part lies from `first` up to, not including, `end`."""
        return self.filter(starts_at__lt=end, ends_at__gte=first).order_by("starts_at", "pk")

    def with_seats(self) -> "EventQuerySet":
        """Each with `taken`, the places given away, and `waiting_count`, who waits for one."""
        return self.annotate(
            taken=Count("registrations", filter=Q(registrations__status=Seat.PLACE)),
            waiting_count=Count("registrations", filter=Q(registrations__status=Seat.WAITING)),
        )

    def for_lists(self) -> "EventQuerySet":
        return self.select_related("dialogue").with_seats()


class Event(models.Model):
    """A meeting: when, where, for whom, and afterwards its minutes."""

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices, default=EventKind.WORKSHOP)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in short"), max_length=240, blank=True)
    body = RichTextField(_("text"), blank=True)
    dialogue = models.ForeignKey(
        Dialogue, verbose_name=_("dialogue"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_cancelled = models.BooleanField(
        _("does not take place"), default=False, help_text=_("Everyone with a place or on the waiting list is told.")
    )
    place = models.CharField(_("place"), max_length=160)
    address = models.CharField(_("address"), max_length=200, blank=True)
    geometry = GeometryField(_("place on the map"))
    languages = models.JSONField(_("languages"), default=list, blank=True)

    step_free = models.BooleanField(_("no steps on the way in"), default=False)
    accessible_toilet = models.BooleanField(_("toilet for wheelchairs"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    sign_language = models.BooleanField(_("sign language"), default=False)
    children_welcome = models.BooleanField(_("children are looked after"), default=False)
    access_note = models.TextField(_("accessibility in words"), blank=True)

    needs_registration = models.BooleanField(_("with registration"), default=False)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    registration_until = models.DateTimeField(
        _("registration until"), null=True, blank=True, help_text=_("Empty: until it begins.")
    )

    minutes = RichTextField(_("minutes"), blank=True, help_text=_("What came out of it; published afterwards."))
    minutes_url = models.URLField(_("minutes as a document"), max_length=300, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["ends_at"], name="participation_event_end")]
        constraints = [
            models.CheckConstraint(
                name="participation_event_forward",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("An event ends after it begins."),
            ),
            models.CheckConstraint(
                name="participation_event_places",
                condition=Q(capacity=None) | Q(capacity__gte=1),
                violation_error_message=_("An event has at least one place."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participation:event", args=[self.pk])

    def clean(self) -> None:
        if self.registration_until and self.ends_at and self.registration_until > self.ends_at:
            raise ValidationError({"registration_until": _("Registration must end before the event does.")})

    @property
    def kind_enum(self) -> EventKind:
        return EventKind(self.kind)

    @property
    def closes_at(self) -> dt.datetime:
        return self.registration_until or self.starts_at

    @property
    def language_names(self) -> list[str]:
        known = [code for code, _name in settings.LANGUAGES if code in self.languages]
        return [get_language_info(code)["name_local"].capitalize() for code in known]

    @property
    def access_facts(self) -> list[str]:
        """What is known to be there; what is not named here is not there or not known."""
        return [str(self._meta.get_field(name).verbose_name) for name in ACCESS_FACTS if getattr(self, name)]  # type: ignore[union-attr]

    def is_over(self, now: dt.datetime) -> bool:
        return self.ends_at < now

    def takes_registrations(self, now: dt.datetime) -> bool:
        """Whether somebody can register now, be it for the waiting list."""
        return self.is_public and self.needs_registration and not self.is_cancelled and now < self.closes_at


class Seat(models.TextChoices):
    """What a registration gives."""

    PLACE = "place", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> "RegistrationQuerySet":
        """With a place or on the waiting list, in the order in which they came."""
        return self.exclude(status=Seat.CANCELLED).order_by("number")

    def lapsed(self, now: dt.datetime, after: dt.timedelta) -> "RegistrationQuerySet":
        """Never confirmed in time: the place goes to the next."""
        return self.standing().filter(confirmed_at=None, created_at__lt=now - after)

    def to_purge(self, before: dt.datetime) -> "RegistrationQuerySet":
        """Of events that ended before that moment."""
        return self.filter(event__ends_at__lt=before)


class Registration(models.Model):
    """One person's place at an event. As little about the person as it needs; deleted some time after the event."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField(_("number"), help_text=_("The order in which registrations came."))
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    status = models.CharField(_("status"), max_length=10, choices=Seat.choices)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="participation_registration_number"),
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(status="cancelled"),
                name="participation_one_place_per_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_status_display()}"

    @property
    def seat(self) -> Seat:
        return Seat(self.status)
