"""What every desk of the administration shares."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from js_asset.media import Media


class InlineForm(forms.ModelForm):
    """The form of an inline whose uniqueness counts together with its parent record.

    Django leaves the parent out of the check of UniqueConstraints in inlines; a second record would then fail in the
    database instead of in the form.
    """

    def validate_unique(self) -> None:
        super().validate_unique()
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class PlainNumberInput(forms.NumberInput):
    """77 and not 77.0000: without the zeros that only the column's precision adds."""

    def format_value(self, value: Any) -> str | None:
        plain = super().format_value(value)
        return plain.rstrip("0").rstrip(".") if plain and "." in plain else plain


class DeskAdmin(admin.ModelAdmin):
    """A ModelAdmin whose rich-text editor works under the strict Content-Security-Policy.

    The editor's import map is an inline script; it runs only with the nonce of this very answer.
    """

    save_on_top = True
    list_per_page = 50

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)
