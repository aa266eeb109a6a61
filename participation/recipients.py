"""Who hears of something: tables and queries, no rules about what is told.

`CONCERNED` lists who hears what the authors of contributions hear; one line adds another group.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from common.distance import metres_between
from participation.models import Contribution, Frequency, Subscription, Why
from participation.models.contributions import ContributionQuerySet
from participation.models.following import SubscriptionQuerySet
from step.models import Measure


@dataclass(frozen=True)
class Recipient:
    """A person with an account, or an e-mail address; how often, and because of what."""

    why: Why
    language: str
    frequency: str
    user: int | None = None
    email: str = ""
    subscription: int | None = None

    @property
    def key(self) -> str:
        return key_of(self.user, self.email)


def key_of(user: int | None, email: str) -> str:
    """The same person has the same key; it does not tell the address."""
    if user:
        return f"u{user}"
    return "e" + hashlib.sha256(email.lower().encode()).hexdigest()[:24]


Source = Callable[[ContributionQuerySet], Iterator[Recipient]]


def authors(rows: ContributionQuerySet) -> Iterator[Recipient]:
    """Whoever wrote the contributions: at once, unless they said otherwise for this one."""
    rows = rows.order_by()
    own = Subscription.objects.filter(contribution__in=rows, user=F("contribution__author"))
    choices = {c: (pk, frequency) for c, pk, frequency in own.values_list("contribution", "pk", "frequency")}
    reachable = rows.filter(Q(author__is_active=True) | (Q(author=None) & ~Q(email="")))
    columns = ("pk", "author", "author__language", "language", "email")
    for pk, author, speaks, language, email in reachable.values_list(*columns).iterator():
        subscription, frequency = choices.get(pk, (None, Frequency.NOW.value))
        yield Recipient(
            why=Why.OWN,
            language=speaks if author else language,
            frequency=frequency,
            user=author,
            email="" if author else email,
            subscription=subscription,
        )


def followers_of_contributions(rows: ContributionQuerySet) -> Iterator[Recipient]:
    """Whoever follows one of them, its author apart: to them it is their own."""
    others = Subscription.objects.filter(contribution__in=rows.order_by()).exclude(user=F("contribution__author"))
    return following(others)


CONCERNED: list[Source] = [authors, followers_of_contributions]


def concerned(rows: ContributionQuerySet) -> Iterator[Recipient]:
    """Everyone who hears what becomes of the contributions."""
    for source in CONCERNED:
        yield from source(rows)


def following(rows: SubscriptionQuerySet) -> Iterator[Recipient]:
    active = rows.confirmed().filter(Q(user=None) | Q(user__is_active=True)).order_by()
    columns = ("pk", "user", "user__language", "language", "email", "frequency")
    for pk, user, speaks, language, email, frequency in active.values_list(*columns):
        yield Recipient(
            why=Why.FOLLOWED,
            language=speaks if user else language,
            frequency=frequency,
            user=user,
            email=email,
            subscription=pk,
        )


def near(geometry: Any) -> SubscriptionQuerySet:
    """Saved places within whose radius the geometry lies."""
    if not geometry:
        return Subscription.objects.none()
    places = Subscription.objects.confirmed().filter(geometry__isnull=False)
    columns = places.values_list("pk", "geometry", "radius_m")
    close = [pk for pk, place, radius in columns if metres_between(place, geometry) <= radius]
    return Subscription.objects.filter(pk__in=close)


def around_measure(measure: Measure) -> SubscriptionQuerySet:
    """Who follows the measure, one of its plans or localities, or a place near it."""
    plans = [measure.lead_plan_id, *measure.further_plans.values_list("pk", flat=True)]
    places = Q(locality__in=measure.localities.order_by().values("pk"))
    direct = Subscription.objects.filter(Q(measure=measure) | Q(plan__in=plans) | places)
    return direct | near(measure.geometry)


def around_contribution(contribution: Contribution) -> SubscriptionQuerySet:
    """Who follows what it is about, its locality, or a place near it."""
    is_about = Q(measure=contribution.measure_id) if contribution.measure_id else Q()
    if contribution.loop:
        is_about = Q(dialogue=contribution.loop.dialogue_id)
    if contribution.plan_id:
        is_about = Q(plan=contribution.plan_id)
    if contribution.locality_id:
        is_about |= Q(locality=contribution.locality_id)
    rows = Subscription.objects.filter(is_about) if is_about else Subscription.objects.none()
    return rows | near(contribution.geometry)


def each_once(recipients: Iterable[Recipient]) -> dict[str, Recipient]:
    """By key; who is named twice counts by the first reason."""
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(recipient.key, recipient)
    return found
