"""Inviting: the printable page, the short address behind its QR code, and the check list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from participation.due import Project, criteria, is_due
from participation.forms import DueForm
from participation.invitation import invited, qr_code
from participation.models import Dialogue


@require_safe
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    """A page to print and post: what it is about, when, how to take part, and a QR code."""
    found = get_object_or_404(Dialogue.objects.visible_to(request.user).for_lists(), slug=slug)
    loop = found.current_loop(timezone.localdate())
    address = request.build_absolute_uri(reverse("short_dialogue", args=[found.slug]))
    context = {
        "dialogue": found,
        "loop": loop,
        "invited": invited(found, loop) if loop else None,
        "address": address.split("://", 1)[-1],
        "qr": qr_code(address),
        "questions": found.questions.all(),
    }
    return render(request, "participation/invitation.html", context)


@require_safe
def short(request: HttpRequest, slug: str) -> HttpResponse:
    """The short address on paper leads to the dialogue in the reader's language."""
    response = redirect(get_object_or_404(Dialogue.objects.visible_to(request.user), slug=slug))
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Is participation due? The criteria, each with whether it holds."""
    form = DueForm(request.GET or None)
    asked = form.is_bound and form.is_valid()
    project = Project(**form.cleaned_data) if asked else Project()
    context = {"form": form, "asked": asked, "criteria": criteria(project), "is_due": is_due(project)}
    return render(request, "participation/due.html", context)
