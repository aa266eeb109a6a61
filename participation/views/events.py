"""Events: the list, the months, one event with its registration, and calendar files."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.geo import representative_point
from participation import throttle
from participation.event_calendar import calendar
from participation.forms.events import RegistrationForm
from participation.models import Event
from participation.services import events as services
from step.mapdata import collection, locality_feature
from step.models import Locality

PER_PAGE = 20
FEED = 500  # the latest events of a feed; older ones stay on the portal
REGISTRATIONS_PER_HOUR = 10


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What comes, and what was."""
    now = timezone.now()
    visible = Event.objects.visible_to(request.user).for_lists()
    page = Paginator(visible.past(now), PER_PAGE).get_page(request.GET.get("page"))
    context = {"upcoming": visible.upcoming(now)[:100], "page_obj": page, "month": timezone.localdate()}
    return render(request, "participation/events/list.html", context)


@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The events of a month, day by day; an event over several days stands on its first day there."""
    if not (2000 <= year <= 2100 and 1 <= number <= 12):
        raise Http404
    first = dt.date(year, number, 1)
    after = _next_month(first)
    visible = Event.objects.visible_to(request.user).for_lists().touching(_midnight(first), _midnight(after))
    days: dict[dt.date, list[Event]] = {}
    for event in visible:
        days.setdefault(max(timezone.localdate(event.starts_at), first), []).append(event)
    before = (first - dt.timedelta(days=1)).replace(day=1)
    context = {"month": first, "days": sorted(days.items()), "before": before, "after": after}
    return render(request, "participation/events/month.html", context)


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """An event: when, where, for whom; the form to register; afterwards the minutes."""
    found = get_object_or_404(Event.objects.visible_to(request.user).for_lists(), pk=pk)
    now = timezone.now()
    takes = found.takes_registrations(now)
    form = RegistrationForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and (answer := _register(request, found, form)):
        return answer
    left = None if found.capacity is None else max(0, found.capacity - found.taken)
    context = {
        "event": found,
        "form": form if takes or form.is_bound else None,
        "takes": takes,
        "is_over": found.is_over(now),
        "left": left,
        "map_data": _map(found) if found.geometry else None,
        "contributions": found.contributions.visible_to(request.user).published().for_lists()[:PER_PAGE],
    }
    return render(request, "participation/events/event.html", context)


def _map(event: Event) -> dict[str, Any]:
    """The place among the outlines of the localities, which show where it is also without tiles."""
    outlines = [locality_feature(place) for place in Locality.objects.all() if place.outline]
    return collection([*outlines, _feature(event)])


def _feature(event: Event) -> dict[str, Any]:
    """The place in the shape in which the portal's map draws measures."""
    properties = {
        "kind": "measure",
        "title": event.place,
        "url": event.get_absolute_url(),
        "link_label": event.title,
        "plan": "event",
        "plan_name": str(event.kind_enum.label),
        "status": date_format(timezone.localtime(event.starts_at), "SHORT_DATETIME_FORMAT"),
        "note": event.address,
        "point": representative_point(event.geometry),
    }
    return {"type": "Feature", "id": event.pk, "geometry": event.geometry, "properties": properties}


def _register(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse | None:
    """Take a registration and go back to the event; None if the form has to be shown again with its messages.

    The answer is the same for an address that is registered already: nobody learns who comes.
    """
    if form.is_trapped:
        return redirect(event)  # a program gets no hint
    if not form.is_valid():
        return None
    if not throttle.allows(request, "register", REGISTRATIONS_PER_HOUR):
        form.add_error(None, _("Many registrations came from here within the hour. Please try again later."))
        return None
    language = (get_language() or "de")[:2]
    try:
        services.register(
            event=event, email=form.cleaned_data["email"], name=form.cleaned_data["name"], language=language
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(
        request,
        _("Thank you. We have sent you an e-mail: it says whether you have a place. Please confirm with its link."),
    )
    return redirect(event)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: confirm or cancel, each with a click of its own, so that no mail scanner does it."""
    found = services.registration_of(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("action") == "cancel":
                services.cancel(registration=found)
                messages.success(request, _("Your registration is cancelled. Thank you for telling us."))
            else:
                services.confirm(registration=found)
                messages.success(request, _("Thank you, your registration is confirmed."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("participation:registration", token)
    context = {"registration": found, "event": found.event, "is_over": found.event.is_over(timezone.now())}
    return render(request, "participation/events/registration.html", context)


@require_safe
def event_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One event for one's own calendar."""
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    return _calendar(calendar([found], found.title), f"event-{found.pk}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All events to subscribe to, in the language of the address."""
    rows = Event.objects.visible_to(request.user).order_by("-starts_at", "-pk")[:FEED]
    return _calendar(calendar(rows, _("Events in Differdange")), "differdange.ics")


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
