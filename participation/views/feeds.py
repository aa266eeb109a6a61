"""Atom feeds in the language of their address: what everyone may see, the newest fifty entries."""

import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from common.links import absolute
from participation import public_news
from participation.public_news import Entry, Scope

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class AllNews(Feed):
    """Everything new in the dialogue and in the measures."""

    feed_type = Atom1Feed
    scope: Scope = None

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method not in {"GET", "HEAD"}:
            raise Http404
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Scope:
        return None

    def title(self, record: Scope) -> str:
        portal = _("Differdange portal")
        return plain(f"{record} – {portal}" if record else portal)

    def link(self, record: Scope) -> str:
        return absolute(record.get_absolute_url() if record else reverse("participation:dialogues"))

    def subtitle(self, record: Scope) -> str:
        return _("Dialogues, contributions, answers and progress of the measures")

    def items(self, record: Scope) -> list[Entry]:
        return public_news.latest(record, timezone.now())

    def item_title(self, item: Any) -> str:
        return plain(item.title)

    def item_description(self, item: Any) -> str:
        return plain(item.body)

    def item_link(self, item: Entry) -> str:
        return absolute(item.url)

    def item_guid(self, item: Entry) -> str:
        """The same in every language of the feed."""
        return f"{absolute('/')}#{item.key}"

    def item_pubdate(self, item: Entry) -> Any:
        return item.at

    def item_updateddate(self, item: Entry) -> Any:
        return item.at


class RecordNews(AllNews):
    """The news of one dialogue, measure, StEP or locality."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Scope:
        found = public_news.find(kwargs["kind"], kwargs["key"])
        if found is None:
            raise Http404
        return found


def plain(text: Any) -> str:
    """Without the control characters that XML forbids and a pasted text may hold."""
    return FORBIDDEN.sub("", str(text))
