"""Which edition a page shows: the address says for whom, and what is for the council opens for the council only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from konzeptplan.figures import Audience
from step.models.access import Reader

View = Callable[..., HttpResponse]


def for_its_audience(view: View) -> View:
    """Guards a view that takes `audience`: the council's needs the right to read for the council."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, audience: Audience, **kwargs: Any) -> HttpResponse:
        if audience is Audience.COUNCIL:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm("konzeptplan.view_council"):
                raise PermissionDenied
        return view(request, *args, audience=audience, **kwargs)

    return guarded


def audience_of(user: Reader) -> Audience:
    """What a page with one address shows its reader: the council's edition to those who may read it."""
    return Audience.COUNCIL if user.has_perm("konzeptplan.view_council") else Audience.PUBLIC


def prefix(audience: Audience) -> str:
    """How the names of the council's addresses begin."""
    return "konzeptplan:council_" if audience is Audience.COUNCIL else "konzeptplan:"
