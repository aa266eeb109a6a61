"""Small tags that every template uses."""

from typing import Any

from django import template
from django.db import models
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of the sprite. Decorative unless a label says what it means."""
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.filter
def lang_of(record: models.Model, field: str) -> str:
    """Language in which a translated field will be shown: the reader's, or German where that is missing."""
    language = (get_language() or "de")[:2]
    value: Any = getattr(record, build_localized_fieldname(field, language), "")
    return language if value else "de"


@register.filter
def falls_back(record: models.Model, field: str) -> bool:
    """Whether the reader gets German because their language is missing."""
    language = (get_language() or "de")[:2]
    return language != "de" and lang_of(record, field) == "de"


@register.filter
def attribute(record: models.Model, name: str) -> Any:
    """A field of a record by name, empty where it has none."""
    return getattr(record, name, "")
