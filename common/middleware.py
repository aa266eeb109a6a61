"""What every request passes before any view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from common.query import readable


class ReadableQueryMiddleware:
    """Pages tell the values of an address back, in forms and links: what no page can show does not come in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            request.GET = readable(request.GET)  # type: ignore[assignment]
        return self.get_response(request)
