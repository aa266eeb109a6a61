"""For moderators and the office: what waits for a decision, an answer, an end."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import services
from participation.forms import AnswerForm, HideForm
from participation.models import Contribution, Loop, Result

PER_PAGE = 20
View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Asks for a login, then for the permission: 403 without it."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@require_safe
@needs("participation.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for moderation, oldest first."""
    rows = Contribution.objects.waiting().for_lists().order_by("created_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/moderation.html", {"page_obj": page, "total": page.paginator.count})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate")
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish with one click, or hide with a reason."""
    found = get_object_or_404(Contribution.objects.for_lists(), pk=pk)
    hiding = request.method == "POST" and request.POST.get("action") == "hide"
    form = HideForm(request.POST if hiding else None)
    if request.method == "POST":
        try:
            if request.POST.get("action") == "publish":
                services.publish(contribution=found, by=request.user)  # type: ignore[arg-type]
                messages.success(request, _("Published."))
                return redirect("participation:moderation")
            if form.is_valid():
                services.hide(contribution=found, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
                messages.success(request, _("Hidden. The author sees your reason."))
                return redirect("participation:moderation")
        except ValidationError as error:
            messages.error(request, error.messages[0])
    context = {"contribution": found, "form": form, "decisions": found.decisions.select_related("by")}
    return render(request, "participation/moderate.html", context)


@require_safe
@needs("participation.answer")
def answers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first."""
    rows = Contribution.objects.visible_to(request.user).untreated().for_lists().order_by("published_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/answers.html", {"page_obj": page, "total": page.paginator.count})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a contribution: result, reason, and the measure that it changed."""
    visible = Contribution.objects.visible_to(request.user).published()
    found = get_object_or_404(visible.for_lists(), pk=pk)
    initial = {"measure": found.measure_id}
    form = AnswerForm(request.POST or None, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer(
                contribution=found,
                by=request.user,  # type: ignore[arg-type]
                result=Result(form.cleaned_data["result"]),
                reason=form.cleaned_data["reason"],
                unit=form.cleaned_data["unit"],
                measure=form.cleaned_data["measure"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Answered. The author can read it now."))
            return redirect("participation:answers")
    return render(request, "participation/answer.html", {"contribution": found, "form": form})


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
