"""The boards of strengths, weaknesses, opportunities and threats."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from step.models import Locality, Plan
from step.swot import board_of, doors


@require_safe
def city_board(request: HttpRequest) -> HttpResponse:
    return _board(request)


@require_safe
def plan_board(request: HttpRequest, slug: str) -> HttpResponse:
    return _board(request, plan=get_object_or_404(Plan, slug=slug))


@require_safe
def locality_board(request: HttpRequest, slug: str) -> HttpResponse:
    return _board(request, locality=get_object_or_404(Locality, slug=slug))


def _board(request: HttpRequest, **owner: Any) -> HttpResponse:
    """One board, and the doors to the others."""
    board = board_of(request.user, **owner)
    context = {
        "board": board,
        "doors": doors(request.user),
        "may_change": request.user.has_perm("step.change_swotentry"),
    }
    return render(request, "step/swot.html", context)
