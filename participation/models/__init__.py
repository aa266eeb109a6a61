"""Dialog@Differdange: dialogues and their loops, what people say, and what becomes of it."""

from participation.models.addresses import Address
from participation.models.answers import Point, Result, Treatment, TreatmentVersion
from participation.models.contributions import Contribution, Kind, Origin, Publication
from participation.models.dialogues import Access, Dialogue, Level, Loop, Moderation, Question
from participation.models.moderation import Appeal, Flag, HideReason, ModerationDecision
from participation.models.phases import ACTS, RESERVED, Act, Step

__all__ = [
    "ACTS",
    "RESERVED",
    "Access",
    "Act",
    "Address",
    "Appeal",
    "Contribution",
    "Dialogue",
    "Flag",
    "HideReason",
    "Kind",
    "Level",
    "Loop",
    "Moderation",
    "ModerationDecision",
    "Origin",
    "Point",
    "Publication",
    "Question",
    "Result",
    "Step",
    "Treatment",
    "TreatmentVersion",
]
