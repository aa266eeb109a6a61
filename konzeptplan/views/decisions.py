"""The register of decisions, and the page of one."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from konzeptplan.filters import decisions_for
from konzeptplan.models import Decision, DecisionEffect
from konzeptplan.models.decisions import DecisionQuerySet
from participation.models import Contribution
from step.models.access import Reader

PER_PAGE = 20


def with_effects(rows: DecisionQuerySet, user: Reader) -> DecisionQuerySet:
    """Decisions with their effects on the measures that the reader may see, as `shown_effects`."""
    seen = DecisionEffect.objects.visible_to(user).select_related("measure__lead_plan")
    return rows.select_related("session", "unit").prefetch_related(
        Prefetch("effects", queryset=seen, to_attr="shown_effects")
    )


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What the bodies decided, narrowed by the filters of the URL."""
    filters = decisions_for(request)
    page = Paginator(with_effects(filters.qs, request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page_obj": page, "total": page.paginator.count, "today": timezone.localdate()}
    return render(request, "konzeptplan/decisions.html", context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision: what was resolved, what it changed, what people had said, and whether it is carried out."""
    rows = Decision.objects.visible_to(request.user).defer("adopts__public_payload", "adopts__council_payload")
    found = get_object_or_404(with_effects(rows, request.user).select_related("adopts"), pk=pk)
    voices = Contribution.objects.visible_to(request.user).published()
    context = {
        "decision": found,
        "voices": voices.filter(points__treatment__decisions=found).distinct().for_lists(),
        "today": timezone.localdate(),
        "may_change": request.user.has_perm("konzeptplan.change_decision"),
    }
    return render(request, "konzeptplan/decision.html", context)
