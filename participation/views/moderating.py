"""The queue of the moderators, appeals, merging, and the published figures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import moderation_figures, services
from participation.duplicates import candidates
from participation.forms import DecideAppealForm, HideForm, QueueForm
from participation.models import Appeal, Contribution, HideReason
from participation.views.office import PER_PAGE, needs, show


@require_safe
@needs("participation.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """What a moderator should look at: flagged first, then the oldest; filtered by the URL."""
    form = QueueForm(request.GET, person=request.user)
    rows = form.apply(Contribution.objects.visible_to(request.user).for_moderation()).for_lists()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "total": page.paginator.count,
        "form": form,
        "open_appeals": Appeal.objects.open().count(),
    }
    return render(request, "participation/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate")
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish with one click, or hide with a reason."""
    found = get_object_or_404(Contribution.objects.visible_to(request.user).for_lists(), pk=pk)
    hiding = request.method == "POST" and request.POST.get("action") == "hide"
    form = HideForm(request.POST if hiding else None)
    if request.method == "POST" and (done := _decide(request, found, form)):
        messages.success(request, done)
        return redirect("participation:moderation")
    context = {
        "contribution": found,
        "form": form,
        "decisions": found.decisions.select_related("by", "appeal__decided_by"),
        "flags": found.flags.all(),
    }
    return render(request, "participation/moderate.html", context)


def _decide(request: HttpRequest, found: Contribution, form: HideForm) -> str:
    """What was done, in words; empty if the form has to be shown again."""
    person: Any = request.user
    try:
        if request.POST.get("action") == "publish":
            services.publish(contribution=found, by=person)
            return _("Published.")
        if form.is_valid():
            reason, category = form.cleaned_data["reason"], HideReason(form.cleaned_data["category"])
            services.hide(contribution=found, by=person, reason=reason, category=category)
            return _("Hidden. The author sees your reason.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return ""


@require_safe
@needs("participation.moderate")
def appeals(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, oldest first; those against a decision of one's own are for somebody else."""
    rows = Appeal.objects.open().select_related(
        "decision__by", "decision__contribution__loop__dialogue", "decision__contribution__author"
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/appeals.html", {"page_obj": page, "total": page.paginator.count})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate")
def decide_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person decides; whoever hid it reads why they cannot."""
    found = get_object_or_404(Appeal.objects.select_related("decision__contribution", "decision__by"), pk=pk)
    may_decide = request.user.has_perm("participation.decide_appeal", found)
    form = DecideAppealForm(request.POST or None)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        outcome, reason = Appeal.Outcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
        try:
            services.decide_appeal(appeal=found, by=request.user, outcome=outcome, reason=reason)  # type: ignore[arg-type]
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Decided. The author sees your reason."))
            return redirect("participation:appeals")
    contribution = Contribution.objects.for_lists().get(pk=found.decision.contribution_id)
    context = {"appeal": found, "contribution": contribution, "form": form, "may_decide": may_decide}
    return render(request, "participation/appeal_decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate", "participation.answer")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose contributions that say the same as this one; they keep their pages and are answered with it."""
    visible = Contribution.objects.visible_to(request.user).published()
    target = get_object_or_404(visible.for_lists(), pk=pk)
    if request.method == "POST":
        chosen = [int(key) for key in request.POST.getlist("original") if key.isdecimal() and len(key) < 19]
        originals = list(visible.filter(pk__in=chosen))
        try:
            services.merge(originals=originals, into=target, by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Merged. Each author is told."))
            return redirect(target)
    query = request.GET.get("q", "")[:100]
    context = {"contribution": target, "candidates": candidates(target, visible, query), "query": query}
    return render(request, "participation/merge.html", context)


@require_POST
@needs("participation.moderate", "participation.answer")
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    original = get_object_or_404(Contribution.objects.visible_to(request.user), pk=pk)
    try:
        services.unmerge(original=original, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("It stands for itself again. Its author is told."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(original)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How the portal moderates, in numbers, for everyone."""
    return render(request, "participation/figures.html", {"figures": moderation_figures.figures()})
