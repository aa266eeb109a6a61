"""The desk of the dialogue."""

from participation.admin import addresses, answers, contributions, dialogues, events, measures, polls, talking

__all__ = ["addresses", "answers", "contributions", "dialogues", "events", "measures", "polls", "talking"]
