"""A spreadsheet between its preview and its confirmation."""

import datetime as dt
import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

KEPT = dt.timedelta(hours=4)  # time to look at the preview


class ImportUploadQuerySet(models.QuerySet["ImportUpload"]):
    def of(self, user: User, now: dt.datetime) -> "ImportUploadQuerySet":
        """What this person has uploaded and may still confirm; nobody sees another's."""
        return self.filter(owner=user, created_at__gt=now - KEPT)

    def expired(self, now: dt.datetime) -> "ImportUploadQuerySet":
        return self.filter(created_at__lte=now - KEPT)


class ImportUpload(models.Model):
    """The very file that was shown; confirming reads it again, so no second upload can slip in between."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ImportUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        """The file; ValueError if what is stored is not what was uploaded."""
        data = bytes(self.content)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise ValueError("The stored spreadsheet is damaged.")
        return data


def keep(*, data: bytes, name: str, owner: User) -> ImportUpload:
    """Store an upload, and throw away those whose time is over."""
    ImportUpload.objects.expired(timezone.now()).delete()
    digest = hashlib.sha256(data).hexdigest()
    return ImportUpload.objects.create(owner=owner, name=name[:120], content=data, sha256=digest)
