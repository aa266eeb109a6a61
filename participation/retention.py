"""How long the dialogue keeps who said something."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.retention import Rule, months_before
from participation.models import Contribution, Notification, Subscription
from participation.services.erasing import forget_person
from participation.services.following import CONFIRM_WITHIN


def _told(now: dt.datetime) -> models.QuerySet[Contribution]:
    """Without an account, and some months after the feedback of their loop; outside of loops, after their arrival."""
    limit = months_before(now, settings.RETENTION_CONTACT_MONTHS)
    alone = months_before(now, settings.RETENTION_CONTACT_MONTHS * 2)
    with_data = Contribution.objects.filter(author=None).exclude(author_name="", email="")
    return with_data.filter(Q(loop__closed_at__lt=limit) | Q(loop=None, created_at__lt=alone))


def _forget(rows: models.QuerySet[Contribution]) -> None:
    for contribution in rows.iterator():
        forget_person(contribution=contribution)


RULES = [
    Rule(
        key="contact",
        what="name and e-mail of contributions without an account",
        after=(
            f"{settings.RETENTION_CONTACT_MONTHS} months after the feedback of the loop; "
            f"outside of a dialogue {settings.RETENTION_CONTACT_MONTHS * 2} months after arrival"
        ),
        due=_told,
        apply=_forget,
    ),
    Rule(
        key="unconfirmed",
        what="subscriptions by e-mail that nobody confirmed",
        after=f"{CONFIRM_WITHIN.days} days",
        due=lambda now: Subscription.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRM_WITHIN),
        apply=lambda rows: rows.delete(),
    ),
    Rule(
        key="news",
        what="news to a person",
        after=f"{settings.RETENTION_NEWS_MONTHS} months",
        due=lambda now: Notification.objects.filter(created_at__lt=months_before(now, settings.RETENTION_NEWS_MONTHS)),
        apply=lambda rows: rows.delete(),
    ),
]
