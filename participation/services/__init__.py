"""Writes of the dialogue that need a rule, by what is done: contribute, moderate, answer, close."""

from participation.services.answering import answer
from participation.services.contributing import Refusal, refusal, submit_contribution, withdraw
from participation.services.loops import close_loop
from participation.services.moderating import hide, publish

__all__ = ["Refusal", "answer", "close_loop", "hide", "publish", "refusal", "submit_contribution", "withdraw"]
