"""Dialog@Differdange: dialogues and their loops, what people say, and what becomes of it."""

from participation.models.answers import Point, Result, Treatment
from participation.models.contributions import Contribution, Kind, ModerationDecision, Origin, Publication
from participation.models.dialogues import Access, Dialogue, Level, Loop, Moderation, Question
from participation.models.phases import ACTS, Act, Step
from participation.models.photos import Photo
from participation.models.talking import Comment, CommentDecision, Support, Voice
from participation.models.versions import ContributionVersion, TextVersion

__all__ = [
    "ACTS",
    "Access",
    "Act",
    "Comment",
    "CommentDecision",
    "Contribution",
    "ContributionVersion",
    "Dialogue",
    "Kind",
    "Level",
    "Loop",
    "Moderation",
    "ModerationDecision",
    "Origin",
    "Photo",
    "Point",
    "Publication",
    "Question",
    "Result",
    "Step",
    "Support",
    "TextVersion",
    "Treatment",
    "Voice",
]
