"""Forms of the Konzeptplan's pages: their shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from konzeptplan.models import Note, Snapshot
from konzeptplan.models.snapshots import SnapshotQuerySet


class ComparisonForm(forms.Form):
    """Two states: `von` and `bis`; an empty `bis` is today."""

    von = forms.ModelChoiceField(
        label=_("From"),
        queryset=Snapshot.objects.none(),
        error_messages={"required": _("Choose a state to begin with.")},
    )
    bis = forms.ModelChoiceField(
        label=_("To"), queryset=Snapshot.objects.none(), required=False, empty_label=_("Today")
    )

    def __init__(self, *args: Any, snapshots: SnapshotQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("von", "bis"):
            field: Any = self.fields[name]
            field.queryset = snapshots
            field.widget.attrs["class"] = "form-select"
        self.fields["von"].empty_label = None  # type: ignore[attr-defined]


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False  # kept empty, it is taken away
        self.fields["text"].label = _("My note")
        self.fields["text"].help_text = _("Only you see it. Kept empty, it is taken away.")
