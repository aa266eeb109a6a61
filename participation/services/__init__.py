"""Writes of the dialogue that need a rule, by what is done: contribute, talk, moderate, answer, close."""

from participation.services.answering import answer
from participation.services.confirming import confirm
from participation.services.contributing import Refusal, forget_history, refusal, submit_contribution, withdraw
from participation.services.editing import edit_contribution, why_not_editable
from participation.services.loops import close_loop
from participation.services.moderating import hide, publish
from participation.services.picturing import NewPhoto
from participation.services.talking import (
    add_comment,
    forget_supports,
    hide_comment,
    publish_comment,
    support,
    talk_refusal,
    withdraw_comment,
    withdraw_support,
)

__all__ = [
    "NewPhoto",
    "Refusal",
    "add_comment",
    "answer",
    "close_loop",
    "confirm",
    "edit_contribution",
    "forget_history",
    "forget_supports",
    "hide",
    "hide_comment",
    "publish",
    "publish_comment",
    "refusal",
    "submit_contribution",
    "support",
    "talk_refusal",
    "why_not_editable",
    "withdraw",
    "withdraw_comment",
    "withdraw_support",
]
