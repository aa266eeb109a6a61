"""The shape of what people and staff send. Rules are in `services/`."""

from participation.forms.contributing import ContributionForm, ReceiptForm
from participation.forms.office import AnswerForm, HideForm

__all__ = ["AnswerForm", "ContributionForm", "HideForm", "ReceiptForm"]
