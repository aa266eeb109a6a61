"""What everyone may know of what happened, newest first: for feeds. Read from the records themselves.

| entry              | from                                        |
|--------------------|---------------------------------------------|
| contribution       | published ones                              |
| answer             | treatments of published contributions       |
| feedback           | closed loops                                |
| dialogue           | dialogues, from the day of their invitation |
| progress           | changes of status in the audit trail        |

Each kind is limited before they are put together, so a feed costs the same however long the history is.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from participation.models import Contribution, Dialogue, Loop, Point, Treatment
from participation.models.contributions import ContributionQuerySet
from participation.wording import about
from step.models import Locality, Measure, Plan, Status

LIMIT = 50
SCANNED = 400  # changes of status looked through for those of one plan or locality
KEYS = {"dialogue": "slug", "measure": "code", "plan": "slug", "locality": "slug"}
Scope = Dialogue | Measure | Plan | Locality | None
EVERYONE = AnonymousUser()


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `body` is HTML, escaped."""

    key: str
    at: dt.datetime
    title: str
    url: str
    body: str = ""


def latest(scope: Scope, now: dt.datetime) -> list[Entry]:
    """The newest entries about a record, or about everything."""
    sources = (_contributions, _answers, _closed, _dialogues, _progress)
    entries = [entry for source in sources for entry in source(scope, now)]
    return sorted(entries, key=lambda entry: (entry.at, entry.key), reverse=True)[:LIMIT]


def find(kind: str, key: str) -> Scope:
    """The record of a feed; None if everyone may not see it or there is none."""
    doors: dict[str, Any] = {
        "dialogue": Dialogue.objects.visible_to(EVERYONE),
        "measure": Measure.objects.visible_to(EVERYONE),
        "plan": Plan.objects.all(),
        "locality": Locality.objects.all(),
    }
    return doors[kind].filter(**{KEYS[kind]: key}).first() if kind in doors else None


def _voices(scope: Scope) -> ContributionQuerySet:
    rows = Contribution.objects.visible_to(EVERYONE).published()
    if isinstance(scope, Dialogue):
        return rows.filter(loop__dialogue=scope)
    if isinstance(scope, Measure):
        return rows.voices_of(scope)
    if isinstance(scope, Plan):
        return rows.of_plan(scope, Measure.objects.public())
    if isinstance(scope, Locality):
        there = Measure.objects.public().at(scope).order_by().values("pk")
        return rows.filter(Q(locality=scope) | Q(loop__dialogue__locality=scope) | Q(measure__in=there))
    return rows


def _dialogue_rows(scope: Scope) -> Any:
    rows = Dialogue.objects.visible_to(EVERYONE)
    if isinstance(scope, Dialogue):
        return rows.filter(pk=scope.pk)
    if isinstance(scope, Measure):
        return rows.filter(measure=scope)
    if isinstance(scope, Plan):
        return rows.filter(Q(plan=scope) | Q(measure__in=Measure.objects.of_plan(scope).order_by().values("pk")))
    if isinstance(scope, Locality):
        return rows.filter(Q(locality=scope) | Q(measure__in=Measure.objects.at(scope).order_by().values("pk")))
    return rows


def _contributions(scope: Scope, now: dt.datetime) -> Iterator[Entry]:
    rows = _voices(scope).exclude(published_at=None).for_lists().order_by("-published_at", "-pk")
    for voice in rows[:LIMIT]:
        yield Entry(
            key=f"contribution-{voice.pk}",
            at=voice.published_at or voice.created_at,
            title=_("%(name)s on “%(about)s”") % {"name": voice.signed, "about": about(voice)},
            url=voice.get_absolute_url(),
            body=linebreaks(voice.text, autoescape=True),
        )


def _answers(scope: Scope, now: dt.datetime) -> Iterator[Entry]:
    points = Point.objects.filter(contribution__in=_voices(scope).order_by().values("pk"))
    rows = Treatment.objects.filter(pk__in=points.order_by().values("treatment")).select_related("unit")
    seen = Prefetch("points", queryset=points.select_related("contribution"))  # one answer may treat hidden ones too
    for treatment in rows.prefetch_related(seen).order_by("-answered_at", "-pk")[:LIMIT]:
        voice = treatment.points.all()[0].contribution
        yield Entry(
            key=f"answer-{treatment.pk}",
            at=treatment.answered_at,
            title=_("Answer: %(result)s") % {"result": treatment.result_enum.label},
            url=voice.get_absolute_url(),
            body=linebreaks(f"{treatment.reason}\n\n— {treatment.unit.name}", autoescape=True),
        )


def _closed(scope: Scope, now: dt.datetime) -> Iterator[Entry]:
    rows = Loop.objects.filter(dialogue__in=_dialogue_rows(scope).order_by().values("pk")).exclude(closed_at=None)
    for loop in rows.select_related("dialogue").order_by("-closed_at")[:LIMIT]:
        yield Entry(
            key=f"feedback-{loop.pk}",
            at=loop.closed_at or now,
            title=_("What came of it: %(dialogue)s") % {"dialogue": loop},
            url=loop.dialogue.get_absolute_url(),
            body=linebreaks(loop.summary, autoescape=True),
        )


def _dialogues(scope: Scope, now: dt.datetime) -> Iterator[Entry]:
    begun = Loop.objects.filter(invite_from__lte=timezone.localdate(now))
    rows = begun.filter(dialogue__in=_dialogue_rows(scope).order_by().values("pk")).select_related("dialogue")
    for loop in rows.order_by("-invite_from")[:LIMIT]:
        yield Entry(
            key=f"dialogue-{loop.pk}",
            at=timezone.make_aware(dt.datetime.combine(loop.invite_from, dt.time())),
            title=_("You are invited: %(dialogue)s") % {"dialogue": loop},
            url=loop.dialogue.get_absolute_url(),
            body=linebreaks(loop.dialogue.summary, autoescape=True),
        )


def _progress(scope: Scope, now: dt.datetime) -> Iterator[Entry]:
    """Of the reasons only the page of the measure tells: there they can be mended."""
    if isinstance(scope, Dialogue):
        return
    trail = AuditEntry.objects.filter(action="measure.status").order_by("-pk")
    if isinstance(scope, Measure):
        trail = trail.filter(record=f"step.measure:{scope.pk}")
    entries = list(trail[:SCANNED])
    measures = _measures(scope).in_bulk([int(entry.record.rpartition(":")[2]) for entry in entries])
    found = [(entry, measures.get(int(entry.record.rpartition(":")[2]))) for entry in entries]
    for entry, measure in [(entry, measure) for entry, measure in found if measure][:LIMIT]:
        status = entry.after.get("status", "")
        facts = {"measure": measure, "status": dict(Status.choices).get(status, status)}
        yield Entry(
            key=f"status-{entry.pk}",
            at=entry.at,
            title=_("%(measure)s: now “%(status)s”") % facts,
            url=measure.get_absolute_url() if measure else "",
        )


def _measures(scope: Scope) -> Any:
    rows = Measure.objects.public()
    if isinstance(scope, Plan):
        return rows.of_plan(scope)
    if isinstance(scope, Locality):
        return rows.at(scope)
    return rows
