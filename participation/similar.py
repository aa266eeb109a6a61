"""What resembles a text that somebody is writing: contributions that others sent, and measures that exist already.

`similar_to(text, user)` is the same on both databases. Contributions come from the full-text index (`search_index`),
best first; measures are few, so the database scores their titles and summaries in every language. Words are cut to a
beginning that their endings share ("Bäume", "Bäumen" → "bäum"), as no dictionary knows Luxembourgish.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, Value, When
from modeltranslation.utils import build_localized_fieldname

from participation.models import Contribution, Publication
from participation.search_index import FOLD, FTS, TABLE, extension_schema
from step.models import Measure
from step.models.access import Reader

LIMIT = 4  # shown of each
CANDIDATES = 60  # taken from the index before it is asked who may see them
MOST_STEMS, SHORTEST_WORD = 12, 4
SHORTEST_TEXT = 12  # letters, below which nothing is proposed
COMMON_WORDS = """
    aber auch dann dass denn dies diese dieser dieses eine einem einen einer gibt haben hier kann mehr mein nicht noch
    oder sehr sein sich sind über unter unser viel wäre weil wenn werden wird wünsche würde zwischen bitte sollte
    soll sollen müssen muss avec dans elle être leur mais nous pour plus sont tout très vous cette faut faudrait
    this that with from have more than there they what when would could should please very sans aussi
    como mais para pela pelo seria muito este esta isso quando deve awer hunn ginn gëtt sinn wier wann
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Similar:
    """What resembles a text, best first."""

    contributions: list[Contribution] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.contributions or self.measures)


def stems(text: str) -> list[str]:
    """The telling beginnings of the words of a text: lower case, letters and digits only, the longest words first."""
    words = dict.fromkeys(word for word in re.findall(r"\w+", text.lower()) if word not in COMMON)
    long_ones = sorted((word for word in words if len(word) >= SHORTEST_WORD), key=len, reverse=True)
    return list(dict.fromkeys(_cut(word) for word in long_ones))[:MOST_STEMS]


def _cut(word: str) -> str:
    return word[: max(SHORTEST_WORD, len(word) - (2 if len(word) > 5 else 1))]


def similar_to(text: str, user: Reader) -> Similar:
    """Published contributions and measures that this reader may see and that share telling words with the text."""
    found = stems(text[:5000])
    if len(text.strip()) < SHORTEST_TEXT or not found:
        return Similar()
    return Similar(_contributions(found, text, user), _measures(found, user))


def _contributions(found: Sequence[str], text: str, user: Reader) -> list[Contribution]:
    keys = _on_postgresql(found, text) if connection.vendor == "postgresql" else _on_sqlite(found)
    visible = Contribution.objects.visible_to(user).published().select_related("loop__dialogue", "measure", "author")
    rows = {row.pk: row for row in visible.filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows][:LIMIT]


def _on_sqlite(found: Sequence[str]) -> list[int]:
    """FTS5: any of the stems anywhere in a word; rare ones weigh more (bm25)."""
    query = " OR ".join(f'"{stem}"' for stem in found)
    sql = (
        f"SELECT {FTS}.rowid FROM {FTS} JOIN {TABLE} c ON c.id = {FTS}.rowid "
        f"WHERE {FTS} MATCH %s AND c.status = %s ORDER BY bm25({FTS}), {FTS}.rowid DESC LIMIT {CANDIDATES}"
    )
    return _keys(sql, [query, Publication.PUBLISHED])


def _on_postgresql(found: Sequence[str], text: str) -> list[int]:
    """Full text with prefixes, ranked; where trigrams are at hand, also what is spelt slightly differently."""
    words = f"{FOLD}(title || ' ' || text)"
    query = f"to_tsquery('simple', {FOLD}(%s))"
    prefixes = " | ".join(f"{stem}:*" for stem in found)
    match, rank = f"to_tsvector('simple', {words}) @@ {query}", f"ts_rank(to_tsvector('simple', {words}), {query})"
    values: list[str] = [prefixes]
    ranking: list[str] = [prefixes]
    if schema := extension_schema(connection, "pg_trgm"):
        match = f"({match} OR {words} OPERATOR({schema}.%%>) {FOLD}(%s))"
        rank = f"{rank} + {schema}.word_similarity({FOLD}(%s), {words})"
        short = " ".join(text.split())[:120]
        values, ranking = [*values, short], [*ranking, short]
    sql = f"SELECT id FROM {TABLE} WHERE {match} AND status = %s ORDER BY {rank} DESC, id DESC LIMIT {CANDIDATES}"
    return _keys(sql, [*values, Publication.PUBLISHED, *ranking])


def _keys(sql: str, values: Sequence[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [key for (key,) in cursor.fetchall()]


def _measures(found: Sequence[str], user: Reader) -> list[Measure]:
    """A stem in the title counts three times as much as one in the summary."""
    score = Value(0, output_field=IntegerField()) + Value(0)
    for stem in found:
        score = score + _points(stem, "title", 3) + _points(stem, "summary", 1)
    rows = Measure.objects.visible_to(user).select_related("lead_plan")
    return list(rows.annotate(likeness=score).filter(likeness__gte=3).order_by(F("likeness").desc(), "code")[:LIMIT])


def _points(stem: str, name: str, number: int) -> Case:
    columns = [build_localized_fieldname(name, code) for code, _label in settings.LANGUAGES]
    anywhere = Q(*[(f"{column}__icontains", stem) for column in columns], _connector="OR")
    return Case(When(anywhere, then=Value(number)), default=Value(0), output_field=IntegerField())
