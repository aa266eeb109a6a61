"""Sessions: what lies before the body, what changed since the last one, what is to be decided, and the agenda."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from konzeptplan.comparing import compare
from konzeptplan.edition import Edition, edition, merged_names
from konzeptplan.freezing import Unreadable
from konzeptplan.models import Decision, Session, Snapshot, Tampered
from konzeptplan.services import freeze_for_session
from konzeptplan.views.access import audience_of
from konzeptplan.views.decisions import with_effects

PER_PAGE = 20


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The coming session first, then the past ones."""
    today = timezone.localdate()
    seen = Count("decisions", filter=Q(decisions__in=Decision.objects.visible_to(request.user).order_by().values("pk")))
    rows = Session.objects.visible_to(request.user).for_lists().annotate(decision_count=seen)
    page = Paginator(rows.filter(date__lt=today).order_by("-date", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"upcoming": rows.upcoming(today)[:PER_PAGE], "page_obj": page}
    return render(request, "konzeptplan/sessions.html", context)


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a member needs before the session, on one page."""
    return render(request, "konzeptplan/session.html", _context(request, pk))


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda on paper."""
    return render(request, "konzeptplan/agenda.html", _context(request, pk))


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze today's state and lay it before the session."""
    found = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("konzeptplan.freeze"):
        raise PermissionDenied
    try:
        snapshot = freeze_for_session(session=found, on=timezone.localdate(), actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Frozen: %(label)s.") % {"label": snapshot.label})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(found)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = get_object_or_404(Session.objects.visible_to(request.user).for_lists(), pk=pk)
    rows = with_effects(Decision.objects.visible_to(request.user), request.user)
    own = rows.filter(session=found).order_by("position", "pk")
    earlier = rows.to_carry_out().filter(session__in=Session.objects.before(found))
    return {
        "session": found,
        "audience": audience_of(request.user),
        "due": [decision for decision in own if not decision.outcome_enum.is_taken],
        "taken": [decision for decision in own if decision.outcome_enum.is_taken],
        "to_carry_out": earlier,
        "today": timezone.localdate(),
        **_states(request, found),
    }


def _states(request: HttpRequest, session: Session) -> dict[str, Any]:
    """The state before the body (frozen, else today's), and what changed since the previous session's."""
    audience = audience_of(request.user)
    last = Session.objects.before(session).exclude(snapshot=None).first()
    try:
        now = _frozen(session.snapshot_id, audience) or edition(timezone.localdate(), audience)
        then = _frozen(last.snapshot_id, audience) if last else None
    except (Tampered, Unreadable):
        return {"is_untrustworthy": True}
    return {
        "edition": now,
        "plan": now.plan,
        "last": last,
        "comparison": compare(then, now) if then else None,
        "names": merged_names(then, now) if then else now.names,
    }


def _frozen(snapshot: int | None, audience: Any) -> Edition | None:
    return Snapshot.objects.get(pk=snapshot).edition(audience) if snapshot else None
