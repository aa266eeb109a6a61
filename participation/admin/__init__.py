"""The desk of the dialogue."""

from participation.admin import addresses, answers, contributions, dialogues, measures

__all__ = ["addresses", "answers", "contributions", "dialogues", "measures"]
