"""Dialog@Differdange: dialogues and their loops, what people say, and what becomes of it."""

from participation.models.answers import Point, Result, Treatment
from participation.models.contributions import Contribution, Kind, ModerationDecision, Origin, Publication
from participation.models.dialogues import Access, Dialogue, Level, Loop, Moderation, Question
from participation.models.events import Event, EventKind, Registration, Seat
from participation.models.phases import ACTS, Act, Step
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

__all__ = [
    "ACTS",
    "Access",
    "Act",
    "Ballot",
    "Contribution",
    "Dialogue",
    "Event",
    "EventKind",
    "Identification",
    "Kind",
    "Level",
    "Loop",
    "Moderation",
    "ModerationDecision",
    "Origin",
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
    "Treatment",
]
