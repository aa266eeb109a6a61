"""Contributions of a workshop from a spreadsheet: checked as a whole, then all of them or none.

They are equal to every other contribution in the chain: they wait for moderation, have a receipt and get an answer.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from common.tables import read_table
from participation.models import Contribution, Event, Kind, Loop, Origin, Question
from step.models import Locality

# What a column may be called, in lower case.
COLUMNS = {
    "text": {"text", "beitrag", "contribution", "texte"},
    "title": {"title", "titel", "titre"},
    "language": {"language", "sprache", "langue"},
    "locality": {"locality", "lokalität", "ort", "localité"},
    "question": {"question", "frage"},
    "event": {"event", "termin", "événement"},
    "name": {"name", "nom"},
}
MAX_TEXT = 5000
_NAMESPACE = uuid.UUID("6a0b3f0e-4a4b-4f0c-9d0e-5d6f1c6f6b11")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell; `row` counts like the spreadsheet, the head is 1."""

    row: int
    column: str
    message: str


@dataclass
class Reading:
    """What a file would enter, and what is wrong with it. Only a file without problems is entered."""

    contributions: list[Contribution] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(*, event: Event, data: bytes) -> Reading:
    """Check a whole file without storing anything. Raises ValidationError for what concerns the file as a whole."""
    head, *rows = read_table(data)
    columns = _columns(head)
    context = _Context(event)
    reading = Reading()
    seal = hashlib.sha256(data).hexdigest()
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        cells = {name: row[index] if index < len(row) else "" for name, index in columns.items()}
        contribution = context.contribution(number, cells, reading.problems)
        contribution.submission_key = uuid.uuid5(_NAMESPACE, f"{event.pk}:{seal}:{number}")
        reading.contributions.append(contribution)
    if not reading.contributions:
        raise ValidationError(_("The file has a head but no contributions."))
    keys = [contribution.submission_key for contribution in reading.contributions]
    if Contribution.objects.filter(submission_key__in=keys).exists():
        raise ValidationError(_("This file has been entered already."), code="again")
    return reading


def enter(*, event: Event, reading: Reading, by: User) -> int:
    """Store what was read, all or nothing; how many."""
    if not by.has_perm("participation.enter_contributions"):
        raise PermissionDenied
    if reading.problems:
        raise ValidationError(_("Nothing was entered: the file still has problems."))
    with transaction.atomic():
        Contribution.objects.bulk_create(reading.contributions)
        record("event.enter_contributions", event, actor=by, after={"contributions": len(reading.contributions)})
    return len(reading.contributions)


def _columns(head: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, title in enumerate(head):
        for name, titles in COLUMNS.items():
            if title.lower() in titles:
                found.setdefault(name, index)
    if "text" not in found:
        raise ValidationError(_("The first row must name the columns; one of them must be called “text”."))
    return found


class _Context:
    """What cells are compared with, read once per file."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.events = {str(e.pk): e for e in Event.objects.filter(dialogue__isnull=False).select_related("dialogue")}
        self.languages = {code: code for code, _name in settings.LANGUAGES}
        for code, _name in settings.LANGUAGES:
            info = get_language_info(code)
            self.languages |= {info["name_local"].lower(): code, str(info["name_translated"]).lower(): code}
        self.localities: dict[str, Locality] = {}
        for place in Locality.objects.all():
            names = [place.slug, *(getattr(place, f"name_{code}") for code, _name in settings.LANGUAGES)]
            self.localities |= {name.lower(): place for name in names if name}
        self.loops: dict[int, Loop | None] = {}
        self.questions: dict[int, dict[str, Question]] = {}

    def contribution(self, number: int, cells: dict[str, str], problems: list[Problem]) -> Contribution:
        """The contribution of a row; what is wrong with it goes to `problems`."""

        def cell(name: str, look_up: Callable[[str], object]) -> object:
            try:
                return look_up(cells.get(name, ""))
            except ValidationError as error:
                problems.append(Problem(number, name, error.messages[0]))
                return None

        made = Contribution(text=cells["text"], title=cells.get("title", ""), author_name=cells.get("name", ""))
        made.origin, made.event = Origin.WORKSHOP, cell("event", self._event)  # type: ignore[assignment]
        made.language = cell("language", self._language) or settings.LANGUAGE_CODE  # type: ignore[assignment]
        made.locality = cell("locality", self._locality)  # type: ignore[assignment]
        if made.event:
            event = made.event
            made.loop = cell("event", lambda _typed: self._loop(event))  # type: ignore[assignment]
            made.question = cell("question", lambda typed: self._question(event, typed))  # type: ignore[assignment]
        made.kind = Kind.ANSWER if made.question else Kind.IDEA
        if len(made.text) > MAX_TEXT:
            problems.append(Problem(number, "text", _("This text is longer than %(max)d signs.") % {"max": MAX_TEXT}))
        self._check_fields(number, made, problems)
        return made

    @staticmethod
    def _check_fields(number: int, made: Contribution, problems: list[Problem]) -> None:
        checked = {"text": "text", "title": "title", "author_name": "name"}
        try:
            made.clean_fields(exclude={f.name for f in made._meta.fields} - set(checked))
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                problems.append(Problem(number, checked[name], texts[0]))

    def _event(self, typed: str) -> Event:
        found = self.events.get(typed or str(self.event.pk))
        if found is None:
            text = _("There is no event with this number that belongs to a dialogue.")
            raise ValidationError(text if typed else _("This event belongs to no dialogue. Choose one there first."))
        return found

    def _language(self, typed: str) -> str:
        if typed and typed.lower() not in self.languages:
            raise ValidationError(
                _("Unknown language. Write one of: %s.") % ", ".join(c for c, _n in settings.LANGUAGES)
            )
        return self.languages.get(typed.lower(), settings.LANGUAGE_CODE)

    def _locality(self, typed: str) -> Locality | None:
        if typed and typed.lower() not in self.localities:
            raise ValidationError(_("Unknown locality: %s.") % typed[:60])
        return self.localities.get(typed.lower())

    def _loop(self, event: Event) -> Loop:
        """The loop that ran on the day of the event, else the last one that had begun."""
        key = event.dialogue_id or 0
        if key not in self.loops:
            loops = Loop.objects.filter(dialogue=key, invite_from__lte=event.starts_at.date()).order_by("invite_from")
            self.loops[key] = loops.select_related("dialogue").last()
        loop = self.loops[key]
        if loop is None:
            raise ValidationError(_("No loop of the dialogue had begun on the day of the event."))
        if loop.closed_at:
            raise ValidationError(_("The loop of the dialogue is closed: it takes no more contributions."))
        return loop

    def _question(self, event: Event, typed: str) -> Question | None:
        """By its number in the dialogue, or by its words."""
        key = event.dialogue_id or 0
        if key not in self.questions:
            asked = list(Question.objects.filter(dialogue=key))
            self.questions[key] = {str(q.position): q for q in asked} | {q.text.lower(): q for q in asked}
        if typed and typed.lower() not in self.questions[key]:
            raise ValidationError(_("The dialogue asks no such question. Write its number or its words."))
        return self.questions[key].get(typed.lower())
