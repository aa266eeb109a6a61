"""What people say about a contribution, and what an author changes in their own."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.forms.contributing import language_field
from participation.languages import detect
from participation.models import Comment, Contribution
from participation.models.talking import MAX_COMMENT
from step.models.access import Reader


class CommentForm(forms.ModelForm):
    """A comment or a reply. `website` is a trap: people do not see it, programs fill it in."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    class Meta:
        model = Comment
        fields = ["text", "author_name", "parent"]
        labels = {"text": _("Your comment"), "author_name": _("Your name or pseudonym")}
        help_texts = {"author_name": _("Shown beside your text. Leave it empty to stay anonymous.")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4, "maxlength": MAX_COMMENT}),
            "parent": forms.HiddenInput,
        }

    def __init__(self, *args: Any, person: Reader, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment_%s", **kwargs})
        self.contribution = contribution
        self.initial.setdefault("submission_key", uuid.uuid4())
        self.fields["parent"] = forms.ModelChoiceField(
            Comment.objects.filter(contribution=contribution).published(), required=False, widget=forms.HiddenInput
        )
        if isinstance(person, User):
            del self.fields["author_name"]

    @property
    def is_trapped(self) -> bool:
        """A program filled in what people cannot see."""
        return bool(self.data.get("website"))

    @property
    def replied_to(self) -> Comment | None:
        """The comment that this one answers."""
        key = str(self["parent"].value() or "")
        rows = Comment.objects.filter(contribution=self.contribution).published().select_related("author")
        return rows.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None

    def comment(self) -> Comment:
        """The comment, not yet stored."""
        comment: Comment = self.save(commit=False)
        comment.contribution = self.contribution
        comment.language = detect(comment.text) or self.contribution.language
        return comment

    def _post_clean(self) -> None:
        """No check of the record yet: the service completes it and checks it as a whole."""
        self.instance.contribution = self.contribution
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, not in the stubs


class EditForm(forms.ModelForm):
    """What an author can change: the words, and the language that the portal took them for."""

    class Meta:
        model = Contribution
        fields = ["text", "language"]
        labels = {"text": _("Your contribution")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8, "maxlength": 5000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = language_field(required=True)

    def _post_clean(self) -> None:
        """The service writes; the form leaves the record alone."""
