"""Writes of the dialogue that need a rule, by what is done: contribute, moderate, appeal, merge, answer, close."""

from participation.services.answering import Verdict, answer, answer_points, answer_whole, correct, group, split, whole
from participation.services.appealing import appeal, decide_appeal, flag, last_hiding
from participation.services.contributing import Refusal, refusal, submit_contribution, withdraw
from participation.services.loops import close_loop
from participation.services.merging import merge, unmerge
from participation.services.moderating import hide, publish

__all__ = [
    "Refusal",
    "Verdict",
    "answer",
    "answer_points",
    "answer_whole",
    "appeal",
    "close_loop",
    "correct",
    "decide_appeal",
    "flag",
    "group",
    "hide",
    "last_hiding",
    "merge",
    "publish",
    "refusal",
    "split",
    "submit_contribution",
    "unmerge",
    "whole",
    "withdraw",
]
