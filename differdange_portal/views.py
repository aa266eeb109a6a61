"""The pages of the roof."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the portal in their own language."""
    return redirect("home")


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


search = accessibility = privacy = imprint = robots = home


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
