"""Reading: dialogues and what people said in them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from participation.filters import contributions_for
from participation.models import Act, Contribution, Dialogue
from participation.services import refusal
from participation.views.sending import RECEIPTS, form_for, keep_and_log_in, send

PER_PAGE = 20


@require_safe
def dialogues(request: HttpRequest) -> HttpResponse:
    """Open dialogues first, then the others."""
    today = timezone.localdate()
    visible = Dialogue.objects.visible_to(request.user).with_voice_counts().for_lists()
    open_ones = list(visible.open_on(today))
    others = [dialogue for dialogue in visible if dialogue not in open_ones]
    rows = [(dialogue, dialogue.current_loop(today)) for dialogue in [*open_ones, *others]]
    listed = [(dialogue, loop, loop.step_on(today) if loop else None) for dialogue, loop in rows]
    context = {"open": listed[: len(open_ones)], "others": listed[len(open_ones) :]}
    return render(request, "participation/dialogues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest, slug: str) -> HttpResponse:
    """A dialogue: where its loop stands, what it asks, the form, and what others said."""
    found = get_object_or_404(Dialogue.objects.visible_to(request.user).for_lists(), slug=slug)
    today = timezone.localdate()
    loop = found.current_loop(today)
    why_not = refusal(loop, request.user, today) if loop else None
    form = form_for(request, found) if loop and loop.allows(Act.CONTRIBUTE, today) else None
    if request.method == "POST":
        if loop is None or form is None:
            return _closed(request, found)
        if why_not and why_not.login_helps:
            return keep_and_log_in(request)
        if answer := send(request, form, loop=loop):
            return answer
    visible = Contribution.objects.visible_to(request.user).published().filter(loop__dialogue=found)
    filters = contributions_for(request, visible)
    page = Paginator(filters.qs.for_lists(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "dialogue": found,
        "loop": loop,
        "step": loop.step_on(today) if loop else None,
        "loops": sorted(found.loops.all(), key=lambda other: other.position),
        "questions": found.questions.all(),
        "form": form,
        "why_not": why_not,
        "filters": filters,
        "page_obj": page,
    }
    return render(request, "participation/dialogue.html", context)


def _closed(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Somebody sent after the step ended: say so, and give the text back."""
    context = {"dialogue": dialogue, "text": request.POST.get("text", "")[:10_000]}
    return render(request, "participation/closed.html", context, status=409)


@require_safe
def contributions(request: HttpRequest) -> HttpResponse:
    """Everything that people said, filtered by the URL; the dashboard's numbers lead here."""
    filters = contributions_for(request)
    page = Paginator(filters.qs.for_lists(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page_obj": page, "total": page.paginator.count}
    return render(request, "participation/contributions.html", context)


@require_safe
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """One contribution with its answers. Its author is led to the fuller story."""
    found = Contribution.objects.for_lists().filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.receipt_code in request.session.get(RECEIPTS, []):
        return redirect("participation:story", found.receipt_code)
    if not request.user.has_perm("participation.see_contribution", found):
        raise Http404
    context = {"contribution": found, "decisions": found.decisions.all(), "is_author": found.author == request.user}
    return render(request, "participation/contribution.html", context)
