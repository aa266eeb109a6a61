"""What the content loader last wrote, so that it can tell its own words from the staff's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """The fingerprint of a record as the loader left it. A record that differs from it was edited by staff."""

    record = models.CharField(_("record"), max_length=160, unique=True, help_text="app.model:key")
    fields = models.JSONField(
        _("fields"), default=list, help_text=_("The columns over which the fingerprint was taken.")
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        ordering = ["record"]

    def __str__(self) -> str:
        return self.record
