"""Writes of the dialogue that need a rule: contribute, talk, moderate, merge, answer, close, follow, tell."""

from participation.services.answering import Verdict, answer, answer_points, answer_whole, correct, group, split, whole
from participation.services.appealing import appeal, decide_appeal, flag, last_hiding
from participation.services.confirming import confirm_contribution
from participation.services.contributing import Refusal, refusal, submit_contribution, withdraw
from participation.services.editing import edit_contribution, why_not_editable
from participation.services.erasing import forget_history, forget_person
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
from participation.services.telling import tell_news

__all__ = [
    "NewPhoto",
    "Refusal",
    "Verdict",
    "add_comment",
    "answer",
    "answer_points",
    "answer_whole",
    "appeal",
    "close_loop",
    "confirm",
    "confirm_contribution",
    "correct",
    "decide_appeal",
    "edit_contribution",
    "flag",
    "follow",
    "follow_by_mail",
    "follow_place",
    "forget_history",
    "forget_person",
    "forget_supports",
    "group",
    "hide",
    "hide_comment",
    "last_hiding",
    "mail_news",
    "merge",
    "publish",
    "publish_comment",
    "refusal",
    "set_frequency",
    "split",
    "submit_contribution",
    "support",
    "talk_refusal",
    "tell_news",
    "to_confirm",
    "unfollow",
    "unmerge",
    "whole",
    "why_not_editable",
    "withdraw",
    "withdraw_comment",
    "withdraw_support",
]
