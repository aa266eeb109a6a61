"""The desk of the dialogue."""

from participation.admin import answers, contributions, dialogues, measures

__all__ = ["answers", "contributions", "dialogues", "measures"]
