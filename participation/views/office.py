"""What the pages for staff share, and the end of a loop."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation import services
from participation.models import Loop

PER_PAGE = 20
View = Callable[..., HttpResponse]


def needs(*permissions: str) -> Callable[[View], View]:
    """Asks for a login, then for one of the permissions: 403 without any."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def show(form: forms.Form, error: ValidationError) -> None:
    """The service's words beside the field that they are about."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in told.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)


@require_POST
@needs("participation.answer")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a loop; refused with the reason while something is untreated."""
    loop: Loop = get_object_or_404(Loop.objects.select_related("dialogue"), pk=pk)
    try:
        services.close_loop(loop=loop, by=request.user, summary=request.POST.get("summary", ""))  # type: ignore[arg-type]
        messages.success(request, _("The loop is closed, and its summary is published."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(loop.dialogue)
