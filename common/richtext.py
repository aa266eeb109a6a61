"""Rich text: one boundary that every write passes, whichever way it comes.

`RichTextField` cleans in `get_prep_value`, the step that `save()`, `bulk_create()`, `queryset.update()` and
imports all share, so no path can store markup that a browser would run.
"""

import re
from typing import Any

import nh3
from django import forms
from django.db import models
from django.utils.html import escape
from django_prose_editor.widgets import AdminProseEditorWidget

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "a"}
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto"}
EDITOR = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"protocols": sorted(SCHEMES)},
}


def clean(html: str) -> str:
    """HTML reduced to the few tags that a text of the portal needs; idempotent."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    ).strip()


def from_plain(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, lines that begin with `- ` are a list."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{escape(' '.join(lines))}</p>"


class RichTextField(models.TextField):
    """Text in clean HTML, edited with a small editor in the admin."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Keep the instance equal to what is stored, so that the page after a save shows the clean text."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        widget = AdminProseEditorWidget(config={"extensions": EDITOR}, preset="configurable")
        return super().formfield(**{**kwargs, "widget": widget})
