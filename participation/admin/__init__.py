"""The desk of the dialogue."""

from participation.admin import addresses, answers, contributions, dialogues

__all__ = ["addresses", "answers", "contributions", "dialogues"]
