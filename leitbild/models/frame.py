"""The frame that others set: the United Nations' goals, the Leipzig Charter, the planning instruments."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitbild.models.document import Chapter


class Sdg(models.Model):
    """One of the 17 Sustainable Development Goals of the United Nations."""

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    name = models.CharField(_("name"), max_length=120)
    colour = models.CharField(
        _("colour"), max_length=7, validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$")], help_text="#RRGGBB"
    )

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("leitbild:sdg", args=[self.number])


class LeipzigPrinciple(models.Model):
    """A dimension, principle or level of the New Leipzig Charter (30 November 2020)."""

    class Kind(models.TextChoices):
        DIMENSION = "dimension", _("Dimension")
        CROSS_CUTTING = "cross_cutting", _("Cross-cutting field")
        PRINCIPLE = "principle", _("Principle")
        LEVEL = "level", _("Spatial level")

    slug = models.SlugField(_("short address"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"))
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("principle of the Leipzig Charter")
        verbose_name_plural = _("Leipzig Charter")
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return self.title


class Instrument(models.Model):
    """A planning instrument of the State or the commune that also serves the climate (chapter 05)."""

    class Level(models.TextChoices):
        STATE = "state", _("State")
        MUNICIPAL = "municipal", _("Municipality")

    code = models.CharField(_("code"), max_length=10, unique=True)
    slug = models.SlugField(_("short address"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    name = models.CharField(_("name"), max_length=160)
    official_name = models.CharField(
        _("official name"), max_length=160, help_text=_("As the law has it, in French; not translated.")
    )
    legal_base = models.CharField(_("legal base"), max_length=300)
    force = models.TextField(_("force"), help_text=_("Whom does it bind?"))
    is_binding = models.BooleanField(_("legally binding"), default=True)
    description = models.TextField(_("description"))
    objection_note = models.TextField(
        _("formal way"), blank=True, help_text=_("How to object: a comment on the portal is no legal objection.")
    )
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="instruments"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("planning instrument")
        verbose_name_plural = _("planning instruments")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("leitbild:instruments") + f"#{self.slug}"
