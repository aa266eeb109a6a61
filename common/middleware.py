"""What every request passes before any view."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from common.query import readable


class ReadableAddressMiddleware:
    """What no page can show and no database can look up does not come in.

    A page tells the values of its query back, in forms and links; PostgreSQL refuses NUL with an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        if request.META.get("QUERY_STRING"):
            request.GET = readable(request.GET)  # type: ignore[assignment]
        return self.get_response(request)
