"""Writes of the dialogue that need a rule, by what is done: contribute, moderate, answer, close, follow, tell."""

from participation.services.answering import answer
from participation.services.contributing import Refusal, refusal, submit_contribution, withdraw
from participation.services.erasing import forget_person
from participation.services.following import (
    confirm,
    follow,
    follow_by_mail,
    follow_place,
    set_frequency,
    to_confirm,
    unfollow,
)
from participation.services.loops import close_loop
from participation.services.mailing import mail_news
from participation.services.moderating import hide, publish
from participation.services.telling import tell_news

__all__ = [
    "Refusal",
    "answer",
    "close_loop",
    "confirm",
    "follow",
    "follow_by_mail",
    "follow_place",
    "forget_person",
    "hide",
    "mail_news",
    "publish",
    "refusal",
    "set_frequency",
    "submit_contribution",
    "tell_news",
    "to_confirm",
    "unfollow",
    "withdraw",
]
