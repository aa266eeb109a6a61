"""Following and no longer following."""

import datetime as dt
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.outbox import enqueue
from participation.models import Frequency, Notification, Subscription
from participation.models.following import field_for

SALT = "confirm-follow"
CONFIRM_WITHIN = dt.timedelta(days=7)
PLACES = 20  # saved places of one person


def follow(*, user: User, record: models.Model, frequency: Frequency = Frequency.DAILY) -> Subscription:
    """A person with an account follows a record; a second time only changes how often mails come."""
    own: dict[str, Any] = {"user": user, field_for(record): record}
    values = {"frequency": frequency, "language": user.language, "confirmed_at": timezone.now()}
    return Subscription.objects.update_or_create(**own, defaults=values)[0]


def follow_by_mail(*, email: str, language: str, record: models.Model, frequency: Frequency) -> Subscription:
    """Somebody without an account follows a record, once the link in a mail has been confirmed.

    Whoever types somebody else's address brings them one mail, and no second one.
    """
    own: dict[str, Any] = {"email": email.strip().lower(), field_for(record): record}
    with transaction.atomic():
        found, created = Subscription.objects.get_or_create(
            **own, defaults={"language": language, "frequency": frequency}
        )
        if created:
            _ask_to_confirm(found)
    return found


def _ask_to_confirm(subscription: Subscription) -> None:
    with translation.override(subscription.language):
        context = {"subscription": subscription, "token": confirmation(subscription)}
        enqueue(
            key=f"confirm-follow:{subscription.pk}",
            to=subscription.email,
            language=subscription.language,
            subject=_("Please confirm that you want news from the Differdange portal"),
            body=render_to_string("emails/confirm_follow.txt", context),
            about=subscription,
        )


def confirmation(subscription: Subscription) -> str:
    return signing.dumps(subscription.pk, salt=SALT)


def to_confirm(token: str) -> Subscription | None:
    """The subscription that a link confirms; None if it is too old, forged or gone."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    return Subscription.objects.for_lists().filter(pk=pk).first()


def confirm(*, subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def follow_place(*, user: User, geometry: Any, radius_m: int, label: str, frequency: Frequency) -> Subscription:
    """Everything within so many metres of a place. Raises ValidationError."""
    if Subscription.objects.of(user).filter(geometry__isnull=False).count() >= PLACES:
        raise ValidationError(
            gettext_lazy("You can save %(number)d places. Please end one first."), params={"number": PLACES}
        )
    same = Subscription.objects.of(user).filter(geometry=geometry, radius_m=radius_m).first()
    place = same or Subscription(user=user, geometry=geometry, radius_m=radius_m)
    place.label, place.frequency, place.language = label, frequency, user.language
    place.confirmed_at = place.confirmed_at or timezone.now()
    place.full_clean()
    place.save()
    return place


def set_frequency(*, subscription: Subscription, frequency: Frequency) -> None:
    """From now on; what waits for the old digest moves to the new one, or is not mailed at all."""
    with transaction.atomic():
        Subscription.objects.filter(pk=subscription.pk).update(frequency=frequency)
        waiting = Notification.objects.filter(subscription=subscription, mail_done_at=None)
        waiting.update(frequency=frequency)


def unfollow(*, subscription: Subscription) -> None:
    """No news because of it any more; what stands in the inbox stays, what waits to be mailed is not mailed."""
    with transaction.atomic():
        waiting = Notification.objects.filter(subscription=subscription, mail_done_at=None)
        waiting.update(frequency=Frequency.NEVER)
        Subscription.objects.filter(pk=subscription.pk).delete()
