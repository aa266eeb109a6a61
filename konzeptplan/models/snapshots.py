"""Snapshots: the Konzeptplan frozen on a day, for everyone and for the council. Written once."""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from konzeptplan.edition import Edition
from konzeptplan.figures import Audience
from konzeptplan.freezing import SCHEMA, canonical, fingerprint, pick, thaw


class Tampered(Exception):
    """The stored payload is not the one that was frozen."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def for_lists(self) -> "SnapshotQuerySet":
        """Without the payloads, which are large."""
        return self.defer("public_payload", "council_payload")

    def latest_first(self) -> "SnapshotQuerySet":
        return self.order_by("-taken_on", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("A snapshot cannot be edited.")

    def delete(self) -> NoReturn:
        raise TypeError("A snapshot cannot be deleted.")


class Snapshot(models.Model):
    """What the Konzeptplan said on a day. The payloads are canonical JSON, woven from all languages (`freezing.py`)."""

    taken_on = models.DateField(_("as of"), db_index=True, editable=False)
    label = models.CharField(_("label"), max_length=120, editable=False)
    schema_version = models.PositiveSmallIntegerField(_("version of the payload"), default=SCHEMA, editable=False)
    public_payload = models.TextField(_("for everyone"), editable=False)
    council_payload = models.TextField(_("for the council"), editable=False)
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("frozen"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("frozen by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["taken_on", "label"], name="konzeptplan_snapshot_once")]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A snapshot cannot be edited.")
        self.sha256 = self.computed_sha256()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("konzeptplan:snapshot", args=[self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A snapshot cannot be deleted.")

    def computed_sha256(self) -> str:
        """Over all that the snapshot says: its day, its label, its version and both payloads."""
        said = {
            "taken_on": self.taken_on.isoformat(),
            "label": self.label,
            "schema": self.schema_version,
            "public": fingerprint(self.public_payload),
            "council": fingerprint(self.council_payload),
        }
        return fingerprint(canonical(said))

    @property
    def is_genuine(self) -> bool:
        """Whether it still is what was frozen."""
        return self.computed_sha256() == self.sha256

    @property
    def short_id(self) -> str:
        """What a printed page says: number and beginning of the fingerprint, `12-3fa9c1d2`."""
        return f"{self.pk}-{self.sha256[:8]}"

    def edition(self, audience: Audience) -> Edition:
        """The very figures of that day, in the reader's language. Raises Tampered, or Unreadable."""
        if not self.is_genuine:
            raise Tampered(f"snapshot {self.pk}: the fingerprint does not fit")
        payload = self.council_payload if audience is Audience.COUNCIL else self.public_payload
        tree = pick(json.loads(payload), (get_language() or "de")[:2])
        return thaw(Edition, tree, version=self.schema_version)
