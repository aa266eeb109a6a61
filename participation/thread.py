"""A thread in pieces: first-level comments page by page, each with its first replies, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models import Comment, Contribution, Publication, Support
from participation.models.talking import CommentQuerySet
from step.models.access import Reader

PER_PIECE = 20
FIRST_REPLIES = 2  # 20 pieces of three comments, each cut at 360 letters, stay below 100 kB
REPLIES_PER_PAGE = 50
SHORT = 360  # letters of a comment in the thread; its own page shows the rest


class Sort(models.TextChoices):
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    SUPPORTED = "supported", _("Most supported first")

    @property
    def order(self) -> list[str]:
        return {
            "newest": ["-created_at", "-pk"],
            "oldest": ["created_at", "pk"],
            "supported": ["-support_count", "-created_at", "-pk"],
        }[self.value]


class Show(models.TextChoices):
    """The filter of a thread."""

    ALL = "all", _("All comments")
    OFFICE = "office", _("Only from the office")
    AUTHOR = "author", _("Only from the author")

    def narrow(self, rows: CommentQuerySet) -> CommentQuerySet:
        """First-level comments by them, or with a published reply by them."""
        if self is Show.ALL:
            return rows
        said = models.Q(status=Publication.PUBLISHED, voice=self.value)
        replied = Comment.objects.filter(said, parent=models.OuterRef("pk"))
        return rows.filter(said | models.Q(models.Exists(replied)))


@dataclass(frozen=True)
class Entry:
    """A first-level comment with its first replies; its words are shown only while it is published."""

    comment: Comment
    replies: list[Comment]

    @property
    def more_replies(self) -> int:
        count: int = self.comment.reply_count  # type: ignore[attr-defined]  # an annotation
        return count - len(self.replies)


@dataclass(frozen=True)
class Thread:
    contribution: Contribution
    entries: list[Entry]
    page: Page
    sort: Sort
    show: Show


def read_thread(contribution: Contribution, user: Reader, wishes: Any) -> Thread:
    """One piece of a thread. `wishes`: the parameters `sort`, `show` and `page` of an address; nonsense is ignored."""
    sort, show = _choice(Sort, wishes.get("sort")), _choice(Show, wishes.get("show"))
    rows = show.narrow(Comment.objects.threads_for(user).filter(contribution=contribution))
    page = Paginator(rows.order_by(*sort.order), PER_PIECE).get_page(wishes.get("page"))
    keys = [comment.pk for comment in page]
    found = Comment.objects.filter(pk__in=keys).select_related("author").with_reply_counts()
    by_key = {comment.pk: comment.blank_if_gone() for comment in found}
    replies = list(Comment.objects.all().first_replies(list(by_key.values()), FIRST_REPLIES))
    entries = [Entry(by_key[key], [reply for reply in replies if reply.parent_id == key]) for key in keys]
    return Thread(contribution, entries, page, sort, show)


def waiting_of(contribution: Contribution, user: Reader, keys: list[int]) -> list[Comment]:
    """A visitor's own comments that others cannot read: by account, or by the keys that the session remembers."""
    mine = models.Q(author=user) if isinstance(user, User) else models.Q(pk__in=keys, author=None)
    rows = Comment.objects.filter(mine, contribution=contribution).exclude(status=Publication.PUBLISHED)
    return list(rows.exclude(status=Publication.WITHDRAWN).prefetch_related("decisions").order_by("-created_at")[:10])


def supported_by(user: Reader, visitor: str) -> tuple[set[int], set[int]]:
    """The contributions and the comments that this visitor supports, in one query."""
    if not isinstance(user, User) and not visitor:
        return set(), set()
    rows = Support.objects.filter(user=user) if isinstance(user, User) else Support.objects.filter(visitor=visitor)
    pairs = list(rows.order_by("-pk").values_list("contribution_id", "comment_id")[:2000])
    return {one for one, _two in pairs if one}, {two for _one, two in pairs if two}


def _choice(kind: Any, value: Any) -> Any:
    return kind(value) if value in kind.values else next(iter(kind))
