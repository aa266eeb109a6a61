"""Sending a contribution: the same steps for a dialogue and for a comment on a record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.query import readable
from participation import throttle
from participation.forms import ContributionForm
from participation.models import Dialogue
from participation.services import submit_contribution

DRAFT = "contribution_draft"
RECEIPTS = "receipts"
KEPT = 50  # receipts remembered in one session


def form_for(request: HttpRequest, dialogue: Dialogue | None = None) -> ContributionForm:
    """The form with what was just sent, or with what was typed before logging in, or empty."""
    if request.method == "POST":
        return ContributionForm(readable(request.POST, instead=""), person=request.user, dialogue=dialogue)
    draft = request.session.get(DRAFT, {})
    initial = draft.get("fields", {}) if draft.get("path") == request.path else {}
    if not initial and (question := request.GET.get("frage", "")).isdecimal():
        initial = {"question": question}
    return ContributionForm(person=request.user, dialogue=dialogue, initial=initial)


def send(request: HttpRequest, form: ContributionForm, **context: Any) -> HttpResponse | None:
    """Store what was sent and go to its receipt; None if the form has to be shown again with its messages."""
    if form.is_trapped:
        return redirect("participation:dialogues")  # a program gets no hint
    if not form.is_valid():
        return None
    if not throttle.allows(request, "contribute"):
        form.add_error(None, _("Many contributions came from here within the hour. Please try again later."))
        return None
    contribution = form.contribution(**context)
    try:
        stored = submit_contribution(
            contribution=contribution, person=request.user, submission_key=form.cleaned_data["submission_key"]
        )
    except ValidationError as error:
        _show(form, error)
        return None
    request.session.pop(DRAFT, None)
    remember(request, stored.receipt_code)
    messages.success(request, _("Thank you. Your contribution has arrived."))
    return redirect("participation:story", stored.receipt_code)


def _show(form: ContributionForm, error: ValidationError) -> None:
    """The service's words beside the field that they are about."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in told.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def keep_and_log_in(request: HttpRequest) -> HttpResponse:
    """What was typed survives the login and stands in the form again afterwards."""
    fields = {name: value for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "website"}}
    request.session[DRAFT] = {"path": request.path, "fields": {k: str(v)[:10_000] for k, v in fields.items()}}
    return redirect_to_login(request.path)


def remember(request: HttpRequest, code: str) -> None:
    """This browser may see the story of what was sent from it, also while it waits."""
    request.session[RECEIPTS] = [*request.session.get(RECEIPTS, []), code][-KEPT:]
