"""The guideline as a document: chapters, its sources and its terms."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from common.richtext import RichTextField


class ChapterQuerySet(models.QuerySet["Chapter"]):
    def top(self) -> "ChapterQuerySet":
        """The eleven chapters, without their sections."""
        return self.filter(parent=None)

    def with_sections(self) -> "ChapterQuerySet":
        return self.prefetch_related("sections")

    def before(self, chapter: "Chapter") -> "Chapter | None":
        """The chapter or section that comes before it in the document."""
        return self.filter(number__lt=chapter.number).order_by("-number").first()

    def after(self, chapter: "Chapter") -> "Chapter | None":
        return self.filter(number__gt=chapter.number).order_by("number").first()


class Chapter(models.Model):
    """A chapter (`08`) or section (`08.3`) of the guideline, told in the portal's own words."""

    number = models.CharField(_("number"), max_length=8, unique=True, help_text=_("As printed: 08 or 08.3."))
    parent = models.ForeignKey(
        "self", verbose_name=_("chapter"), null=True, blank=True, on_delete=models.PROTECT, related_name="sections"
    )
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in short"), blank=True, help_text=_("One or two sentences in plain language."))
    body = RichTextField(_("text"), blank=True)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("leitbild:chapter", args=[self.number])


class Reference(models.Model):
    """A source that the guideline cites in a footnote."""

    number = models.PositiveSmallIntegerField(_("footnote"), unique=True)
    chapter = models.ForeignKey(Chapter, verbose_name=_("chapter"), on_delete=models.PROTECT, related_name="references")
    citation = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("address"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("bibliography")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"[{self.number}] {self.citation}"


class GlossaryTerm(models.Model):
    """A term of the field or a central definition of the guideline."""

    slug = models.SlugField(_("short address"), unique=True)
    term = models.CharField(_("term"), max_length=120)
    definition = models.TextField(_("definition"))
    is_central = models.BooleanField(
        _("central definition"), default=False, help_text=_("The guideline builds on this definition.")
    )
    character = models.CharField(
        _("character"), max_length=200, blank=True, help_text=_("In a word or two, for comparing two terms.")
    )
    differs_from = models.ForeignKey(
        "self",
        verbose_name=_("not to be confused with"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contrasted_by",
    )
    chapter = models.ForeignKey(
        Chapter, verbose_name=_("chapter"), null=True, blank=True, on_delete=models.PROTECT, related_name="terms"
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return reverse("leitbild:glossary") + f"#{self.slug}"

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """(language, term) in the other languages of the portal, for those who meet it there."""
        here = (get_language() or settings.LANGUAGE_CODE)[:2]
        names = [(code, getattr(self, build_localized_fieldname("term", code))) for code, _name in settings.LANGUAGES]
        return [(code, name) for code, name in names if name and code != here]
