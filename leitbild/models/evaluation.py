"""The regular review of a goal. The guideline calls for it (chapter 01) and leaves its form to the city."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.visibility import Reader, sees_internal
from common.richtext import RichTextField
from leitbild.models.actors import OrganisationUnit
from leitbild.models.vision import Goal


class Judgement(models.TextChoices):
    """Four steps, without a middle to hide in. Each has a word, a shape and a colour."""

    REACHED = "reached", _("On course")
    MOSTLY = "mostly", _("Mostly on course")
    BEHIND = "behind", _("Behind")
    OFF = "off", _("Off course")

    @property
    def icon(self) -> str:
        """Name of the symbol in the icon sprite: four, three, two, one quarter of a disc."""
        return f"judgement-{self.value}"

    @property
    def step(self) -> int:
        """4 is the best."""
        return 4 - list(Judgement).index(self)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Reader) -> "EvaluationQuerySet":
        """Everyone reads the public reviews; council and the office also those in preparation."""
        return self.all() if sees_internal(user) else self.filter(is_public=True)


class Evaluation(models.Model):
    """One review of one goal: how it stands, in whose judgement, and why."""

    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="evaluations")
    reviewed_on = models.DateField(_("date"))
    judgement = models.CharField(_("judgement"), max_length=10, choices=Judgement.choices)
    text = RichTextField(_("reason"), help_text=_("What speaks for this judgement, and what follows from it?"))
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="evaluations",
    )
    is_public = models.BooleanField(_("public"), default=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a goal")
        verbose_name_plural = _("reviews of goals")
        ordering = ["-reviewed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "reviewed_on"],
                name="leitbild_evaluation_once",
                violation_error_message=_("There is a review of this goal on this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewed_on:%Y-%m-%d} {self.get_judgement_display()}"

    @property
    def judgement_enum(self) -> Judgement:
        return Judgement(self.judgement)
