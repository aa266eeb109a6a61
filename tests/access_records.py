"""The records that the access table opens: one of each kind and of each state that somebody may not see."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from model_bakery import baker

from konzeptplan.models import ViewLink
from leitbild.models import Goal
from participation.models import Contribution, Dialogue, Loop, Publication
from step.models import Measure, Visibility
from tests.factories.council import make_decision, make_session, make_snapshot


@dataclass(frozen=True)
class Records:
    internal: str
    draft: str
    published: int
    waiting: int
    hidden: int
    receipt: str
    loop: int
    hidden_dialogue: str
    goal: str
    snapshot: int
    session: int
    internal_session: int
    decision: int
    internal_decision: int
    draft_decision: int
    link: str


def make_records() -> Records:
    """On top of the real content."""
    Measure.objects.filter(code="VM-01").update(visibility=Visibility.INTERNAL)
    Measure.objects.filter(code="VM-02").update(visibility=Visibility.DRAFT)
    loop = Loop.objects.get()
    voices = {
        status: baker.make(Contribution, loop=loop, text="Hallo", status=status, published_at=timezone.now())
        for status in (Publication.PUBLISHED, Publication.WAITING, Publication.HIDDEN)
    }
    hidden_dialogue = baker.make(Dialogue, slug="noch-nicht", title="Noch nicht", is_public=False)
    snapshot = make_snapshot()
    session, internal = make_session(snapshot=snapshot), make_session(dt.date(2026, 4, 1), visibility="internal")
    link = ViewLink.objects.create(target="konzeptplan/?plan=vm")
    return Records(
        internal="VM-01",
        draft="VM-02",
        published=voices[Publication.PUBLISHED].pk,
        waiting=voices[Publication.WAITING].pk,
        hidden=voices[Publication.HIDDEN].pk,
        receipt=voices[Publication.WAITING].receipt_code,
        loop=loop.pk,
        hidden_dialogue=hidden_dialogue.slug,
        snapshot=snapshot.pk,
        session=session.pk,
        internal_session=internal.pk,
        decision=make_decision(session).pk,
        internal_decision=make_decision(session, visibility=Visibility.INTERNAL).pk,
        draft_decision=make_decision(session, visibility=Visibility.DRAFT).pk,
        link=link.code,
        goal=Goal.objects.get(number=1).slug,
    )
