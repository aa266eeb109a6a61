"""What the city wants: goals, fields of action, themes, and its brand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leitbild.models import ActionField, BrandStatement, Goal, Theme


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    return render(request, "leitbild/goals.html", {"goals": Goal.objects.for_lists().select_related("chapter")})


@require_safe
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    """A goal with its guidelines and what it belongs to; plans and measures come by a tag of theirs."""
    found = get_object_or_404(Goal.objects.for_lists().select_related("chapter"), slug=slug)
    context = {
        "goal": found,
        "guidelines": found.guidelines.select_related("chapter"),
        "others": Goal.objects.exclude(pk=found.pk),
    }
    return render(request, "leitbild/goal.html", context)


@require_safe
def action_fields(request: HttpRequest) -> HttpResponse:
    """The fields of action A–C with their tasks, and the themes A–E with their demands."""
    context = {
        "fields": ActionField.objects.select_related("chapter").prefetch_related("items"),
        "themes": Theme.objects.select_related("chapter").prefetch_related("goals"),
    }
    return render(request, "leitbild/action_fields.html", context)


@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """The three questions about the city as a brand, and what the guideline answers to each."""
    statements = list(BrandStatement.objects.select_related("chapter").order_by("position"))
    questions = [
        (question, [statement for statement in statements if statement.question == question])
        for question in BrandStatement.Question
    ]
    return render(request, "leitbild/brand.html", {"questions": questions})
