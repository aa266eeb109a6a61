"""The records that the access table opens: one of each kind and of each state that somebody may not see."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from model_bakery import baker

from konzeptplan.models import ViewLink
from leitbild.models import Goal, Indicator
from participation.models import Appeal, Comment, Contribution, Dialogue, Loop, ModerationDecision, Publication
from participation.services.events import token_of
from step.models import Locality, Measure, Visibility
from tests.factories.council import make_decision, make_session, make_snapshot
from tests.factories.events import make_event, make_registration
from tests.factories.loops import make_answer
from tests.factories.polls import make_full_poll


@dataclass(frozen=True)
class Records:
    internal: str
    draft: str
    published: int
    waiting: int
    hidden: int
    receipt: str
    hidden_receipt: str
    appeal: int
    treatment: int
    comment: int
    waiting_comment: int
    loop: int
    hidden_dialogue: str
    goal: str
    internal_indicator: str
    draft_indicator: str
    poll: int
    hidden_poll: int
    event: int
    hidden_event: int
    registration: str
    draft_pk: int
    locality: int
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
    Indicator.objects.filter(slug="radwege").update(visibility=Visibility.INTERNAL)
    Indicator.objects.filter(slug="betriebe").update(visibility=Visibility.DRAFT)
    loop = Loop.objects.get()
    voices = {
        status: baker.make(Contribution, loop=loop, text="Hallo", status=status, published_at=timezone.now())
        for status in (Publication.PUBLISHED, Publication.WAITING, Publication.HIDDEN)
    }
    decision = baker.make(ModerationDecision, contribution=voices[Publication.HIDDEN], action="hide", reason="Name")
    appealed = baker.make(Contribution, loop=loop, text="Hallo", status=Publication.HIDDEN)
    other = baker.make(ModerationDecision, contribution=appealed, action="hide", reason="Name")
    talked_about = voices[Publication.PUBLISHED]
    hidden_dialogue = baker.make(Dialogue, slug="noch-nicht", title="Noch nicht", is_public=False)
    registration = make_registration(make_event())
    snapshot = make_snapshot()
    session, internal = make_session(snapshot=snapshot), make_session(dt.date(2026, 4, 1), visibility="internal")
    link = ViewLink.objects.create(target="konzeptplan/?plan=vm")
    return Records(
        internal="VM-01",
        draft="VM-02",
        published=voices[Publication.PUBLISHED].pk,
        waiting=voices[Publication.WAITING].pk,
        hidden=voices[Publication.HIDDEN].pk,
        hidden_receipt=decision.contribution.receipt_code,
        appeal=Appeal.objects.create(decision=other, text="Doch").pk,
        treatment=make_answer(baker.make(Contribution, loop=loop, text="Bank", status=Publication.PUBLISHED)).pk,
        comment=baker.make(Comment, contribution=talked_about, text="Ja", status=Publication.PUBLISHED).pk,
        waiting_comment=baker.make(Comment, contribution=talked_about, text="Nein", status=Publication.WAITING).pk,
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
        internal_indicator="radwege",
        draft_indicator="betriebe",
        poll=make_full_poll(loop=loop).pk,
        event=registration.event_id,
        hidden_event=make_event(is_public=False).pk,
        registration=token_of(registration),
        hidden_poll=make_full_poll(loop=loop, is_public=False).pk,
        draft_pk=Measure.objects.get(code="VM-02").pk,
        locality=Locality.objects.get(slug="niederkorn").pk,
    )
