"""The desk of the dialogue."""

from participation.admin import answers, contributions, dialogues, events, polls

__all__ = ["answers", "contributions", "dialogues", "events", "polls"]
