"""What people send, what moderators send, what the office sends."""

from participation.forms.contributing import ContributionForm, ReceiptForm
from participation.forms.following import FollowByMailForm, FrequencyForm, PlaceForm
from participation.forms.moderating import AppealForm, DecideAppealForm, FlagForm, HideForm, QueueForm
from participation.forms.office import AnswerForm, AnswersForm, DueForm, SplitForm
from participation.forms.talking import CommentForm, EditForm

__all__ = [
    "AnswerForm",
    "AnswersForm",
    "AppealForm",
    "CommentForm",
    "ContributionForm",
    "DecideAppealForm",
    "DueForm",
    "EditForm",
    "FlagForm",
    "FollowByMailForm",
    "FrequencyForm",
    "HideForm",
    "PlaceForm",
    "QueueForm",
    "ReceiptForm",
    "SplitForm",
]
