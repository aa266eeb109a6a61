"""What people send."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models import Access, Contribution, Dialogue, Kind, Question
from step.models import Locality
from step.models.access import Reader


class ContributionForm(forms.ModelForm):
    """A contribution by anyone. `website` is a trap: people do not see it, programs fill it in."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    class Meta:
        model = Contribution
        fields = ["question", "text", "locality", "language", "author_name", "email"]
        labels = {
            "text": _("Your contribution"),
            "locality": _("Which part of town is it about?"),
            "language": _("Language of your text"),
            "author_name": _("Your name or pseudonym"),
            "email": _("Your e-mail"),
        }
        help_texts = {
            "author_name": _("Shown beside your text. Leave it empty to stay anonymous."),
            "email": _("Only to tell you what became of it. Never published."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "maxlength": 5000})}

    def __init__(self, *args: Any, person: Reader, dialogue: Dialogue | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        self.initial.setdefault("submission_key", uuid.uuid4())
        self.initial["language"] = self.initial.get("language") or (get_language() or settings.LANGUAGE_CODE)[:2]
        self._choices()
        if isinstance(person, User):
            for name in ("author_name", "email"):
                del self.fields[name]
        elif dialogue and dialogue.access == Access.EMAIL:
            self.fields["email"].required = True

    def _choices(self) -> None:
        self.fields["locality"] = forms.ModelChoiceField(
            Locality.objects.all(),
            label=self.fields["locality"].label,
            required=False,
            empty_label=_("The whole city"),
        )
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            choices=[(code, get_language_info(code)["name_local"].capitalize()) for code, _n in settings.LANGUAGES],
        )
        questions = self.dialogue.questions.all() if self.dialogue else Question.objects.none()
        if questions:
            self.fields["question"] = forms.ModelChoiceField(
                questions,
                label=_("What do you want to answer?"),
                required=False,
                empty_label=_("Something else: my own idea"),
                widget=forms.RadioSelect,
            )
        else:
            del self.fields["question"]

    @property
    def is_trapped(self) -> bool:
        """A program filled in what people cannot see."""
        return bool(self.data.get("website"))

    def contribution(self, **context: Any) -> Contribution:
        """The contribution, not yet stored, in its context (loop, measure, chapter or plan)."""
        contribution: Contribution = self.save(commit=False)
        for name, value in context.items():
            setattr(contribution, name, value)
        if "loop" not in context:
            contribution.kind = Kind.COMMENT
        else:
            contribution.kind = Kind.ANSWER if contribution.question_id else Kind.IDEA
        return contribution

    def clean(self) -> dict[str, Any]:
        """No check of constraints yet: the context comes from the address, and the service checks the whole record."""
        return self.cleaned_data


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("Receipt code"),
        max_length=20,
        help_text=_("Like K7QF-2MXA-9TRD; you saw it after sending."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """Forgive small letters, spaces and missing dashes."""
        letters = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())
        return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
