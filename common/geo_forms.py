"""A form field and widget for GeoJSON: a textarea, and above it a map to draw on where JavaScript runs.

The map uses Leaflet and Leaflet.draw as django-leaflet ships them. `leaflet.forms` itself needs the GDAL library and is
not imported. The textarea stays the truth: without a map, and with broken text that an error message speaks about.
"""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_LENGTH = 500_000


class GeometryWidget(forms.Textarea):
    """Draws one point, line or polygon.

    `backdrop`: address of GeoJSON whose outlines help to find one's way where the portal runs without tiles.
    """

    class Media:
        css = {"all": ["leaflet/leaflet.css", "leaflet/draw/leaflet.draw.css", "css/geometry-widget.css"]}
        js = ["leaflet/leaflet.js", "leaflet/draw/leaflet.draw.js", "js/geometry-widget.js"]

    def __init__(self, attrs: dict[str, Any] | None = None, backdrop: str | Promise = "") -> None:
        super().__init__({"rows": 3, "cols": 80, "spellcheck": "false", **(attrs or {})})
        self.backdrop = backdrop

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        textarea = super().render(name, value, attrs, renderer)
        return format_html(
            '<div class="geometry-widget" data-config="{}"><div class="geometry-map" hidden></div>{}</div>',
            json.dumps({**_config(), "backdrop": str(self.backdrop)}),
            textarea,
        )


def _config() -> dict[str, Any]:
    """What the script needs to know: extent, tiles and its words."""
    west, south, east, north = settings.LEAFLET_CONFIG["SPATIAL_EXTENT"]
    return {
        "bounds": [[south, west], [north, east]],
        "tiles": [[url, options] for _name, url, options in settings.LEAFLET_CONFIG["TILES"]],
        "words": {
            "map": _("Map to draw on"),
            "broken": _("The text below is not a geometry that the map can show."),
            "marker": _("Set a point"),
            "polyline": _("Draw a line"),
            "polygon": _("Draw an area"),
            "edit": _("Change the shape"),
            "remove": _("Delete the shape"),
            "save": _("Apply"),
            "cancel": _("Cancel"),
            "clear": _("Delete all"),
            "finish": _("Finish"),
            "undo": _("Delete last point"),
            "set": _("Click on the map to set the point."),
            "start": _("Click to begin."),
            "continue": _("Click to go on."),
            "end": _("Click on the last point to finish."),
            "close": _("Click on the first point to close the area."),
            "drag": _("Drag the points, then apply."),
            "delete": _("Click on the shape to delete it, then apply."),
            "crossing": _("The lines must not cross."),
        },
    }


class GeometryFormField(forms.JSONField):
    """GeoJSON as text; a pasted Feature gives its geometry. Whatever is typed leads to a message, never to an error."""

    widget = GeometryWidget
    default_error_messages = {
        "invalid": gettext_lazy("This is not GeoJSON. Draw on the map, or paste a geometry such as %(example)s."),
        "too_long": gettext_lazy("This text is too long for a geometry. Please simplify the shape."),
    }
    example = '{"type": "Point", "coordinates": [5.8914, 49.5242]}'

    def to_python(self, value: Any) -> Any:
        if self.disabled or value in self.empty_values:
            return super().to_python(value)
        if len(value) > MAX_LENGTH:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        try:
            return _geometry(json.loads(value))
        except (ValueError, RecursionError) as error:  # also numbers with thousands of digits, and deep nesting
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"example": self.example}
            ) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed is shown again as it was typed."""
        if self.disabled:
            return initial
        return None if data is None else InvalidJSONInput(data)


def _geometry(value: Any) -> Any:
    """Only what belongs to a geometry; members that others add to their GeoJSON are dropped."""
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    if isinstance(value, dict) and "coordinates" in value:
        return {"type": str(value.get("type")), "coordinates": value["coordinates"]}
    return value
