"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info


def portal(request: HttpRequest) -> dict[str, Any]:
    """Languages with the address of this very page in each, and whether sample data is shown."""
    path = request.get_full_path()
    return {
        "language_links": [
            {"code": code, "name": get_language_info(code)["name_local"], "url": translate_url(path, code)}
            for code, _name in settings.LANGUAGES
        ],
        "sample_data": settings.SAMPLE_DATA,
    }
