"""What every desk of the administration shares."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from js_asset.media import Media


class ReadOnlyDesk(admin.ModelAdmin):
    """Records that the portal writes and people only look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskAdmin(admin.ModelAdmin):
    """A ModelAdmin whose rich-text editor works under the strict Content-Security-Policy.

    The editor's import map is an inline script; it runs only with the nonce of this very answer.
    """

    save_on_top = True
    list_per_page = 50

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)
