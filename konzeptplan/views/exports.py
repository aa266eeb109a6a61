"""The Konzeptplan to take along: the same figures as the page, in the reader's language, stamped."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audit import record
from konzeptplan.edition import Edition, edition
from konzeptplan.exports.formats import FORMATS, filename
from konzeptplan.exports.stamp import Stamp, frozen_stamp, live_stamp
from konzeptplan.figures import Audience
from konzeptplan.models import Snapshot
from konzeptplan.views.access import for_its_audience
from konzeptplan.views.snapshots import opened


@require_safe
@for_its_audience
def exports(request: HttpRequest, audience: Audience) -> HttpResponse:
    """What can be taken along, of today or of a snapshot."""
    rows = Snapshot.objects.for_lists().latest_first()
    chosen = _snapshot(request)
    context = {"formats": FORMATS.values(), "audience": audience, "snapshots": rows, "chosen": chosen}
    return render(request, "konzeptplan/exports.html", context)


@require_safe
@for_its_audience
def export(request: HttpRequest, name: str, audience: Audience) -> HttpResponse:
    """One file. What leaves the house for the council is written to the audit trail."""
    if name not in FORMATS:
        raise Http404
    wanted = FORMATS[name]
    found = _edition(request, audience)
    if isinstance(found, HttpResponse):
        return found
    shown, stamp, snapshot = found
    body = wanted.write(shown, stamp)
    if audience is Audience.COUNCIL:
        after = {"format": name, "source": stamp.source, "as_of": stamp.as_of.isoformat()}
        record("konzeptplan.export", snapshot or request.user, actor=request.user, after=after)  # type: ignore[arg-type]
    response = HttpResponse(body, content_type=wanted.content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename(name, stamp)}"'
    response["Cache-Control"] = "private, no-store" if audience is Audience.COUNCIL else "no-cache"
    return response


def _edition(request: HttpRequest, audience: Audience) -> tuple[Edition, Stamp, Snapshot | None] | HttpResponse:
    snapshot = _snapshot(request)
    if snapshot is None:
        now = edition(timezone.localdate(), audience)
        return now, live_stamp(now), None
    frozen = opened(request, snapshot, audience)
    return frozen if isinstance(frozen, HttpResponse) else (frozen, frozen_stamp(frozen, snapshot), snapshot)


def _snapshot(request: HttpRequest) -> Snapshot | None:
    """The one that `?stand=` names; without it, today's state."""
    wanted = request.GET.get("stand", "")
    if not wanted:
        return None
    if not wanted.isascii() or not wanted.isdecimal() or len(wanted) > 9:
        raise Http404
    return get_object_or_404(Snapshot, pk=int(wanted))
