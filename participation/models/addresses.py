"""Addresses of the commune, to count who is invited. No names: an address is not a person."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from shapely import distance, points
from shapely.geometry.base import BaseGeometry

from common.geo import to_luref
from step.models import Locality


class AddressQuerySet(models.QuerySet["Address"]):
    def invited(self, place: dict[str, Any] | None, metres: int | None, localities: list[Locality]) -> set[int]:
        """Keys of the addresses in one of the localities or within that distance of the place; each once."""
        found = set(self.filter(locality__in=localities).values_list("pk", flat=True)) if localities else set()
        if place and metres:
            found |= self._within(to_luref(place), metres)
        return found

    def _within(self, place: BaseGeometry, metres: int) -> set[int]:
        west, south, east, north = place.bounds
        box = Q(easting__range=(west - metres, east + metres), northing__range=(south - metres, north + metres))
        rows = list(self.filter(box).values_list("pk", "easting", "northing"))
        if not rows:
            return set()
        away = distance(points([row[1] for row in rows], [row[2] for row in rows]), place)
        return {pk for (pk, _e, _n), gap in zip(rows, away, strict=True) if gap <= metres}


class Address(models.Model):
    """A house number with its place in metres of the national grid (LUREF, EPSG:2169)."""

    street = models.CharField(_("street"), max_length=120)
    number = models.CharField(_("number"), max_length=20)
    locality_name = models.CharField(_("locality in the list"), max_length=80)
    locality = models.ForeignKey(
        Locality, verbose_name=_("locality"), null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses"
    )
    easting = models.FloatField(_("easting (LUREF)"), db_index=True)
    northing = models.FloatField(_("northing (LUREF)"))

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["locality_name", "street", "number"]
        constraints = [
            models.UniqueConstraint(fields=["locality_name", "street", "number"], name="participation_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.street}, {self.locality_name}"
