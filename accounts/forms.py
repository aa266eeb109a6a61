"""What a person fills in to open an account."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """Added to allauth's own sign-up form."""

    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=60,
        required=False,
        help_text=_("Shown beside what you write. Your e-mail is never shown."),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        data: dict[str, Any] = self.cleaned_data
        user.pseudonym = data["pseudonym"]
        user.language = (get_language() or user.language)[:5]
        user.save(update_fields=["pseudonym", "language"])
