"""The desk of the dialogue."""

from participation.admin import answers, contributions, dialogues, talking

__all__ = ["answers", "contributions", "dialogues", "talking"]
