"""Registering for an event, giving the place back, and the waiting list.

Every function that gives or takes a place locks the row of the event first, so that all of them run one after the
other: never more places than there are, and the waiting list in the order in which people came.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from participation import event_mails as mails
from participation.models import Event, Registration, Seat

SALT = "participation.registration"
CONFIRM_WITHIN = dt.timedelta(hours=48)


def token_of(registration: Registration) -> str:
    """What the link in a mail carries: the registration, signed."""
    return signing.dumps(registration.pk, salt=SALT)


def registration_of(token: str) -> Registration | None:
    """The registration behind a link; None if the link is not genuine or the registration has been deleted."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Registration.objects.select_related("event").filter(pk=key).first()


def register(
    *, event: Event, email: str, name: str = "", language: str = "de", now: dt.datetime | None = None
) -> Registration:
    """Give a place, or one on the waiting list, and mail a link to confirm. Once per address: a second time only mails.

    Raises ValidationError once registration has ended.
    """
    now, email = now or timezone.now(), email.strip().lower()
    with transaction.atomic():
        event = _locked(event)
        if not event.takes_registrations(now):
            raise ValidationError(_("Registration for this event has ended."), code="closed")
        _fill(event, now)
        standing = event.registrations.standing()
        known = standing.filter(email=email).first()
        registration = known or Registration.objects.create(
            event=event,
            number=(event.registrations.aggregate(last=Max("number"))["last"] or 0) + 1,
            email=email,
            name=name.strip(),
            language=language,
            status=Seat.PLACE if _has_room(event) else Seat.WAITING,
            created_at=now,
        )
        mails.tell_received(registration, token_of(registration), now)
        if not known:
            record("event.register", event, after={"number": registration.number, "status": registration.status})
    return registration


def confirm(*, registration: Registration, now: dt.datetime | None = None) -> Registration:
    """The person opened the link: the place is theirs, or their turn on the waiting list. Raises ValidationError."""
    now = now or timezone.now()
    with transaction.atomic():
        _locked(registration.event)
        registration = Registration.objects.select_related("event").get(pk=registration.pk)
        if registration.status == Seat.CANCELLED:
            raise ValidationError(_("This registration was cancelled or not confirmed in time."), code="cancelled")
        if registration.confirmed_at is None:
            registration.confirmed_at = now
            registration.save(update_fields=["confirmed_at"])
    return registration


def cancel(*, registration: Registration, by: User | None = None) -> Registration:
    """Give the place back; the first on the waiting list moves up and is told. Twice is like once.

    Whoever calls without `by` has proved the right to it by the link.
    """
    if by is not None and not by.has_perm("participation.manage_registrations"):
        raise PermissionDenied
    with transaction.atomic():
        event = _locked(registration.event)
        registration = Registration.objects.select_related("event").get(pk=registration.pk)
        if registration.status != Seat.CANCELLED:
            _cancel(registration)
            mails.tell_cancelled(registration)
            record("event.cancel_registration", event, actor=by, after={"number": registration.number})
            _fill(event, timezone.now())
    return registration


def release_lapsed(now: dt.datetime) -> None:
    """Give on what was not confirmed in time at every coming event; for the regular command."""
    for event in Event.objects.upcoming(now).filter(needs_registration=True):
        with transaction.atomic():
            _fill(_locked(event), now)


def settle(*, event: Event) -> None:
    """After the office has changed an event: give away new places, or tell everyone that it does not take place."""
    with transaction.atomic():
        event = _locked(event)
        if event.is_cancelled:
            for registration in event.registrations.standing():
                mails.tell_event_cancelled(registration)
        else:
            _fill(event, timezone.now())


def purge_registrations(now: dt.datetime) -> int:
    """Delete the registrations of events that ended more than REGISTRATION_DAYS ago; how many."""
    before = now - dt.timedelta(days=settings.REGISTRATION_DAYS)
    with transaction.atomic():
        events = Event.objects.filter(registrations__in=Registration.objects.to_purge(before)).distinct()
        for event in events:
            record("event.purge", event, after={"registrations": event.registrations.count()})
        deleted, _by_model = Registration.objects.to_purge(before).delete()
    return deleted


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _has_room(event: Event) -> bool:
    if event.capacity is None:
        return True
    return event.registrations.filter(status=Seat.PLACE).count() < event.capacity


def _cancel(registration: Registration) -> None:
    registration.status = Seat.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.save(update_fields=["status", "cancelled_at"])


def _fill(event: Event, now: dt.datetime) -> None:
    """Places that nobody confirmed in time and other free ones go to the waiting list, strictly in its order."""
    if event.is_cancelled or event.is_over(now):
        return
    for registration in event.registrations.lapsed(now, CONFIRM_WITHIN):
        _cancel(registration)
    for registration in event.registrations.standing().filter(status=Seat.WAITING):
        if not _has_room(event):
            return
        registration.status = Seat.PLACE
        registration.save(update_fields=["status"])
        mails.tell_promoted(registration, token_of(registration))
