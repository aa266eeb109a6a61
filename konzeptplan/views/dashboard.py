"""The Konzeptplan as a page: the same figures, once for everyone and once for the council."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from konzeptplan.figures import Audience
from konzeptplan.rollup import build


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What everyone may know, on one page."""
    return _page(request, Audience.PUBLIC)


@require_safe
@login_required
def council(request: HttpRequest) -> HttpResponse:
    """With internal measures, for the session."""
    if not request.user.has_perm("konzeptplan.view_council"):
        raise PermissionDenied
    return _page(request, Audience.COUNCIL)


def _page(request: HttpRequest, audience: Audience) -> HttpResponse:
    today: dt.date = timezone.localdate()
    return render(request, "konzeptplan/dashboard.html", {"plan": build(today, audience), "audience": audience})
