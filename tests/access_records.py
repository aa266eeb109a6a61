"""The records that the access table opens: one of each kind and of each state that somebody may not see."""

from dataclasses import dataclass

from django.utils import timezone
from model_bakery import baker

from leitbild.models import Goal
from participation.models import Contribution, Dialogue, Loop, Publication
from step.models import Measure, Visibility


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
    return Records(
        internal="VM-01",
        draft="VM-02",
        published=voices[Publication.PUBLISHED].pk,
        waiting=voices[Publication.WAITING].pk,
        hidden=voices[Publication.HIDDEN].pk,
        receipt=voices[Publication.WAITING].receipt_code,
        loop=loop.pk,
        hidden_dialogue=hidden_dialogue.slug,
        goal=Goal.objects.get(number=1).slug,
    )
