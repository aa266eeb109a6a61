"""Registering for an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from step.models.access import Reader


class RegistrationForm(forms.Form):
    """As little as it needs. `website` is a trap: people do not see it, programs fill it in."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("You get a link to confirm and to cancel. Deleted some weeks after the event."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        required=False,
        help_text=_("For the list at the door, seen by the office only. You may leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def __init__(self, *args: Any, person: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "register_%s"  # other forms may stand on the same page
        if isinstance(person, User):
            self.initial.setdefault("email", person.email)

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))
