"""What moderators and the office send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.models import OrganisationUnit
from participation.models import Result
from step.models import Measure
from step.models.access import Reader


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The author sees it."),
    )


class AnswerForm(forms.Form):
    """The reasoned answer of an office."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In plain words, if possible in the language of the author. It is published."),
    )
    unit: forms.ModelChoiceField = forms.ModelChoiceField(OrganisationUnit.objects.all(), label=_("Answering unit"))
    measure: forms.ModelChoiceField = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Measure that it changed"),
        required=False,
        empty_label=_("No measure"),
        help_text=_("Links the contribution and the measure in both directions."),
    )

    def __init__(self, *args: Any, person: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = Measure.objects.visible_to(person).only("code", "title", "title_de")
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]
