"""The sentences of the news, in the language that is active; and the page that each leads to.

No sentence repeats what a citizen wrote: what somebody deletes is deleted, and no notification keeps a copy.
"""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from participation.models import Contribution, News, Notification, Result, Why
from step.models import Status

SENTENCES: dict[News, str | Promise] = {
    News.PUBLISHED: gettext_lazy("A contribution on “%(about)s” that you follow has been published."),
    News.ANSWERED: gettext_lazy("A contribution on “%(about)s” has been answered: %(result)s."),
    News.NEW_CONTRIBUTION: gettext_lazy("There is a new contribution on “%(about)s”."),
    News.MEASURE_STATUS: gettext_lazy("The measure “%(measure)s” now has the status “%(status)s”."),
    News.NEW_MEASURE: gettext_lazy("There is a new measure: “%(measure)s”."),
    News.LOOP_CLOSED: gettext_lazy("The dialogue “%(dialogue)s” is closed, and what came of it is published."),
    News.NEW_DIALOGUE: gettext_lazy("A new dialogue invites you: “%(dialogue)s”."),
}
# To whoever wrote the contribution.
OWN: dict[News, str | Promise] = {
    News.PUBLISHED: gettext_lazy("Your contribution of %(date)s on “%(about)s” has been published."),
    News.HIDDEN: gettext_lazy("Your contribution of %(date)s on “%(about)s” is not shown to others. Read why."),
    News.ANSWERED: gettext_lazy("Your contribution of %(date)s on “%(about)s” has been answered: %(result)s."),
    News.MEASURE_STATUS: gettext_lazy("“%(measure)s”, on which you had your say, now has the status “%(status)s”."),
    News.LOOP_CLOSED: gettext_lazy("“%(dialogue)s”, where you had your say, is closed. Read what came of it."),
}


def sentence(news: Notification) -> str:
    """What happened, in one sentence."""
    texts = {**SENTENCES, **OWN} if news.why == Why.OWN else SENTENCES
    return str(texts[news.kind_enum]) % _facts(news)


def _facts(news: Notification) -> dict[str, str]:
    facts = {"measure": str(news.measure or ""), "dialogue": str(news.dialogue or "")}
    if news.kind == News.MEASURE_STATUS:
        facts["status"] = str(dict(Status.choices).get(news.value, news.value))
    if news.kind == News.ANSWERED:
        facts["result"] = str(dict(Result.choices).get(news.value, news.value))
    if news.contribution:
        facts |= {"about": about(news.contribution), "date": day(news.contribution)}
    return facts


def about(contribution: Contribution) -> str:
    """What a contribution is about, for people: the dialogue rather than its loop."""
    context: Any = contribution.context
    return str(getattr(context, "dialogue", context))


def day(contribution: Contribution) -> str:
    return date_format(localtime(contribution.created_at), "DATE_FORMAT")


def page(news: Notification) -> str:
    """The path of the page that tells more; for an author without an account the page behind the receipt."""
    if news.kind in {News.MEASURE_STATUS, News.NEW_MEASURE} and news.measure:
        return news.measure.get_absolute_url()
    if news.contribution:
        without_account = news.why == Why.OWN and not news.user_id
        if without_account:
            return reverse("participation:story", args=[news.contribution.receipt_code])
        return news.contribution.get_absolute_url()
    return news.dialogue.get_absolute_url() if news.dialogue else reverse("participation:dialogues")
