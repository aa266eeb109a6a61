"""Who is invited to a loop: counted by address, drawn on a map, printed with a QR code."""

from dataclasses import dataclass
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common.geo import around, representative_point
from participation.models import Address, Dialogue, Loop
from step.models import Locality


@dataclass(frozen=True)
class Invited:
    """`addresses`: None where no address list has been imported, so that nobody reads it as zero."""

    localities: list[Locality]
    radius: int | None
    addresses: int | None
    map_data: dict[str, Any] | None


def invited(dialogue: Dialogue, loop: Loop) -> Invited:
    """Whom the loop invites. The radius counts only where the dialogue has a place."""
    place = dialogue.where
    radius = loop.invited_radius if place else None
    localities = list(loop.invited_localities.all())
    count = len(Address.objects.invited(place, radius, localities)) if Address.objects.exists() else None
    return Invited(localities, radius, count, _map(dialogue, place, radius, localities))


def _map(
    dialogue: Dialogue, place: dict[str, Any] | None, radius: int | None, localities: list[Locality]
) -> dict[str, Any] | None:
    """GeoJSON: the invited localities and the area within the radius beneath, the place above."""
    features = [_area(row.outline, _("Invited: %(name)s") % {"name": row.name}) for row in localities if row.outline]
    if place and radius:
        features.append(_area(around(place, radius), _("Invited: within %(metres)d m") % {"metres": radius}))
    if place:
        title = dialogue.place or str(dialogue.target or dialogue.title)
        features.append(_feature(place, "place", title))
    return {"type": "FeatureCollection", "features": features} if features else None


def _area(geometry: dict[str, Any], title: str) -> dict[str, Any]:
    return _feature(geometry, "invited", title)


def _feature(geometry: dict[str, Any], kind: str, title: str) -> dict[str, Any]:
    properties = {"kind": kind, "title": title, "point": representative_point(geometry)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def qr_code(address: str) -> SafeString:
    """The address as a QR code in inline SVG, without size: the style sheet sets it."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return mark_safe(drawing)  # segno writes a path; the address itself is not in it
