"""Strengths, weaknesses, opportunities and threats (SWOT), and the measures to which they lead.

The guideline builds its strategy on such an analysis (chapter 04.2) and asks for one before every intervention (07.1).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.visibility import Reader, Visibility, visible_levels
from leitbild.models import Chapter
from step.models.measures import Measure, MeasureQuerySet
from step.models.places import Locality
from step.models.plans import Plan


class SwotKind(models.TextChoices):
    """The four fields of the board, in the order in which they are read."""

    STRENGTH = "strength", _("Strengths")
    WEAKNESS = "weakness", _("Weaknesses")
    OPPORTUNITY = "opportunity", _("Opportunities")
    THREAT = "threat", _("Threats")

    @property
    def icon(self) -> str:
        """Name of the symbol in the icon sprite."""
        return f"swot-{self.value}"

    @property
    def one(self) -> Any:
        """A single entry of the field."""
        return {
            "strength": _("Strength"),
            "weakness": _("Weakness"),
            "opportunity": _("Opportunity"),
            "threat": _("Threat"),
        }[self.value]

    @property
    def meaning(self) -> Any:
        return {
            "strength": _("What is good today"),
            "weakness": _("What is missing or hurts today"),
            "opportunity": _("What can become good"),
            "threat": _("What can go wrong"),
        }[self.value]


class SwotEntryQuerySet(models.QuerySet["SwotEntry"]):
    def visible_to(self, user: Reader) -> "SwotEntryQuerySet":
        """The only door to drafts and internal entries."""
        return self.filter(visibility__in=visible_levels(user))

    def of(self, *, plan: Plan | None = None, locality: Locality | None = None) -> "SwotEntryQuerySet":
        """Entries of one board: the plan's, the locality's, or the city's, where neither is given."""
        return self.filter(plan=plan, locality=locality)

    def with_measures(self, user: Reader) -> "SwotEntryQuerySet":
        """Each with `seen_measures`: the measures to which it leads and which the reader may see, drafts left out."""
        seen = Measure.objects.visible_to(user).select_related("lead_plan")
        return self.prefetch_related(models.Prefetch("measures", queryset=seen, to_attr="seen_measures"))

    def for_board(self, user: Reader) -> "SwotEntryQuerySet":
        return self.visible_to(user).select_related("chapter").with_measures(user)

    def without_measure(self) -> "SwotEntryQuerySet":
        """Nobody has said yet what follows from it."""
        return self.filter(measures=None)


class SwotEntry(models.Model):
    """One strength, weakness, opportunity or threat of the city, of a plan or of a locality."""

    slug = models.SlugField(_("short address"), unique=True, max_length=80)
    kind = models.CharField(_("field"), max_length=12, choices=SwotKind.choices)
    plan = models.ForeignKey(
        Plan,
        verbose_name=_("StEP"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="swot_entries",
        help_text=_("Empty together with the locality: the whole city."),
    )
    locality = models.ForeignKey(
        Locality,
        verbose_name=_("locality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="swot_entries",
    )
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True, help_text=_("Why it is so, in two or three sentences."))
    chapter = models.ForeignKey(
        Chapter,
        verbose_name=_("source chapter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="swot_entries",
        help_text=_("Where the guideline says so. Empty if it came from elsewhere."),
    )
    source_note = models.CharField(_("source"), max_length=300, blank=True)
    measures = models.ManyToManyField(
        Measure, verbose_name=_("leads to measures"), blank=True, related_name="swot_entries"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.DRAFT, db_index=True
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = SwotEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("SWOT entry")
        verbose_name_plural = _("strengths and weaknesses (SWOT)")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(plan=None) | models.Q(locality=None),
                name="step_swot_one_owner",
                violation_error_message=_("An entry belongs to a StEP or to a locality, not to both."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on its board."""
        return f"{board_url(plan=self.plan, locality=self.locality)}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"swot-{self.slug}"

    @property
    def kind_enum(self) -> SwotKind:
        return SwotKind(self.kind)

    def clean(self) -> None:
        if self.plan_id and self.locality_id:
            raise ValidationError({"locality": _("An entry belongs to a StEP or to a locality, not to both.")})


def board_url(*, plan: Plan | None = None, locality: Locality | None = None) -> str:
    """The board of a plan or of a locality; without either, the city's."""
    if plan:
        return reverse("step:plan_swot", args=[plan.slug])
    return reverse("step:locality_swot", args=[locality.slug]) if locality else reverse("step:swot")


def with_entry(measures: MeasureQuerySet, user: Reader) -> MeasureQuerySet:
    """Of these measures, those to which an entry leads that the reader may see, on whatever board."""
    return measures.filter(models.Exists(_leading_to_it(user)))


def without_entry(measures: MeasureQuerySet, user: Reader) -> MeasureQuerySet:
    return measures.exclude(models.Exists(_leading_to_it(user)))


def _leading_to_it(user: Reader) -> SwotEntryQuerySet:
    return SwotEntry.objects.visible_to(user).filter(measures=models.OuterRef("pk"))
