"""The link in every mail that stops it: signed, valid for ever, and enough by itself (RFC 8058).

| what | number of         | stops                                                     |
|------|-------------------|-----------------------------------------------------------|
| `s`  | a subscription    | mails because of it                                       |
| `c`  | a contribution    | mails to its author about it                              |
| `u`  | a person          | all mails of the dialogue to them                         |
| `e`  | a subscription    | all subscriptions of its e-mail address                   |

With an account the news stay on the portal. Without one, nothing is left to tell, so the address is deleted.
"""

from collections.abc import Callable

from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from common.links import absolute
from participation.models import Contribution, Frequency, Notification, Subscription, Why
from participation.models.following import SubscriptionQuerySet
from participation.models.news import NotificationQuerySet

SALT = "unsubscribe"


def url_for(what: str, pk: int) -> str:
    """The full address, in the language that is active."""
    return absolute(reverse("participation:unsubscribe", args=[signing.dumps([what, pk], salt=SALT)]))


def url_of(news: Notification) -> str:
    """Stops what brought this piece of news, and nothing else."""
    if news.subscription_id:
        return url_for("s", news.subscription_id)
    if news.why == Why.OWN and news.contribution_id:
        return url_for("c", news.contribution_id)
    return url_for("u", news.user_id) if news.user_id else ""


def read(token: str) -> tuple[str, int] | None:
    """What a link stops; None if it is not one of ours."""
    try:
        what, pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (what, pk) if what in STOPS else None


def stop(what: str, pk: int) -> None:
    """Do as the link says; nothing where it has been done before or the record is gone."""
    with transaction.atomic():
        STOPS[what](pk)


def _subscription(pk: int) -> None:
    _end(Subscription.objects.filter(pk=pk))


def _contribution(pk: int) -> None:
    found = Contribution.objects.filter(pk=pk).first()
    if found is None:
        return
    if found.author:
        choice = {"frequency": Frequency.NEVER, "language": found.author.language, "confirmed_at": found.created_at}
        Subscription.objects.update_or_create(user=found.author, contribution=found, defaults=choice)
    _silence(Notification.objects.filter(contribution=found, why=Why.OWN))
    Contribution.objects.filter(pk=pk).update(email="")


def _person(pk: int) -> None:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        return
    for contribution in Contribution.objects.filter(author=user).values_list("pk", flat=True):
        _contribution(contribution)
    _end(Subscription.objects.filter(user=user))
    _silence(Notification.objects.filter(user=user))


def _address(pk: int) -> None:
    found = Subscription.objects.filter(pk=pk).exclude(email="").first()
    if found is None:
        return
    _end(Subscription.objects.filter(email__iexact=found.email))
    Contribution.objects.filter(email__iexact=found.email).update(email="")
    Notification.objects.filter(email__iexact=found.email).delete()


def _end(rows: SubscriptionQuerySet) -> None:
    """No mails any more because of these; what waits for a digest is not mailed either."""
    _silence(Notification.objects.filter(subscription__in=rows))
    Notification.objects.filter(subscription__in=rows.filter(user=None)).delete()
    rows.filter(user=None).delete()
    rows.update(frequency=Frequency.NEVER)


def _silence(rows: NotificationQuerySet) -> None:
    rows.filter(mail_done_at=None).update(frequency=Frequency.NEVER)


STOPS: dict[str, Callable[[int], None]] = {
    "s": _subscription,
    "c": _contribution,
    "u": _person,
    "e": _address,
}
