"""Mails of news: each at once, or gathered into one calm mail for a day or a week.

News and their mail are marked as dealt with in one transaction, and the keys of the mails name the news or the period,
so a run that dies repeats nothing. What its reader may no longer see at that moment is left out without a word.
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.outbox import enqueue
from common.links import absolute
from participation import unsubscribing, wording
from participation.models import Frequency, Notification
from participation.models.news import NotificationQuerySet
from participation.recipients import key_of

IN_ONE_MAIL = 50  # sentences; the portal has the others
Person = tuple[int | None, str]  # the number of an account, or an address


def mail_news(now: dt.datetime) -> int:
    """Write the mails that are due at `now` into the outbox; returns how many."""
    pending = Notification.objects.for_mail(Frequency.NOW)
    written = sum(_mail_each(person) for person in _people(pending))
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        until = frequency.period_end(now)
        pending = Notification.objects.for_mail(frequency).filter(created_at__lt=until)
        written += sum(_mail_digest(person, frequency, until) for person in _people(pending))
    return written


def _people(rows: NotificationQuerySet) -> list[Person]:
    return list(rows.order_by().values_list("user", "email").distinct())


def _mail_each(person: Person) -> int:
    """Every piece of news in a mail of its own, to somebody who wants it at once."""
    with transaction.atomic():
        pending = _of(person, Notification.objects.for_mail(Frequency.NOW))
        news = _visible(person, pending)
        for one in news:
            with translation.override(_language(one)):
                text = render_to_string("emails/news.txt", {"lines": _lines([one]), "stop": unsubscribing.url_of(one)})
                enqueue(
                    key=f"news:{one.key}",
                    to=_address(one),
                    language=_language(one),
                    subject=_("News from the Differdange portal"),
                    body=text,
                    unsubscribe_url=unsubscribing.url_of(one),
                    about=one.contribution,
                )
        _done(pending)
    return len(news)


def _mail_digest(person: Person, frequency: Frequency, until: dt.datetime) -> int:
    """All news of the period in one mail; a second run finds its key and leaves what came late to the next period."""
    with transaction.atomic():
        pending = _of(person, Notification.objects.for_mail(frequency).filter(created_at__lt=until))
        news = _visible(person, pending)
        if not news:
            _done(pending)
            return 0
        first = news[0]
        with translation.override(_language(first)):
            stop = _stop_all(first)
            more = len(news) - IN_ONE_MAIL
            subject = ngettext("%(number)d piece of news", "%(number)d pieces of news", len(news))
            context = {"lines": _lines(news[:IN_ONE_MAIL]), "stop": stop, "more": max(more, 0), "digest": True}
            is_new = enqueue(
                key=f"digest:{frequency.value}:{until:%Y-%m-%d}:{key_of(*person)}",
                to=_address(first),
                language=_language(first),
                subject=subject % {"number": len(news)} + " – " + _("Differdange portal"),
                body=render_to_string("emails/news.txt", context),
                unsubscribe_url=stop,
            )
        if is_new:
            _done(pending)
    return int(is_new)


def _of(person: Person, rows: NotificationQuerySet) -> NotificationQuerySet:
    """The pending rows of a person, held fast by their numbers: what arrives meanwhile waits for the next run."""
    user, email = person
    keys = list(rows.filter(user=user, email=email).values_list("pk", flat=True))
    return Notification.objects.filter(pk__in=keys)


def _visible(person: Person, rows: NotificationQuerySet) -> list[Notification]:
    number, _email = person
    reader = (User.objects.filter(pk=number).first() if number else None) or AnonymousUser()
    return list(rows.visible_to(reader).for_lists().order_by("pk"))


def _done(rows: NotificationQuerySet) -> None:
    rows.update(mail_done_at=timezone.now())


def _lines(news: list[Notification]) -> list[dict[str, str]]:
    return [{"text": wording.sentence(one), "url": absolute(wording.page(one))} for one in news]


def _language(news: Notification) -> str:
    return news.user.language if news.user else news.language


def _address(news: Notification) -> str:
    return news.user.email if news.user else news.email


def _stop_all(news: Notification) -> str:
    """A digest has many reasons, so its link stops them all."""
    if news.user_id:
        return unsubscribing.url_for("u", news.user_id)
    return unsubscribing.url_for("e", news.subscription_id) if news.subscription_id else ""
