"""Reading the list of house numbers that the office imports, with what is wrong by row and column.

A table in CSV (comma or semicolon, UTF-8) with a head row. Columns, in any order and by any of their names: street,
number, locality, and the place as longitude and latitude in degrees, or as easting and northing in metres of LUREF.
Other columns are not read: names of people never reach the portal.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from common.geo import EXTENT, point_to_luref
from participation.models import Address
from step.models import Locality

MAX_ROWS = 50_000
MAX_BYTES = 10_000_000
MAX_ERRORS = 50
NAMES = {
    "street": {"street", "rue", "strasse", "straße", "strooss"},
    "number": {"number", "numero", "numéro", "hausnummer", "nummer", "no"},
    "locality": {"locality", "localite", "localité", "ort", "ortschaft", "lokalität"},
    "lon": {"lon", "longitude", "lon_wgs84", "länge"},
    "lat": {"lat", "latitude", "lat_wgs84", "breite"},
    "easting": {"easting", "e", "x", "coord_est_luref"},
    "northing": {"northing", "n", "y", "coord_nord_luref"},
}
# The commune in LUREF with about a kilometre around it.
GRID = (54_800, 61_400, 62_800, 69_200)  # west, south, east, north
TEXTS = {"street": 120, "number": 20, "locality": 80}


@dataclass
class AddressList:
    """What a file holds: addresses to store, and errors as (row, column, what is wrong)."""

    rows: list[Address] = field(default_factory=list)
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    doubles: int = 0


class _BadCell(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def read(content: bytes) -> AddressList:
    """Read a file; it stores nothing. Whatever is in it leads to errors by row and column, never to a failure."""
    found = AddressList()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.errors.append((1, "", _("The file is not UTF-8 text. Export it as CSV (UTF-8).")))
        return found
    try:
        _read_rows(text, found)
    except csv.Error as error:
        found.errors.append((1, "", _("The table cannot be read: %(why)s") % {"why": error}))
    return found


def _read_rows(text: str, found: AddressList) -> None:
    head_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head_line.count(";") > head_line.count(",") else ",")
    columns = _columns(next(reader, []))
    if missing := _missing(columns):
        found.errors.append((1, ", ".join(missing), _("These columns are missing.")))
        return
    localities = {locality.name.casefold(): locality for locality in Locality.objects.all()}
    seen: dict[tuple[str, str, str], int] = {}
    for number, cells in _numbered(reader):
        if len(found.errors) >= MAX_ERRORS or number > MAX_ROWS:
            found.errors.append((number, "", _("Reading stopped here: too many errors or rows.")))
            return
        try:
            address = _address({name: cells[i].strip() if i < len(cells) else "" for name, i in columns.items()})
        except _BadCell as bad:
            found.errors.append((number, bad.column, bad.reason))
            continue
        address.locality = localities.get(address.locality_name.casefold())
        key = (address.locality_name, address.street, address.number)
        if key in seen:
            found.doubles += 1
            found.rows[seen[key]] = address
        else:
            seen[key] = len(found.rows)
            found.rows.append(address)


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with their number in the file; the head is row 1."""
    return ((number, cells) for number, cells in enumerate(reader, 2) if any(cell.strip() for cell in cells))


def _columns(head: list[str]) -> dict[str, int]:
    written = [name.strip().casefold() for name in head]
    return {
        name: next(index for index, title in enumerate(written) if title in names)
        for name, names in NAMES.items()
        if any(title in names for title in written)
    }


def _missing(columns: dict[str, int]) -> list[str]:
    missing = [name for name in TEXTS if name not in columns]
    if not ({"lon", "lat"} <= columns.keys() or {"easting", "northing"} <= columns.keys()):
        missing += ["lon", "lat"]
    return missing


def _address(cells: dict[str, str]) -> Address:
    for name, longest in TEXTS.items():
        if not cells[name]:
            raise _BadCell(name, _("empty"))
        if len(cells[name]) > longest:
            raise _BadCell(name, _("longer than %(max)d signs") % {"max": longest})
    if "\x00" in "".join(cells.values()):
        raise _BadCell("street", _("a sign that no text holds"))
    easting, northing = _place(cells)
    return Address(
        street=cells["street"],
        number=cells["number"],
        locality_name=cells["locality"],
        easting=round(easting, 2),
        northing=round(northing, 2),
    )


def _place(cells: dict[str, str]) -> tuple[float, float]:
    if cells.get("lon") and cells.get("lat"):
        west, south, east, north = EXTENT
        return point_to_luref(_number(cells, "lon", west, east), _number(cells, "lat", south, north))
    if "easting" not in cells or "northing" not in cells:
        raise _BadCell("lon, lat", _("empty"))
    west, south, east, north = GRID
    return _number(cells, "easting", west, east), _number(cells, "northing", south, north)


def _number(cells: dict[str, str], name: str, low: float, high: float) -> float:
    try:
        value = float(cells[name].replace(",", "."))
    except ValueError as error:
        raise _BadCell(name, _("“%(value)s” is not a number") % {"value": cells[name][:20]}) from error
    if not low <= value <= high:  # also false for "nan"
        raise _BadCell(name, _("%(value)s lies outside Differdange") % {"value": cells[name][:20]})
    return value


def store(found: AddressList, *, by: User) -> int:
    """Add the addresses, and move those that are there already; how many there were in the file."""
    with transaction.atomic():
        Address.objects.bulk_create(
            found.rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["locality_name", "street", "number"],
            update_fields=["locality", "easting", "northing"],
        )
        if found.rows:
            first = Address.objects.first()
            if first:
                record("address.import", first, actor=by, after={"rows": len(found.rows)})
    return len(found.rows)
