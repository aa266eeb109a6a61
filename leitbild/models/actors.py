"""Who shapes the city: the organisation diagram of chapter 10."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitbild.models.document import Chapter


class OrganisationUnit(models.Model):
    """An office, a body or a group of actors, with its tasks and who coordinates it."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Urban development office")
        POLITICS = "politics", _("Politics")
        ADMINISTRATION = "administration", _("Administration")
        ECONOMY = "economy", _("Economy")
        CITIZENS = "citizens", _("Citizens")
        EXTERNAL = "external", _("External partner")

    slug = models.SlugField(_("short address"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=120)
    tasks = models.TextField(_("tasks"), blank=True)
    coordinated_by = models.ForeignKey(
        "self",
        verbose_name=_("coordinated by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="coordinates",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="units")

    class Meta:
        verbose_name = _("organisation unit")
        verbose_name_plural = _("organisation units")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Nobody is coordinated by themselves, not even by a detour."""
        above, seen = self.coordinated_by, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"coordinated_by": _("The units would coordinate each other in a circle.")})
            seen.add(above.pk)
            above = above.coordinated_by
