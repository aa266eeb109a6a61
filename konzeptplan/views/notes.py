"""The council's own tools: private notes, the follow list, short links, and the presentation for the room's screen."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from konzeptplan import services
from konzeptplan.edition import edition
from konzeptplan.exports.deck import deck
from konzeptplan.exports.stamp import live_stamp
from konzeptplan.figures import Audience
from konzeptplan.forms import NoteForm
from konzeptplan.models import Follow, Note, Tile, ViewLink
from konzeptplan.views.access import for_its_audience
from step.models import Measure


def _member(request: HttpRequest) -> User:
    if not request.user.has_perm("konzeptplan.view_council"):
        raise PermissionDenied
    return request.user  # type: ignore[return-value]


@require_safe
@login_required
def notes(request: HttpRequest) -> HttpResponse:
    """My notes and the measures that I follow."""
    user = _member(request)
    follows = Follow.objects.visible_to(user).select_related("measure__lead_plan", "measure__horizon")
    context = {
        "notes": Note.objects.visible_to(user).select_related("measure"),
        "follows": follows.prefetch_related("measure__localities"),
        "tiles": Tile,
    }
    return render(request, "konzeptplan/notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note(request: HttpRequest, code: str = "", tile: str = "") -> HttpResponse:
    """Write a note on a measure or on a part of the dashboard; kept empty, it is taken away."""
    user = _member(request)
    place = _place(user, code, tile)
    kept = Note.objects.visible_to(user).filter(measure=place["measure"], tile=tile).first()
    form = NoteForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        services.keep_note(author=user, text=form.cleaned_data["text"], **place)
        messages.success(request, _("Your note is kept. Only you see it."))
        return redirect("konzeptplan:notes")
    context = {"form": form, "measure": place["measure"], "tile": place["tile"], "note": kept}
    return render(request, "konzeptplan/note.html", context)


def _place(user: User, code: str, tile: str) -> dict[str, Any]:
    if code:
        return {"measure": get_object_or_404(Measure.objects.visible_to(user), code=code.upper()), "tile": None}
    if tile not in Tile:
        raise Http404
    return {"measure": None, "tile": Tile(tile)}


@require_POST
@login_required
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to follow a measure, or end it."""
    user = _member(request)
    measure = get_object_or_404(Measure.objects.visible_to(user), code=code.upper())
    services.set_following(user=user, measure=measure, follows=request.POST.get("follows") == "1")
    return redirect(_back(request, measure.get_absolute_url()))


@require_POST
@login_required
def share(request: HttpRequest) -> HttpResponse:
    """Make the short link to a view, and show it to be copied."""
    user = _member(request)
    path = request.POST.get("path", "").removeprefix(f"/{get_language()}/")
    try:
        link = services.link_to(path=path, by=user)
    except ValidationError:
        raise Http404 from None
    url = request.build_absolute_uri(reverse("konzeptplan:link", args=[link.code]))
    return render(request, "konzeptplan/share.html", {"link": link, "url": url, "view": f"/{get_language()}/{path}"})


@require_safe
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Open exactly the view of a short link, in the reader's language; the view itself asks who may see it."""
    found = get_object_or_404(ViewLink, code=code.lower())
    return redirect(f"/{get_language()}/{found.target}")


@require_safe
@for_its_audience
def presentation(request: HttpRequest, audience: Audience) -> HttpResponse:
    """One tile per screen, in large type; the keys are a comfort, anchors and scrolling are enough."""
    today = timezone.localdate()
    now = edition(today, audience)
    context = {"deck": deck(now), "audience": audience, "stamp": live_stamp(now), "today": today}
    return render(request, "konzeptplan/presentation.html", context)


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form was, if that is on this portal."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and not urlsplit(wanted).netloc
    return wanted if is_ours and wanted.startswith("/") else otherwise
