"""Following: the button, my subscriptions, and the links in mails."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import services, throttle, unsubscribing
from participation.forms import FollowByMailForm, FrequencyForm, PlaceForm
from participation.models import Contribution, Dialogue, Frequency, Subscription
from participation.models.following import field_for
from step.models import Locality, Measure, Plan


def _record(request: HttpRequest, kind: str, pk: int) -> Any:
    """What can be followed: only what its reader may see."""
    doors: dict[str, models.QuerySet[Any]] = {
        "dialogue": Dialogue.objects.visible_to(request.user),
        "measure": Measure.objects.visible_to(request.user),
        "plan": Plan.objects.all(),
        "locality": Locality.objects.all(),
        "contribution": Contribution.objects.visible_to(request.user),
    }
    if kind not in doors:
        raise Http404
    return get_object_or_404(doors[kind], pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """With an account one click; without, by an e-mail address that is then confirmed."""
    record = _record(request, kind, pk)
    if request.user.is_authenticated:
        if request.method == "POST":
            services.follow(user=request.user, record=record)
            messages.success(request, _("You follow this now. Change how often mails come under “My subscriptions”."))
        return redirect(record)
    form = FollowByMailForm(request.POST or None)
    if request.method == "POST" and (form.is_trapped or (form.is_valid() and _may_ask(request, form))):
        if not form.is_trapped:
            services.follow_by_mail(
                email=form.cleaned_data["email"],
                language=(get_language() or "de")[:2],
                record=record,
                frequency=Frequency(form.cleaned_data["frequency"]),
            )
        return render(request, "participation/follow_sent.html", {"record": record})
    context = {"form": form, "record": record, "title": Subscription(**{field_for(record): record}).title}
    return render(request, "participation/follow.html", context)


def _may_ask(request: HttpRequest, form: FollowByMailForm) -> bool:
    if throttle.allows(request, "follow"):
        return True
    form.add_error(None, _("Many requests came from here within the hour. Please try again later."))
    return False


@require_POST
@login_required
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Subscription.objects.for_lists(), pk=pk, user=request.user)
    back = request.POST.get("next", "")
    services.unfollow(subscription=found)
    messages.success(request, _("You no longer follow this."))
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "participation:subscriptions")


@require_safe
@never_cache
@login_required
def subscriptions(request: HttpRequest) -> HttpResponse:
    """What I follow, and how often mails come."""
    rows = Subscription.objects.of(request.user).for_lists()  # type: ignore[arg-type]
    listed = [(row, _own_form(row)) for row in rows]
    return render(request, "participation/subscriptions.html", {"rows": listed})


def _own_form(row: Subscription) -> FrequencyForm:
    return FrequencyForm(initial={"frequency": row.frequency}, auto_id=f"frequency-{row.pk}")


@require_POST
@login_required
def set_frequency(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Subscription, pk=pk, user=request.user)
    form = FrequencyForm(request.POST)
    if form.is_valid():
        services.set_frequency(subscription=found, frequency=Frequency(form.cleaned_data["frequency"]))
        messages.success(request, _("Changed."))
    else:
        messages.error(request, _("Please choose how often mails come."))
    return redirect("participation:subscriptions")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def follow_place(request: HttpRequest) -> HttpResponse:
    """Everything within so many metres of a place."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.follow_place(
                user=request.user,  # type: ignore[arg-type]
                geometry=form.geometry,
                radius_m=form.cleaned_data["radius_m"],
                label=form.cleaned_data["label"],
                frequency=Frequency(form.cleaned_data["frequency"]),
            )
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("You hear of everything around this place now."))
            return redirect("participation:subscriptions")
    return render(request, "participation/follow_place.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail leads to a button: programs that check mails open links, but they press no buttons."""
    found = services.to_confirm(token)
    if found is None:
        return render(request, "participation/link_expired.html", status=404)
    if request.method == "POST":
        services.confirm(subscription=found)
        found.refresh_from_db()
    return render(request, "participation/confirm.html", {"subscription": found})


# The mail program posts by itself, without a page of ours before it (RFC 8058); the signature is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click ends the mails, without a login. Opening the page alone ends nothing."""
    wish = unsubscribing.read(token)
    if wish is None:
        return render(request, "participation/link_expired.html", status=404)
    if request.method == "POST":
        unsubscribing.stop(*wish)
    context = {"done": request.method == "POST", "what": wish[0], "all": wish[0] in {"u", "e"}}
    return render(request, "participation/unsubscribe.html", context)
