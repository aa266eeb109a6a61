"""The shape of what people and staff send. Rules are in `services/`."""

from participation.forms.contributing import ContributionForm, ReceiptForm
from participation.forms.office import AnswerForm, HideForm
from participation.forms.talking import CommentForm, EditForm

__all__ = [
    "AnswerForm",
    "CommentForm",
    "ContributionForm",
    "EditForm",
    "HideForm",
    "ReceiptForm",
]
