"""Writes of the dialogue that need a rule: contribute, moderate, merge, answer, close, follow, tell."""

from participation.services.answering import Verdict, answer, answer_points, answer_whole, correct, group, split, whole
from participation.services.appealing import appeal, decide_appeal, flag, last_hiding
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
from participation.services.merging import merge, unmerge
from participation.services.moderating import hide, publish
from participation.services.telling import tell_news

__all__ = [
    "Refusal",
    "Verdict",
    "answer",
    "answer_points",
    "answer_whole",
    "appeal",
    "close_loop",
    "confirm",
    "correct",
    "decide_appeal",
    "flag",
    "follow",
    "follow_by_mail",
    "follow_place",
    "forget_person",
    "group",
    "hide",
    "last_hiding",
    "mail_news",
    "merge",
    "publish",
    "refusal",
    "set_frequency",
    "split",
    "submit_contribution",
    "tell_news",
    "to_confirm",
    "unfollow",
    "unmerge",
    "whole",
    "withdraw",
]
