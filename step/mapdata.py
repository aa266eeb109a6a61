"""What the map shows, as GeoJSON, and the same as a list by place.

Measures with a place of their own are drawn; all measures of a locality are counted in its popup, and the count links
to the list with exactly these; measures of the whole city stand in the list only. A measure can be in several groups
and counts once in the total.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from common.geo import representative_point
from step.models import Locality, Measure, MeasureQuerySet


@dataclass(frozen=True)
class LocalityGroup:
    """A locality with its measures; None where the filters ask for another locality."""

    locality: Locality
    measures: list[Measure] | None


@dataclass(frozen=True)
class PlaceList:
    """Measures of the map by place: what the map says, in words."""

    total: int
    located: list[Measure]
    groups: list[LocalityGroup]
    citywide: list[Measure]


def by_place(measures: MeasureQuerySet, localities: list[Locality], only: Locality | str | None = None) -> PlaceList:
    """Group measures by place in a fixed number of queries. `only`: the value of the filter for localities."""
    rows = list(_for_map(measures))
    there: dict[int, list[Measure]] = defaultdict(list)
    for measure in rows:
        for place in measure.localities.all():
            there[place.pk].append(measure)
    groups = [LocalityGroup(place, there[place.pk] if only in (None, "", place) else None) for place in localities]
    citywide = [m for m in rows if not m.geometry and not m.localities.all()]
    return PlaceList(len(rows), [m for m in rows if m.geometry], groups, citywide)


def _for_map(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Only what a row and a popup show; long texts stay in the database."""
    return measures.select_related("lead_plan", "horizon").prefetch_related("localities")


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def features(places: PlaceList, filters: QueryDict) -> dict[str, Any]:
    """The whole map as a GeoJSON FeatureCollection in EPSG:4326; the links to the list keep the filters."""
    outlines = [_group_feature(group, filters) for group in places.groups if group.locality.outline]
    return collection([*outlines, *(measure_feature(measure) for measure in places.located)])


def _group_feature(group: LocalityGroup, filters: QueryDict) -> dict[str, Any]:
    feature = locality_feature(group.locality)
    if group.measures is not None:
        query = filters.copy()
        query["locality"] = group.locality.slug
        count = len(group.measures)
        feature["properties"] |= {
            "count": count,
            "count_label": ngettext("%(n)d measure here", "%(n)d measures here", count) % {"n": count},
            "list_url": f"{reverse('step:measures')}?{query.urlencode()}",
        }
    return feature


def locality_feature(locality: Locality) -> dict[str, Any]:
    properties = {
        "kind": "locality",
        "title": locality.name,
        "url": locality.get_absolute_url(),
        "link_label": gettext("About this locality"),
        "note": locality.outline_note,
        "point": representative_point(locality.outline),
    }
    return {"type": "Feature", "id": locality.slug, "geometry": locality.outline, "properties": properties}


def measure_feature(measure: Measure) -> dict[str, Any]:
    properties = {
        "kind": "measure",
        "title": f"{measure.code} {measure.title}",
        "url": measure.get_absolute_url(),
        "link_label": gettext("To the measure"),
        "plan": measure.lead_plan.code.lower(),
        "plan_name": measure.lead_plan.short_name,
        "status": str(measure.status_enum.label),
        "note": measure.geometry_note,
        "point": representative_point(measure.geometry),
    }
    return {"type": "Feature", "id": measure.code, "geometry": measure.geometry, "properties": properties}
