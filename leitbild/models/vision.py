"""What the city wants: pillars, fields of action, themes, goals, and the questions of its brand."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.richtext import RichTextField
from leitbild.models.document import Chapter
from leitbild.models.frame import Sdg


class Pillar(models.Model):
    """One of the three pillars of sustainability."""

    code = models.SlugField(_("code"), unique=True, help_text="ecological, social, economic")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"))
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="pillars")

    class Meta:
        verbose_name = _("pillar of sustainability")
        verbose_name_plural = _("pillars of sustainability")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ActionField(models.Model):
    """A field of action of integrated urban development (04.2): politics, municipal, sustainable development."""

    letter = models.CharField(_("letter"), max_length=1, unique=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="action_fields"
    )

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
        ordering = ["letter"]

    def __str__(self) -> str:
        return f"{self.letter}. {self.title}"


class ActionFieldItem(models.Model):
    """One of the tasks within a field of action."""

    field = models.ForeignKey(
        ActionField, verbose_name=_("field of action"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=240)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["field", "position"]
        constraints = [models.UniqueConstraint(fields=["field", "position"], name="leitbild_item_position")]

    def __str__(self) -> str:
        return self.text


class Theme(models.Model):
    """A theme with its demands (08.2 A–E)."""

    letter = models.CharField(_("letter"), max_length=1, unique=True)
    title = models.CharField(_("title"), max_length=120)
    body = RichTextField(_("text"), blank=True)
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="themes")

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["letter"]

    def __str__(self) -> str:
        return f"{self.letter}. {self.title}"


class GoalQuerySet(models.QuerySet["Goal"]):
    def for_lists(self) -> "GoalQuerySet":
        return self.prefetch_related("pillars", "themes", "sdgs")


class Goal(models.Model):
    """One of the nine overall goals (Oberziele, 08.3): the upper end of the chain."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    slug = models.SlugField(_("short address"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in short"), blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="goals")
    pillars = models.ManyToManyField(Pillar, verbose_name=_("pillars"), blank=True, related_name="goals")
    sdgs = models.ManyToManyField(
        Sdg, verbose_name=_("Sustainable Development Goals"), blank=True, related_name="goals"
    )
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="goals")

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("overall goal")
        verbose_name_plural = _("overall goals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("leitbild:goal", args=[self.slug])


class Guideline(models.Model):
    """A guideline (Leitlinie) under a goal: the direction in a sentence."""

    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="guidelines")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=300)
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="guidelines")

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        ordering = ["goal", "position"]
        constraints = [models.UniqueConstraint(fields=["goal", "position"], name="leitbild_guideline_position")]

    def __str__(self) -> str:
        return self.text


class BrandStatement(models.Model):
    """What the guideline itself answers to one of its three questions about the city as a brand (06.1)."""

    class Question(models.TextChoices):
        ARE = "are", _("What are we?")
        WANT = "want", _("What do we want to be?")
        NOT_WANT = "not_want", _("What do we not want to be?")

    slug = models.SlugField(_("short address"), unique=True)
    question = models.CharField(_("question"), max_length=10, choices=Question.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=240)
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="brand_statements"
    )

    class Meta:
        verbose_name = _("brand statement")
        verbose_name_plural = _("city as a brand")
        ordering = ["question", "position"]

    def __str__(self) -> str:
        return self.text
