"""The pages of the roof: home, search, what the law asks for, and what is shown when something is missing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from differdange_portal.search import MAX_LENGTH
from differdange_portal.search import search as find
from leitbild.models import Goal
from step.models import Locality, Measure, Plan


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the portal in their own language."""
    response = redirect("home")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where does the city go, what happens near me, what can I say now?"""
    context = {
        "plans": Plan.objects.with_measure_counts(request.user),
        "goals": Goal.objects.all(),
        "localities": Locality.objects.all(),
        "measure_count": Measure.objects.visible_to(request.user).counting().count(),
    }
    return render(request, "portal/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:MAX_LENGTH]
    query = "".join(sign for sign in typed if sign.isprintable()).strip()
    hits = find(query, request.user)
    context = {
        "query": query,
        "hits": hits,
        "total": sum(kind.total for kind in hits),
        "max_length": MAX_LENGTH,
    }
    return render(request, "portal/search.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"contact": settings.CONTACT_EMAIL, "tiles": settings.MAP_TILES})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/imprint.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Machines may read what everyone may, but no forms and no receipts."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/konto/", "Disallow: /*/dialog/beleg/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it on pages that name no icon, such as the administration."""
    return redirect(static("icons/logo.svg"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
