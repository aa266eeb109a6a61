"""The desk of the dialogue."""

from participation.admin import answers, contributions, dialogues

__all__ = ["answers", "contributions", "dialogues"]
