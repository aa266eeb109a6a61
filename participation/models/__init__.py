"""Dialog@Differdange: dialogues and their loops, what people say, and what becomes of it."""

from participation.models.answers import Point, Result, Treatment
from participation.models.contributions import Contribution, Kind, ModerationDecision, Origin, Publication
from participation.models.dialogues import Access, Dialogue, Level, Loop, Moderation, Question
from participation.models.phases import ACTS, Act, Step

__all__ = [
    "ACTS",
    "Access",
    "Act",
    "Contribution",
    "Dialogue",
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
]
