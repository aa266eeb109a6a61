"""What the dialogue adds to the desk of the measures: which of them nobody has said anything about."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from participation.models import Contribution, Point
from step.admin.filters import FURTHER
from step.models.signals import Gap


def _no_voice() -> Q:
    """Neither a published contribution on it or in its dialogues, nor an answer that changed it."""
    heard = Contribution.objects.published()
    here = OuterRef("pk")
    direct = Exists(heard.filter(measure=here)) | Exists(heard.filter(loop__dialogue__measure=here))
    return ~Q(direct) & ~Q(Exists(Point.objects.filter(treatment__measure=here, contribution__in=heard)))


FURTHER["voice"] = Gap(_("No voice"), _no_voice)
