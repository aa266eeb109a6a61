"""What a text said before: earlier versions of a contribution, and the text that a comment was made on."""

import hashlib
import json
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Exists, Model, OuterRef
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from common.richtext import RichTextField, from_plain
from participation.models.contributions import Contribution, works_on_dialogues
from step.models.access import Reader

# The words of each commented record that a comment stays pinned to: (plain fields, rich fields).
PINNED: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "measure": (["summary"], ["body"]),
    "chapter": (["summary"], ["body"]),
    "plan": (["summary"], ["body", "tasks"]),
}


class ContributionVersionQuerySet(models.QuerySet["ContributionVersion"]):
    def visible_to(self, user: Reader) -> "ContributionVersionQuerySet":
        """Staff see all; readers those that once were published, as long as the contribution itself is."""
        own = Contribution.objects.visible_to(user).filter(pk=OuterRef("contribution_id"))
        if works_on_dialogues(user):
            return self.filter(Exists(own))
        return self.filter(Exists(own.published()), was_published=True)


class ContributionVersion(models.Model):
    """What a contribution said until its author changed it."""

    contribution = models.ForeignKey(
        Contribution, verbose_name=_("contribution"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    was_published = models.BooleanField(_("was published"), default=False)
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    objects = ContributionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["contribution", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "number"], name="participation_contribution_version")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"


class TextVersion(models.Model):
    """The text of a measure, chapter or StEP as somebody read it when they commented. Equal texts are stored once."""

    sha256 = models.CharField(_("checksum"), max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, editable=False)
    title = models.CharField(_("title"), max_length=300, editable=False)
    body = RichTextField(_("text"), editable=False)
    was_public = models.BooleanField(_("was public"), editable=False)
    first_used_at = models.DateTimeField(_("first used"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("pinned text")
        verbose_name_plural = _("pinned texts")
        ordering = ["-first_used_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @classmethod
    def of(cls, record: Model, context: str, language: str = "") -> "TextVersion":
        """The text of a record as a reader of that language sees it now; not stored.

        `context`: the name under which contributions know it ("measure", "chapter" ...).
        """
        language = language or (get_language() or settings.LANGUAGE_CODE)[:2]
        plain, rich = PINNED[context]
        parts = [from_plain(text) for name in plain if (text := _words(record, name, language))]
        parts += [text for name in rich if (text := _words(record, name, language))]
        made = cls(language=language, title=str(record)[:300], body="\n".join(parts))
        made.was_public = getattr(record, "visibility", "public") == "public"
        words = json.dumps([made.language, made.title, made.body, made.was_public])
        made.sha256 = hashlib.sha256(words.encode()).hexdigest()
        return made

    @classmethod
    def pin(cls, record: Model, context: str) -> "TextVersion":
        """The stored text of a record as it stands now."""
        made = cls.of(record, context)
        values = {name: getattr(made, name) for name in ("language", "title", "body", "was_public")}
        return cls.objects.get_or_create(sha256=made.sha256, defaults=values)[0]

    def differs_from(self, record: Model, context: str) -> bool:
        """Whether the words of the record have changed since; its title or visibility alone do not count."""
        return TextVersion.of(record, context, self.language).body != self.body


def _words(record: Model, name: str, language: str) -> str:
    """A translated field in that language, or in German where it is missing."""
    own = getattr(record, build_localized_fieldname(name, language), "")
    return own or getattr(record, build_localized_fieldname(name, settings.LANGUAGE_CODE), "") or ""
