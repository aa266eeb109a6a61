"""Before a session: each person who follows measures gets a digest of what happened to them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.outbox import enqueue
from konzeptplan.comparing import Change, diff
from konzeptplan.edition import edition, merged_names
from konzeptplan.figures import Audience
from konzeptplan.models import Decision, Follow, Session

DAYS_BEFORE = 3


def enqueue_digests(*, today: dt.date, site: str, days: int = DAYS_BEFORE, dry_run: bool = False) -> list[str]:
    """Put the digests of the sessions of the next `days` days into the outbox; who would get, or got, a new one.

    `site` begins the links: https://portal.example. A session tells each person once, however often this runs.
    """
    told = []
    news: dict[tuple[int, str], News] = {}  # the same for everyone of one language
    soon = Session.objects.upcoming(today).filter(date__lte=today + dt.timedelta(days=days)).select_related("snapshot")
    for session in soon:
        for user in _followers():
            if not Session.objects.visible_to(user).filter(pk=session.pk).exists():
                continue
            key = (session.pk, user.language)
            if key not in news:
                with translation.override(user.language):
                    news[key] = news_before(session, today)
            if dry_run or _tell(session, user, news[key], site):
                told.append(f"{session.pk}:{user.pk}")
    return told


def _followers() -> Iterable[User]:
    """Those who follow something and still may read for the council."""
    people = User.objects.filter(is_active=True, pk__in=Follow.objects.values("user")).order_by("pk")
    return [user for user in people if user.has_perm("konzeptplan.view_council")]


def _tell(session: Session, user: User, news: "News", site: str) -> bool:
    with translation.override(user.language), transaction.atomic():
        followed = {follow.measure.code for follow in Follow.objects.visible_to(user).select_related("measure")}
        context = {
            "session": session,
            "changes": [change for change in news.changes if change.code in followed],
            "names": news.names,
            "followed": len(followed),
            "decisions": list(Decision.objects.visible_to(user).due().filter(session=session)),
            "url": site.rstrip("/") + session.get_absolute_url(),
        }
        return enqueue(
            key=f"digest:{session.pk}:{user.pk}",
            to=user.email,
            language=user.language,
            subject=_("Before the session: %(session)s") % {"session": session},
            body=render_to_string("emails/session_digest.txt", context),
        )


@dataclass(frozen=True)
class News:
    """What changed for the council since the last session, and the names to tell it with."""

    changes: tuple[Change, ...] = ()
    names: dict[str, dict[str, str]] = field(default_factory=dict)


def news_before(session: Session, today: dt.date) -> News:
    """Since the state that lay before the previous session of the body; nothing where none was frozen."""
    last = Session.objects.before(session).exclude(snapshot=None).select_related("snapshot").first()
    if last is None or last.snapshot is None:
        return News()
    before = last.snapshot.edition(Audience.COUNCIL)
    own = session.snapshot
    after = own.edition(Audience.COUNCIL) if own else edition(today, Audience.COUNCIL)
    return News(diff(before.measures, after.measures), merged_names(before, after))
