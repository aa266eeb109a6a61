"""Sample contributions with moderation and answers: enough to judge density, plainly labelled."""

import datetime as dt
from random import Random

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from leitbild.models import Chapter, OrganisationUnit
from participation.models import (
    Contribution,
    Dialogue,
    Kind,
    ModerationDecision,
    Origin,
    Point,
    Publication,
    Result,
    Treatment,
)
from step.models import Locality, Measure, Visibility

TEXTS = {
    "de": ["Mehr Schatten auf dem Platz wäre gut.", "Der Weg zur Schule ist zu gefährlich.", "Bitte mehr Bänke."],
    "fr": ["Il faudrait plus d’arbres dans la rue.", "Le passage piéton est mal éclairé.", "Une place plus calme."],
    "lb": ["Méi Plaz fir de Vëlo wär gutt.", "De Maart soll méi lieweg ginn.", "Manner Autoen am Zentrum."],
    "en": ["Please think of wheelchair users.", "More places for teenagers.", "The bus should run later at night."],
    "pt": ["Faltam árvores no parque.", "O passeio é demasiado estreito.", "Mais espaços para as crianças."],
}
NAMES = ["Anna", "Bruno", "Carla", "Dario", "Emma", "Filipe", "", ""]
HIDDEN = "Beispiel: Der Beitrag nennt den Namen eines Nachbarn."


class VoiceMaker:
    """Makes contributions over the last `years` years up to `now`; the same seed makes the same ones."""

    def __init__(self, rng: Random, now: dt.datetime, years: int, people: dict[Role, User]) -> None:
        self.rng, self.now, self.days, self.people = rng, now, 365 * years, people
        self.measures = list(Measure.objects.filter(visibility=Visibility.PUBLIC))
        self.chapters = list(Chapter.objects.all())
        self.units = list(OrganisationUnit.objects.all())
        self.localities = [None, *Locality.objects.all()]
        self.dialogues = list(Dialogue.objects.filter(is_public=True).prefetch_related("loops", "questions"))

    def make(self, number: int) -> None:
        """One batch, in a handful of queries."""
        made = Contribution.objects.bulk_create([self._contribution() for _index in range(number)])
        # `created_at` is set by the database layer on creation; samples need a past.
        for contribution in made:
            contribution.created_at = self._moment(contribution)
        Contribution.objects.bulk_update(made, ["created_at"], batch_size=500)
        self._decide([c for c in made if c.status == Publication.HIDDEN])
        self._answer([c for c in made if c.status == Publication.PUBLISHED and self.rng.random() < 0.6])

    def _moment(self, contribution: Contribution) -> dt.datetime:
        if contribution.published_at:
            return contribution.published_at - dt.timedelta(hours=self.rng.randint(1, 70))
        return self.now - dt.timedelta(days=self.rng.randint(0, 20))

    def _contribution(self) -> Contribution:
        rng = self.rng
        language = rng.choice(list(TEXTS))
        status = rng.choices(
            [Publication.PUBLISHED, Publication.WAITING, Publication.HIDDEN, Publication.WITHDRAWN], [90, 5, 4, 1]
        )[0]
        contribution = Contribution(
            text=f"{rng.choice(TEXTS[language])} (Beispiel {rng.randint(1, 9999)})",
            language=language,
            locality=rng.choice(self.localities),
            author_name=rng.choice(NAMES),
            origin=rng.choices(list(Origin), [90, 5, 5])[0],
            status=status,
            published_at=self.now - dt.timedelta(days=rng.randint(1, self.days))
            if status == Publication.PUBLISHED
            else None,
            is_sample=True,
        )
        self._place(contribution)
        return contribution

    def _place(self, contribution: Contribution) -> None:
        """Half on measures, a third in dialogues, the rest on chapters."""
        roll = self.rng.random()
        contribution.kind = Kind.COMMENT
        if roll < 0.35 and self.dialogues:
            dialogue = self.rng.choice(self.dialogues)
            contribution.loop = self.rng.choice(list(dialogue.loops.all()))
            contribution.question = self.rng.choice([*dialogue.questions.all(), None])
            contribution.kind = Kind.ANSWER if contribution.question else Kind.IDEA
        elif roll < 0.9 and self.measures:
            contribution.measure = self.rng.choice(self.measures)
        else:
            contribution.chapter = self.rng.choice(self.chapters)

    def _decide(self, hidden: list[Contribution]) -> None:
        moderator = self.people[Role.MODERATOR]
        ModerationDecision.objects.bulk_create(
            ModerationDecision(
                contribution=contribution, action=ModerationDecision.Action.HIDE, reason=HIDDEN, by=moderator
            )
            for contribution in hidden
        )

    def _answer(self, published: list[Contribution]) -> None:
        treatments = Treatment.objects.bulk_create(self._treatment(contribution) for contribution in published)
        Point.objects.bulk_create(
            Point(contribution=contribution, text=contribution.text, treatment=treatment)
            for contribution, treatment in zip(published, treatments, strict=True)
        )

    def _treatment(self, contribution: Contribution) -> Treatment:
        result = self.rng.choice(list(Result))
        changes = result in {Result.ADOPTED, Result.PARTLY} and self.measures
        answered = (contribution.published_at or timezone.now()) + dt.timedelta(days=self.rng.randint(1, 90))
        return Treatment(
            result=result,
            reason="Beispiel: Das Amt hat den Beitrag geprüft und begründet hier sein Ergebnis.",
            unit=self.rng.choice(self.units),
            measure=(contribution.measure or self.rng.choice(self.measures)) if changes else None,
            decided_by=self.people[Role.PLANNER],
            answered_at=min(answered, self.now),
            is_sample=True,
        )
