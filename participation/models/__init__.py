"""Dialog@Differdange: dialogues and their loops, what people say, and what becomes of it."""

from participation.models.addresses import Address
from participation.models.answers import Point, Result, Treatment, TreatmentVersion
from participation.models.contributions import Contribution, Kind, Origin, Publication
from participation.models.dialogues import Access, Dialogue, Level, Loop, Moderation, Question
from participation.models.events import Event, EventKind, Registration, Seat
from participation.models.following import Frequency, Subscription
from participation.models.moderation import Appeal, Flag, HideReason, ModerationDecision
from participation.models.news import News, NewsCursor, Notification, ToldEntry, Why
from participation.models.phases import ACTS, RESERVED, Act, Step
from participation.models.photos import Photo
from participation.models.polls import (
    Ballot,
    Identification,
    Poll,
    PollAnswer,
    PollOption,
    PollQuestion,
    QuestionKind,
    ResultsFrom,
)
from participation.models.talking import Comment, CommentDecision, Support, Voice
from participation.models.versions import ContributionVersion, TextVersion

__all__ = [
    "ACTS",
    "RESERVED",
    "Access",
    "Act",
    "Address",
    "Appeal",
    "Ballot",
    "Comment",
    "CommentDecision",
    "Contribution",
    "ContributionVersion",
    "Dialogue",
    "Event",
    "EventKind",
    "Flag",
    "Frequency",
    "HideReason",
    "Identification",
    "Kind",
    "Level",
    "Loop",
    "Moderation",
    "ModerationDecision",
    "News",
    "NewsCursor",
    "Notification",
    "Origin",
    "Photo",
    "Point",
    "Poll",
    "PollAnswer",
    "PollOption",
    "PollQuestion",
    "Publication",
    "Question",
    "QuestionKind",
    "Registration",
    "Result",
    "ResultsFrom",
    "Seat",
    "Step",
    "Subscription",
    "Support",
    "TextVersion",
    "ToldEntry",
    "Treatment",
    "TreatmentVersion",
    "Voice",
    "Why",
]
