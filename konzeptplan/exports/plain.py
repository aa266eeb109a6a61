"""For other programs: the measures as CSV, and those that have a place as GeoJSON."""

import csv
import datetime as dt
import json
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from common.spreadsheet import safe_cell
from konzeptplan.edition import Edition
from konzeptplan.exports.stamp import Stamp
from konzeptplan.exports.tables import measures
from konzeptplan.figures import MeasureRow

BOM = "\ufeff"  # tells spreadsheets that it is UTF-8


def csv_file(edition: Edition, stamp: Stamp) -> bytes:
    """A row per measure; days as 2026-03-01, amounts with a point; the stamp in the last columns of each row."""
    table = measures(edition)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([*table.columns, _("As of"), _("Source"), _("Sample data")])
    last = (stamp.as_of.isoformat(), stamp.source, _("yes") if stamp.is_sample else _("no"))
    for row in table.rows:
        writer.writerow([safe_cell(value) for value in (*row, *last)])
    return (BOM + out.getvalue()).encode()


def geojson(edition: Edition, stamp: Stamp) -> bytes:
    """A FeatureCollection in EPSG:4326 of the counting measures with a place; the others are said to be left out."""
    rows = {row.code: row for row in edition.counting}
    placed = [place for place in edition.places if place.code in rows]
    collection = {
        "type": "FeatureCollection",
        "name": _("Konzeptplan StEP 2030"),
        "stamp": stamp.text,
        "as_of": stamp.as_of.isoformat(),
        "source": stamp.source,
        "is_sample": stamp.is_sample,
        "measures_in_all": len(rows),
        "features": [
            {
                "type": "Feature",
                "id": place.code,
                "geometry": place.geometry,
                "properties": _properties(rows[place.code]),
            }
            for place in placed
        ],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _properties(row: MeasureRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "lead_plan": row.lead_plan,
        "plans": sorted(row.plans),
        "horizon": row.horizon,
        "status": row.status.value,
        "status_label": str(row.status.label),
        "status_reason": row.status_reason,
        "urgency": row.urgency.value,
        "unit": row.unit,
        "localities": sorted(row.localities),
        "goals": sorted(row.goals),
        "voices": row.voices,
        **{name: _day(getattr(row, name)) for name in ("baseline_end", "forecast_end", "actual_end")},
        **{name: _amount(getattr(row, name)) for name in ("planned", "voted", "spent")},
    }


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _amount(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
