"""What the desks of this app share."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from modeltranslation.utils import build_localized_fieldname

from common.admin import DeskAdmin

LANGUAGES = ("fr", "lb", "en", "pt")


class GuidelineDesk(DeskAdmin, TranslationAdmin):
    """A record of the guideline, told in five languages; each has a chapter as its source."""

    list_select_related = ["chapter"]
    autocomplete_fields = ["chapter"]


def untranslated(field: str) -> list[Any]:
    """Filters for what is still missing in each language besides German."""
    return [(build_localized_fieldname(field, code), admin.EmptyFieldListFilter) for code in LANGUAGES]


SOURCE = _("Where it comes from")
ADDRESS = _("Place and address")
