"""Talking about a contribution: the thread, comments and replies, supports, and the moderators' list of comments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import services, throttle
from participation.forms import CommentForm, HideForm
from participation.models import Act, Comment, Contribution
from participation.thread import REPLIES_PER_PAGE, read_thread
from participation.views.office import needs
from participation.views.sending import DRAFT, RECEIPTS, keep_and_log_in, show
from participation.visitor import visitor_of

PER_PAGE = 20
COMMENTS = "comments"  # in the session: keys of comments written without an account
KEPT = 50


def _readable(request: HttpRequest, pk: int) -> Contribution:
    """A published contribution that this visitor may see, or 404."""
    rows = Contribution.objects.visible_to(request.user).published()
    found: Contribution = get_object_or_404(rows.select_related("loop__dialogue", "author"), pk=pk)
    return found


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of the thread: a page of its own, or the next piece below the last one where scripts run."""
    found = _readable(request, pk)
    context = {"contribution": found, "thread": read_thread(found, request.user, request.GET)}
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, f"participation/{'thread_piece' if fragment else 'thread_page'}.html", context)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One first-level comment with all its replies."""
    rows = Comment.objects.threads_for(request.user).select_related("author")
    found = get_object_or_404(rows, pk=pk).blank_if_gone()
    replies = (
        Comment.objects.visible_to(request.user)
        .published()
        .filter(parent=found)
        .select_related("author")
        .order_by("created_at", "pk")
    )
    page = Paginator(replies, REPLIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"comment": found, "contribution": _readable(request, found.contribution_id), "page_obj": page}
    return render(request, "participation/comment_thread.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a comment or a reply; what was typed survives errors and logging in."""
    found = _readable(request, pk)
    form = _comment_form(request, found)
    why_not = services.talk_refusal(found, request.user, Act.COMMENT, timezone.localdate())
    if request.method == "POST":
        if why_not and why_not.login_helps:
            return keep_and_log_in(request)
        if answer := _store(request, form):
            return answer
    context = {"contribution": found, "form": form, "why_not": why_not}
    return render(request, "participation/talk.html", context, status=409 if form.is_bound and why_not else 200)


def _comment_form(request: HttpRequest, found: Contribution) -> CommentForm:
    if request.method == "POST":
        return CommentForm(request.POST, person=request.user, contribution=found)
    draft = request.session.get(DRAFT, {})
    initial = draft.get("fields", {}) if draft.get("path") == request.path else {}
    initial = {**initial, "parent": request.GET.get("antwort", initial.get("parent", ""))}
    return CommentForm(person=request.user, contribution=found, initial=initial)


def _store(request: HttpRequest, form: CommentForm) -> HttpResponse | None:
    if form.is_trapped:
        return redirect(form.contribution)  # a program gets no hint
    if not form.is_valid():
        return None
    if not throttle.allows(request, "comment", throttle.COMMENTS_PER_HOUR):
        form.add_error(None, _("Many comments came from here within the hour. Please try again later."))
        return None
    holds_receipt = form.contribution.receipt_code in request.session.get(RECEIPTS, [])
    try:
        stored = services.add_comment(
            comment=form.comment(),
            person=request.user,
            submission_key=form.cleaned_data["submission_key"],
            holds_receipt=holds_receipt,
        )
    except ValidationError as error:
        show(form, error)
        return None
    request.session.pop(DRAFT, None)
    return _after(request, stored)


def _after(request: HttpRequest, stored: Comment) -> HttpResponse:
    if stored.is_published:
        messages.success(request, _("Thank you. Your comment is published."))
        return redirect(stored)
    if stored.author_id is None:
        request.session[COMMENTS] = [*request.session.get(COMMENTS, []), stored.pk][-KEPT:]
    messages.success(request, _("Thank you. A moderator reads your comment before others can."))
    return redirect(f"{stored.contribution.get_absolute_url()}#kommentare")


@require_POST
def support_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable(request, pk)
    return _support(request, found, f"{found.get_absolute_url()}#unterstuetzen")


@require_POST
def support_comment(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).published()
    found = get_object_or_404(visible.select_related("contribution__loop__dialogue"), pk=pk)
    return _support(request, found, found.get_absolute_url())


def _support(request: HttpRequest, target: Contribution | Comment, back: str) -> HttpResponse:
    """Support, or take it back (`withdraw` in the form); then back to where the button stands."""
    withdraws = "withdraw" in request.POST
    if not withdraws and not _may_support(request, target):
        messages.error(request, _("Many supports came from here within the hour. Please try again later."))
        return redirect(back)
    act = services.withdraw_support if withdraws else services.support
    try:
        act(target=target, person=request.user, visitor=visitor_of(request, make=True))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(back)


def _may_support(request: HttpRequest, target: Contribution | Comment) -> bool:
    if not throttle.allows(request, "support", throttle.SUPPORTS_PER_HOUR):
        return False
    if request.user.is_authenticated:
        return True
    act = f"support-{target._meta.model_name}-{target.pk}"
    return throttle.allows(request, act, throttle.SUPPORTS_FROM_ONE_ADDRESS)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The author takes a comment back."""
    found = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    if found.author_id != request.user.pk:
        raise Http404
    services.withdraw_comment(comment=found, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your comment has been withdrawn. Nobody else can read it any more."))
    return redirect(f"{found.contribution.get_absolute_url()}#kommentare")


@require_safe
@needs("participation.moderate")
def moderation(request: HttpRequest) -> HttpResponse:
    """Comments that wait for moderation, oldest first."""
    rows = Comment.objects.visible_to(request.user).waiting().select_related("author", "parent__author")
    rows = rows.select_related("contribution__author").order_by("created_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/comment_moderation.html", {"page_obj": page, "total": page.paginator.count})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate")
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish with one click, or hide with a reason."""
    found = get_object_or_404(Comment.objects.select_related("contribution", "author"), pk=pk)
    hiding = request.POST.get("action") == "hide"
    form = HideForm(request.POST if hiding else None)
    if request.method == "POST" and (not hiding or form.is_valid()):
        try:
            _decide(request, found, form)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            return redirect("participation:comment_moderation")
    context = {"comment": found, "form": form, "decisions": found.decisions.select_related("by")}
    return render(request, "participation/moderate_comment.html", context)


def _decide(request: HttpRequest, found: Comment, form: HideForm) -> None:
    if request.POST.get("action") == "publish":
        services.publish_comment(comment=found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Published."))
    elif form.is_bound:
        services.hide_comment(comment=found, by=request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        messages.success(request, _("Hidden. The author sees your reason."))
