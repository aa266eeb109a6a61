"""The desk of the dialogue."""

from participation.admin import answers, contributions, dialogues, polls

__all__ = ["answers", "contributions", "dialogues", "polls"]
