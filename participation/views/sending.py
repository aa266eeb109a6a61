"""Sending a contribution: the same steps for a dialogue and for a comment on a record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.query import readable
from participation import spam, throttle
from participation.forms import ContributionForm
from participation.models import Dialogue, Publication
from participation.services import submit_contribution
from participation.similar import similar_to

DRAFT = "contribution_draft"
RECEIPTS = "receipts"
NOT_TYPED = {"csrfmiddlewaretoken", "website", "check", "shown"}
KEPT = 50  # receipts remembered in one session


def form_for(request: HttpRequest, dialogue: Dialogue | None = None) -> ContributionForm:
    """The form with what was just sent, or with what was typed before logging in, or empty.

    Whoever asks for similar texts without a script gets the form back as it was, with what is similar.
    """
    if "check" in request.POST:
        form = ContributionForm(person=request.user, dialogue=dialogue, initial=_typed(request))
        form.similar = similar_to(request.POST.get("text", ""), request.user)
    elif request.method == "POST":
        form = ContributionForm(
            readable(request.POST, instead=""), request.FILES, person=request.user, dialogue=dialogue
        )
    else:
        form = ContributionForm(person=request.user, dialogue=dialogue, initial=_initial(request))
    return form


def _initial(request: HttpRequest) -> dict[str, str]:
    draft = request.session.get(DRAFT, {})
    initial: dict[str, str] = draft.get("fields", {}) if draft.get("path") == request.path else {}
    if not initial and (question := request.GET.get("frage", "")).isdecimal():
        return {"question": question}
    return initial


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, cut where nothing that long can be sent."""
    return {name: str(value)[:20_000] for name, value in request.POST.items() if name not in NOT_TYPED}


def send(request: HttpRequest, form: ContributionForm, **context: Any) -> HttpResponse | None:
    """Store what was sent and go to its receipt; None if the form has to be shown again with its messages."""
    if not form.is_bound:
        return None
    if form.is_trapped:
        return redirect("participation:dialogues")  # a program gets no hint
    if not form.is_valid():
        return None
    if spam.is_hasty(request.POST.get("shown", "")):
        form.add_error(None, _("That was very quick. Please read it once more and send it again."))
        return None
    if not throttle.allows(request, "contribute"):
        form.add_error(None, _("Many contributions came from here within the hour. Please try again later."))
        return None
    contribution = form.contribution(**context)
    try:
        stored = submit_contribution(
            contribution=contribution,
            person=request.user,
            submission_key=form.cleaned_data["submission_key"],
            photos=form.new_photos,
            site=f"{request.scheme}://{request.get_host()}",
        )
    except ValidationError as error:
        show(form, error)
        return None
    request.session.pop(DRAFT, None)
    remember(request, stored.receipt_code)
    messages.success(request, _thanks(stored.status))
    return redirect("participation:story", stored.receipt_code)


def _thanks(status: str) -> str:
    if status == Publication.UNCONFIRMED:
        return _("Thank you. Please open the link in the mail that we have just sent you: then it is passed on.")
    return _("Thank you. Your contribution has arrived.")


def show(form: BaseForm, error: ValidationError) -> None:
    """The service's words beside the field that they are about."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in told.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


def keep_and_log_in(request: HttpRequest) -> HttpResponse:
    """What was typed survives the login and stands in the form again afterwards."""
    request.session[DRAFT] = {"path": request.path, "fields": _typed(request)}
    return redirect_to_login(request.path)


def remember(request: HttpRequest, code: str) -> None:
    """This browser may see the story of what was sent from it, also while it waits."""
    known = request.session.get(RECEIPTS, [])
    if code not in known:
        request.session[RECEIPTS] = [*known, code][-KEPT:]
