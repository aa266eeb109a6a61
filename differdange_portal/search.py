"""Search over everything that the reader may see, grouped by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from leitbild.models import Chapter, GlossaryTerm, Goal, Instrument
from participation.models import Contribution, Dialogue
from step.models import Locality, Measure, Plan

Reader = User | AnonymousUser
LIMIT = 10  # hits shown of each kind
MAX_LENGTH = 100


@dataclass(frozen=True)
class Kind:
    """One kind of record: where to look, and what a hit shows."""

    name: str | Promise
    icon: str
    rows: Callable[[Reader], models.QuerySet[Any]]
    translated: tuple[str, ...]
    plain: tuple[str, ...] = ()
    excerpt: str = "summary"


@dataclass(frozen=True)
class Hits:
    kind: Kind
    total: int
    records: list[models.Model]


KINDS = [
    Kind(
        _("Measures"),
        "clipboard-check",
        lambda user: Measure.objects.visible_to(user).for_lists(),
        ("title", "summary", "body"),
        ("code",),
    ),
    Kind(
        _("Dialogues"),
        "chat-dots",
        lambda user: Dialogue.objects.visible_to(user),
        ("title", "summary", "body"),
    ),
    Kind(
        _("StEP"),
        "layers",
        lambda user: Plan.objects.all(),
        ("name", "short_name", "summary", "body"),
        ("code",),
    ),
    Kind(_("Goals"), "bullseye", lambda user: Goal.objects.all(), ("title", "summary")),
    Kind(
        _("Localities"),
        "geo-alt",
        lambda user: Locality.objects.all(),
        ("name", "description"),
        excerpt="description",
    ),
    Kind(
        _("Chapters of the guideline"),
        "book",
        lambda user: Chapter.objects.all(),
        ("title", "summary", "body"),
        ("number",),
    ),
    Kind(
        _("Planning instruments"),
        "bank",
        lambda user: Instrument.objects.all(),
        ("name", "description"),
        ("code", "official_name"),
        excerpt="description",
    ),
    Kind(
        _("Glossary"),
        "journal-text",
        lambda user: GlossaryTerm.objects.all(),
        ("term", "definition"),
        excerpt="definition",
    ),
    Kind(
        _("Contributions"),
        "chat-left-quote",
        lambda user: Contribution.objects.visible_to(user).published().for_lists(),
        (),
        ("title", "text"),
        excerpt="text",
    ),
]


def search(query: str, user: Reader) -> list[Hits]:
    """Hits of each kind in which every word of the query occurs, in the reader's language or in German."""
    words = query.split()
    if not words:
        return []
    found = [_search_kind(kind, words, user) for kind in KINDS]
    return [hits for hits in found if hits.total]


def _search_kind(kind: Kind, words: list[str], user: Reader) -> Hits:
    languages = {(get_language() or "de")[:2], "de"}
    columns = [build_localized_fieldname(f, code) for f in kind.translated for code in sorted(languages)]
    condition = models.Q()
    for word in words:
        condition &= models.Q(*[(f"{column}__icontains", word) for column in [*columns, *kind.plain]], _connector="OR")
    rows = kind.rows(user).filter(condition)
    return Hits(kind, rows.count(), list(rows[:LIMIT]))
