"""What moderators send, what readers flag, and what authors write against being hidden."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.models import Appeal, Contribution, Dialogue, HideReason, Publication
from step.models.access import Reader

MAX_TEXT = 100


class HideForm(forms.Form):
    category = forms.ChoiceField(
        label=_("Kind of reason"), choices=HideReason.choices, help_text=_("Counted in the published figures.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The author sees it."),
    )


class FlagForm(forms.Form):
    category = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=HideReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note for the moderator"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Why should it be published?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class DecideAppealForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=Appeal.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author sees it."),
    )


class QueueForm(forms.Form):
    """The filters of the moderation queue; they live in the URL."""

    SHOWN = [
        ("", _("Everything that waits")),
        ("waiting", _("Not published yet")),
        ("flagged", _("Flagged by readers")),
        ("unchecked", _("Published at once, not checked yet")),
    ]
    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    dialogue: forms.ModelChoiceField = forms.ModelChoiceField(
        Dialogue.objects.none(),
        label=_("Dialogue"),
        to_field_name="slug",
        required=False,
        empty_label=_("All dialogues"),
    )
    q = forms.CharField(
        label=_("Text"), required=False, max_length=MAX_TEXT, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, person: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(person)  # type: ignore[attr-defined]

    def apply(self, rows: Any) -> Any:
        """The rows (contributions `for_moderation`) that fit; a filter that is not understood says so in the form."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("show") == "waiting":
            rows = rows.filter(status=Publication.WAITING)
        elif wanted.get("show") == "flagged":
            rows = rows.filter(open_flags__gt=0)
        elif wanted.get("show") == "unchecked":
            rows = rows.filter(pk__in=Contribution.objects.unchecked().values("pk"))
        if wanted.get("dialogue"):
            rows = rows.filter(loop__dialogue=wanted["dialogue"])
        for word in wanted.get("q", "").split():
            rows = rows.filter(text__icontains=word)
        return rows
