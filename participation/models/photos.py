"""Photos of a contribution. The files are served by a view that asks who is reading, never from an open folder."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.contributions import Contribution, Publication, works_on_dialogues
from step.models.access import Reader

MAX_PHOTOS = 3


def new_photo_key() -> str:
    """A name that cannot be guessed: 144 bits."""
    return secrets.token_urlsafe(18)


def folder(photo: "Photo", name: str) -> str:
    """The key names the folder; nothing of the name that the visitor's file had is kept."""
    return f"photos/{photo.key[:2]}/{photo.key}/{name}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: Reader) -> "PhotoQuerySet":
        """The only door: with a published contribution for its readers; else for staff and its author alone."""
        own = Contribution.objects.visible_to(user).filter(pk=models.OuterRef("contribution_id"))
        if not works_on_dialogues(user):
            mine = models.Q(author=user) if isinstance(user, User) else models.Q()
            own = own.filter(models.Q(status=Publication.PUBLISHED) | mine)
        return self.filter(models.Exists(own))


class Photo(models.Model):
    """One photo, re-encoded by the portal, so that nothing but the picture is left of the file."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="photos"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    key = models.CharField(_("key"), max_length=40, unique=True, default=new_photo_key, editable=False)
    alt = models.CharField(_("what the photo shows"), max_length=200)
    image = models.FileField(_("file"), upload_to=folder, editable=False)
    thumbnail = models.FileField(_("small file"), upload_to=folder, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="participation_photo_position"),
            models.CheckConstraint(
                name="participation_photo_count", condition=models.Q(position__gte=1, position__lte=MAX_PHOTOS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.position}"

    def get_absolute_url(self) -> str:
        return reverse("participation:photo", args=[self.key])

    @property
    def small_url(self) -> str:
        return reverse("participation:photo_small", args=[self.key])
