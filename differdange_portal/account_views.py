"""My data: see it, take it along, delete it."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from differdange_portal import personal


@require_safe
@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """How much of what the portal holds about me."""
    return render(request, "portal/my_data.html", {"sections": personal.export(_person(request))})


@require_safe
@never_cache
@login_required
def my_data_json(request: HttpRequest) -> HttpResponse:
    """Everything, for machines."""
    data = {section.key: section.as_data() for section in personal.export(_person(request))}
    body = json.dumps({"exported_at": timezone.now(), **data}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _attachment(HttpResponse(body, content_type="application/json"), "json")


@require_safe
@never_cache
@login_required
def my_data_html(request: HttpRequest) -> HttpResponse:
    """Everything, for people: one page without the portal around it."""
    context = {"sections": personal.export(_person(request)), "now": timezone.now()}
    return _attachment(render(request, "portal/my_data_export.html", context), "html")


class DeleteAccountForm(forms.Form):
    """Whoever finds an unlocked phone must not be able to delete its owner's account."""

    password = forms.CharField(
        label=gettext_lazy("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        if not self.person.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password. Nothing has been deleted."))
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_account(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = DeleteAccountForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        logout(request)  # the session may hold receipts and typed text
        personal.erase(person)
        messages.success(request, _("Your account and your data have been deleted."))
        return redirect("home")
    return render(request, "portal/delete_account.html", {"form": form})


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 -- every view here asks for a login first
    return request.user


def _attachment(response: HttpResponse, kind: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="differdange-portal.{kind}"'
    return response
