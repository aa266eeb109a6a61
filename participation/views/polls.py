"""Polls: voting, the results, and for staff the texts to moderate and the export."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import record
from common.links import absolute
from participation import throttle, voters
from participation.forms.ballots import BallotForm, LinkForm
from participation.models import Identification, Poll, PollAnswer, Publication
from participation.poll_export import FORMATS
from participation.poll_results import MIN_WHILE_OPEN, are_shown, tally
from participation.services.polls import Outcome, cast_vote, has_voted, moderate_text, send_link
from participation.views.office import needs

PER_PAGE = 30
VOTES_PER_HOUR = 15  # from one address without an account: a family or a class room, not a flood
LINKS_PER_HOUR = 5


def _poll(request: HttpRequest, pk: int) -> Poll:
    return get_object_or_404(Poll.objects.visible_to(request.user).for_lists(), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions while the poll is open, and what one may do about it."""
    found = _poll(request, pk)
    today = timezone.localdate()
    is_open = found.is_open(today)
    form = BallotForm(request.POST if request.method == "POST" else None, poll=found)
    if request.method == "POST" and not is_open:
        context = {"dialogue": found.loop.dialogue, "text": form.typed_texts}
        return render(request, "participation/closed.html", context, status=409)
    voter = voters.identify(request, found)
    if request.method == "POST" and (answer := _vote(request, found, form, voter)):
        return answer
    if is_open and found.identification == Identification.ANYONE:
        voters.remember_browser(request)
        voter = voters.identify(request, found) if request.method != "POST" else voter
    voted = has_voted(found, voter.keys)
    context = {
        "poll": found,
        "dialogue": found.loop.dialogue,
        "is_open": is_open,
        "is_over": found.is_over(today),
        "form": form,
        "voted": voted,
        # What was typed stays in sight, also when the login ran out in the meantime.
        "takes_vote": is_open and (found.may_change or not voted) and (form.is_bound or not voter.why_not),
        "why_not": voter.why_not,
        "link_form": LinkForm(auto_id="link_%s") if found.identification == Identification.EMAIL else None,
        "results_shown": are_shown(found, found.ballots.count(), today),
        "preview": not is_open and not found.is_over(today),
    }
    return render(request, "participation/polls/poll.html", context)


def _vote(request: HttpRequest, poll: Poll, form: BallotForm, voter: voters.Voter) -> HttpResponse | None:
    """Count what was sent and go back to the poll; None if the form has to be shown again with its messages."""
    if voter.why_not:
        form.add_error(None, voter.why_not.reason)
        return None
    if not form.is_valid():
        return None
    anonymous = poll.identification == Identification.ANYONE and not request.user.is_authenticated
    if anonymous and not throttle.allows(request, f"vote-{poll.pk}", VOTES_PER_HOUR):
        form.add_error(None, _("Many votes came from here within the hour. Please try again later."))
        return None
    try:
        outcome = cast_vote(poll=poll, keys=voter.keys, marks=form.marks(), day=timezone.localdate())
    except ValidationError as error:
        form.add_error(None, error)
        return None
    _thank(request, outcome)
    return redirect(poll)


def _thank(request: HttpRequest, outcome: Outcome) -> None:
    if outcome is Outcome.COUNTED:
        messages.success(request, _("Thank you. Your vote has been counted."))
    elif outcome is Outcome.CHANGED:
        messages.success(request, _("Your vote has been changed. It counts once."))
    else:
        messages.info(request, _("Your vote had been counted before. It counts once and cannot be changed."))


@require_POST
def poll_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link for voting to an address. The answer is the same whatever the address."""
    found = _poll(request, pk)
    if found.identification != Identification.EMAIL or not found.is_open(timezone.localdate()):
        raise Http404
    form = LinkForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        messages.error(request, _("Please enter an e-mail address such as ana@example.lu."))
        return redirect(found)
    if not throttle.allows(request, "poll-link", LINKS_PER_HOUR):
        messages.error(request, _("Many links were asked for from here within the hour. Please try again later."))
        return redirect(found)
    email = form.cleaned_data["email"]
    url = reverse("participation:poll_confirm", args=[found.pk, voters.link_token(found, email)])
    send_link(poll=found, email=email, url=absolute(url), key=voters.key_of_email(found, email))
    messages.success(request, _("We have sent you an e-mail with a link. Open it in this browser to vote."))
    return redirect(found)


@never_cache
@require_safe
def poll_confirm(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The link of the mail: from now on this browser may vote."""
    found = _poll(request, pk)
    if not voters.confirm_link(request, found, token):
        raise Http404
    return redirect(found)


@require_safe
def poll_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Charts with their tables, as soon as the poll says so."""
    found = _poll(request, pk)
    today = timezone.localdate()
    ballots = found.ballots.count()
    shown = are_shown(found, ballots, today)
    context = {
        "poll": found,
        "dialogue": found.loop.dialogue,
        "ballots": ballots,
        "shown": shown,
        "is_over": found.is_over(today),
        "least": MIN_WHILE_OPEN,
        "result": tally(found) if shown else None,
    }
    return render(request, "participation/polls/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.moderate")
def poll_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """What people wrote in a poll: publish or hide, the waiting ones first."""
    found = _poll(request, pk)
    texts = PollAnswer.objects.filter(question__poll=found).exclude(text="")
    if request.method == "POST":
        chosen = get_object_or_404(texts, pk=_uuid(request.POST.get("answer", "")))
        publish = request.POST.get("action") == "publish"
        moderate_text(answer=chosen, by=request.user, publish=publish)  # type: ignore[arg-type]
        messages.success(request, _("Published.") if publish else _("Hidden."))
        return redirect("participation:poll_texts", found.pk)
    rows = texts.select_related("question").order_by("-status", "question__position", "pk")  # "waiting" is last of all
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = texts.filter(status=Publication.WAITING).count()
    context = {"poll": found, "page_obj": page, "waiting": waiting}
    return render(request, "participation/polls/texts.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@require_safe
@needs("participation.export_poll")
def poll_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All ballots, for staff; who took them out is noted."""
    found = _poll(request, pk)
    if kind not in FORMATS:
        raise Http404
    content_type, write = FORMATS[kind]
    record("poll.export", found, actor=request.user, after={"format": kind})
    response = HttpResponse(write(found), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="poll-{found.pk}.{kind}"'
    return response
