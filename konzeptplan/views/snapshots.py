"""Frozen states: their list, each as it was, the lists behind its numbers, and what changed between two."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from konzeptplan.comparing import compare
from konzeptplan.edition import Edition, edition, figure_by_query, merged_names
from konzeptplan.figures import Audience
from konzeptplan.forms import ComparisonForm
from konzeptplan.freezing import Unreadable
from konzeptplan.models import Decision, Session, Snapshot, Tampered
from konzeptplan.relinking import relink
from konzeptplan.views.access import for_its_audience, prefix
from step.models import Measure

PER_PAGE = 24


@require_safe
def snapshots(request: HttpRequest) -> HttpResponse:
    """All frozen states, the newest first."""
    rows = Snapshot.objects.for_lists().latest_first().prefetch_related("sessions", "adopted_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    visible = {
        "sessions": set(Session.objects.visible_to(request.user).exclude(snapshot=None).values_list("pk", flat=True)),
        "decisions": set(Decision.objects.visible_to(request.user).exclude(adopts=None).values_list("pk", flat=True)),
    }
    return render(request, "konzeptplan/snapshots.html", {"page_obj": page, "visible": visible})


@require_safe
@for_its_audience
def snapshot(request: HttpRequest, pk: int, audience: Audience) -> HttpResponse:
    """The Konzeptplan as it was, by the templates of the live page; its numbers open the lists of that day."""
    found = get_object_or_404(Snapshot, pk=pk)
    frozen = opened(request, found, audience)
    if isinstance(frozen, HttpResponse):
        return frozen
    context = {
        "plan": frozen.plan,
        "edition": frozen,
        "audience": audience,
        "snapshot": found,
        "sessions": Session.objects.visible_to(request.user).filter(snapshot=found),
        "adopted_by": Decision.objects.visible_to(request.user).filter(adopts=found).select_related("session"),
        "council_url": reverse("konzeptplan:council_snapshot", args=[pk]),
    }
    html = render_to_string("konzeptplan/snapshot.html", context, request)
    frozen_list = reverse(f"{prefix(audience)}snapshot_list", args=[pk])
    return HttpResponse(relink(html, live=reverse("step:measures"), frozen=frozen_list))


@require_safe
@for_its_audience
def snapshot_list(request: HttpRequest, pk: int, audience: Audience) -> HttpResponse:
    """The measures that one number of a snapshot counted, with what was known of them that day."""
    found = get_object_or_404(Snapshot, pk=pk)
    frozen = opened(request, found, audience)
    if isinstance(frozen, HttpResponse):
        return frozen
    figure = figure_by_query(frozen.plan, request.GET.urlencode())
    if figure is None:
        raise Http404
    rows = frozen.rows_of(figure.codes)
    live = Measure.objects.visible_to(request.user).filter(code__in=figure.codes)
    context = {
        "snapshot": found,
        "audience": audience,
        "figure": figure,
        "rows": rows,
        "names": frozen.names,
        "live": set(live.values_list("code", flat=True)),
    }
    return render(request, "konzeptplan/snapshot_list.html", context)


@require_safe
@for_its_audience
def comparison(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Two states beside each other, or one beside today: what changed, in sentences."""
    choices = Snapshot.objects.for_lists().latest_first()
    form = ComparisonForm(request.GET or None, snapshots=choices)
    context: dict[str, Any] = {"form": form, "audience": audience, "snapshots": choices}
    if form.is_bound and form.is_valid():
        old, new = form.cleaned_data["von"], form.cleaned_data["bis"]
        sides = [opened(request, Snapshot.objects.get(pk=side.pk), audience) if side else None for side in (old, new)]
        broken = next((side for side in sides if isinstance(side, HttpResponse)), None)
        if broken is not None:
            return broken
        today = timezone.localdate()
        before, after = (side if isinstance(side, Edition) else edition(today, audience) for side in sides)
        context |= {"old": old, "new": new, "today": today, "names": merged_names(before, after)}
        context["comparison"] = compare(before, after)
    return render(request, "konzeptplan/comparison.html", context)


def opened(request: HttpRequest, snapshot: Snapshot, audience: Audience) -> Edition | HttpResponse:
    """The edition of a snapshot; or the page that says why its figures are not shown."""
    try:
        return snapshot.edition(audience)
    except (Tampered, Unreadable) as error:
        context = {"snapshot": snapshot, "is_tampered": isinstance(error, Tampered)}
        return render(request, "konzeptplan/untrustworthy.html", context, status=409)
