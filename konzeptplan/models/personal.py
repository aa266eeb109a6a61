"""A council member's own tools: notes that nobody else sees, measures they follow, and short links to a view."""

import secrets

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from step.models import Measure
from step.models.access import Reader

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that people confuse when they read it aloud


def new_code() -> str:
    """Seven characters of 31: 27 thousand million links, short enough to dictate."""
    return "".join(secrets.choice(ALPHABET) for _index in range(7))


class Tile(models.TextChoices):
    """The parts of the dashboard on which notes are kept."""

    ANSWERS = "answers", _("Overview")
    CHANGES = "changes", _("Changes")
    DEVIATIONS = "deviations", _("Deviations")
    MATRIX = "matrix", _("Plans and time horizons")
    MONEY = "money", _("Money")
    VOICES = "voices", _("Voices")
    GAPS = "gaps", _("What is missing")


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Reader) -> "NoteQuerySet":
        """Only their author's: no role opens this door."""
        return self.filter(author=user) if isinstance(user, User) else self.none()


class Note(models.Model):
    """A private note on a measure or on a part of the dashboard. Goes with its author's account."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.CASCADE, related_name="konzeptplan_notes"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    tile = models.CharField(_("part of the dashboard"), max_length=12, choices=Tile.choices, blank=True)
    text = models.TextField(_("note"), max_length=4000)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="konzeptplan_note_one_place",
                condition=(Q(measure__isnull=False) & Q(tile="")) | (Q(measure__isnull=True) & ~Q(tile="")),
            ),
            models.UniqueConstraint(
                fields=["author", "measure"], condition=Q(measure__isnull=False), name="konzeptplan_note_per_measure"
            ),
            models.UniqueConstraint(fields=["author", "tile"], condition=~Q(tile=""), name="konzeptplan_note_per_tile"),
        ]

    def __str__(self) -> str:
        return str(self.measure) if self.measure else str(Tile(self.tile).label)


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: Reader) -> "FollowQuerySet":
        """A person's own, as far as they still may see the measure."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(user=user, measure__in=Measure.objects.visible_to(user).order_by().values("pk"))


class Follow(models.Model):
    """A measure that a person follows; before a session they get a digest of it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="konzeptplan_follows"
    )
    measure = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed measure")
        verbose_name_plural = _("followed measures")
        ordering = ["measure__code"]
        constraints = [models.UniqueConstraint(fields=["user", "measure"], name="konzeptplan_follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.measure_id}"


class ViewLink(models.Model):
    """A short address of exactly one view: a page of the Konzeptplan with its filters, in the reader's language."""

    code = models.CharField(_("code"), max_length=10, unique=True, default=new_code, editable=False)
    target = models.CharField(
        _("view"),
        max_length=600,
        unique=True,
        validators=[RegexValidator(r"^konzeptplan/[^\s\\]*$")],
        help_text=_("Path without the language: konzeptplan/?plan=vm"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("short link")
        verbose_name_plural = _("short links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.code
