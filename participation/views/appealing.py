"""For readers and authors: flag a contribution, appeal against hiding one's own."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation import services, throttle
from participation.forms import AppealForm, FlagForm
from participation.models import Contribution, HideReason
from participation.views.office import show


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a moderator that something is wrong with it. Once per person, or per session without an account."""
    found = get_object_or_404(Contribution.objects.visible_to(request.user).published().for_lists(), pk=pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if throttle.allows(request, "flag"):
            category, note = HideReason(form.cleaned_data["category"]), form.cleaned_data["note"]
            services.flag(contribution=found, visitor=_visitor(request), category=category, note=note)
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(found)
        form.add_error(None, _("Many flags came from here within the hour. Please try again later."))
    return render(request, "participation/flag.html", {"contribution": found, "form": form})


def _visitor(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    if not request.session.session_key:
        request.session.save()
    return hashlib.sha256(f"{settings.SECRET_KEY}:flag:{request.session.session_key}".encode()).hexdigest()[:32]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def appeal(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the receipt asks a second person to look at a contribution that was hidden."""
    found = get_object_or_404(Contribution.objects.for_lists(), receipt_code=code)
    decision = services.last_hiding(found)
    form = AppealForm(request.POST or None)
    if decision is None or hasattr(decision, "appeal"):
        messages.info(request, _("There is nothing to appeal against, or a second person looks at it already."))
        return redirect("participation:story", code)
    if request.method == "POST" and form.is_valid():
        try:
            services.appeal(contribution=found, text=form.cleaned_data["text"])
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Thank you. A second person will look at it."))
            return redirect("participation:story", code)
    context = {"contribution": found, "decision": decision, "form": form}
    return render(request, "participation/appeal.html", context)
