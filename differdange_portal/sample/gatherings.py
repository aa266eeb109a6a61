"""Sample polls with ballots and sample events with registrations, plainly labelled."""

import datetime as dt
import uuid
from random import Random

from django.utils import timezone

from participation.models import (
    Ballot,
    Dialogue,
    Event,
    EventKind,
    Loop,
    Poll,
    PollAnswer,
    PollOption,
    PollQuestion,
    Publication,
    QuestionKind,
    Registration,
    ResultsFrom,
    Seat,
    Step,
)

# kind, question, options, rows, more fields
QUESTIONS: list[tuple[QuestionKind, str, list[str], list[str], dict[str, object]]] = [
    (
        QuestionKind.SINGLE,
        "Beispiel: Wie kommen Sie meistens ins Zentrum?",
        ["Zu Fuß", "Mit dem Fahrrad", "Mit Bus oder Bahn", "Mit dem Auto"],
        [],
        {"is_required": True},
    ),
    (
        QuestionKind.MULTIPLE,
        "Beispiel: Was fehlt auf dem Platz?",
        ["Bäume", "Bänke", "Ein Brunnen", "Spielgeräte", "Ein Kiosk"],
        [],
        {"max_choices": 3},
    ),
    (QuestionKind.RANKING, "Beispiel: Was soll zuerst kommen?", ["Schatten", "Ruhe", "Spiel", "Markt"], [], {}),
    (
        QuestionKind.SCALE,
        "Beispiel: Wie sicher fühlen Sie sich hier am Abend?",
        [],
        [],
        {"low_label": "gar nicht", "high_label": "sehr"},
    ),
    (
        QuestionKind.MATRIX,
        "Beispiel: Wie wichtig ist Ihnen das?",
        ["unwichtig", "mittel", "wichtig"],
        ["Mehr Grün", "Weniger Verkehr", "Mehr Wohnungen"],
        {},
    ),
    (
        QuestionKind.BUDGET,
        "Beispiel: Wie würden Sie 100 Punkte verteilen?",
        ["Grün", "Wege", "Spielplätze"],
        [],
        {"budget_unit": "Punkte"},
    ),
    (QuestionKind.TEXT, "Beispiel: Was möchten Sie uns noch sagen?", [], [], {}),
]
WORDS = ["Bitte mehr Schatten.", "Der Markt soll bleiben.", "Mehr Licht am Abend.", "Weniger Autos, bitte."]
PLACES = [
    ("Beispiel: Rathaus", [5.8914, 49.5242]),
    ("Beispiel: Schule Niederkorn", [5.8931, 49.5361]),
    ("Beispiel: Platz in Oberkorn", [5.8961, 49.5136]),
]
TITLES = {
    EventKind.PLANNING_WORKSHOP: "Beispiel: Planungswerkstatt zum Platz",
    EventKind.WORKSHOP: "Beispiel: Workshop zu Wegen und Grün",
    EventKind.INFORMATION: "Beispiel: Informationsabend zum Plan",
    EventKind.WALK: "Beispiel: Rundgang durch das Viertel",
}


class GatheringMaker:
    """Two polls, one open and one over, and events before and after `now`; the same seed makes the same ones."""

    def __init__(self, rng: Random, now: dt.datetime) -> None:
        self.rng, self.now, self.today = rng, now, timezone.localdate(now)

    def make(self, ballots: int) -> None:
        running = self._loop("beispiel-umfrage", "Beispiel: Ein Platz für alle", Step.PARTICIPATE)
        done = self._loop("beispiel-ergebnis", "Beispiel: Was wir gefragt haben", Step.FEEDBACK)
        self._poll(running, "Beispiel: Wie soll der Platz werden?", ballots // 4, ResultsFrom.ONCE)
        self._poll(done, "Beispiel: Was ist Ihnen wichtig?", ballots, ResultsFrom.END)
        self._events(running.dialogue)

    def _loop(self, slug: str, title: str, step: Step) -> Loop:
        dialogue = Dialogue.objects.create(
            slug=slug,
            title=title,
            summary="Beispiel für eine Umfrage in einem Dialog.",
            is_public=True,
            is_sample=True,
        )
        days = (-20, -10, 20, 50) if step is Step.PARTICIPATE else (-60, -45, -10, 30)
        starts, opens, feedback, ends = (self.today + dt.timedelta(days=day) for day in days)
        return Loop.objects.create(
            dialogue=dialogue,
            phase="Beispiel: Vorentwurf",
            invite_from=starts,
            participate_from=opens,
            feedback_from=feedback,
            ends_on=ends,
        )

    def _poll(self, loop: Loop, title: str, ballots: int, shown: ResultsFrom) -> None:
        poll = Poll.objects.create(
            loop=loop,
            title=title,
            intro="Beispiel: Sieben Fragen, etwa drei Minuten.",
            results_from=shown,
            is_public=True,
            is_sample=True,
        )
        for position, (kind, text, options, rows, more) in enumerate(QUESTIONS, start=1):
            question = PollQuestion.objects.create(poll=poll, position=position, kind=kind, text=text, **more)
            self._options(question, options, is_row=False)
            self._options(question, rows, is_row=True)
        self._vote(poll, ballots)

    def _options(self, question: PollQuestion, labels: list[str], *, is_row: bool) -> None:
        for position, label in enumerate(labels, start=1):
            PollOption.objects.create(question=question, position=position, label=label, is_row=is_row)

    def _vote(self, poll: Poll, number: int) -> None:
        cast = [Ballot(id=self._key(), poll=poll, voter_key=self._key().hex) for _index in range(number)]
        Ballot.objects.bulk_create(cast, batch_size=500)
        answers = [a for q in poll.in_order() for ballot in cast for a in self._answers(ballot, q)]
        PollAnswer.objects.bulk_create(answers, batch_size=500)

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def _answers(self, ballot: Ballot, question: PollQuestion) -> list[PollAnswer]:
        """What one ballot says to a question; one in eight leaves an optional one out."""
        if not question.is_required and self.rng.random() < 0.125:
            return []
        marks = self._marks(question)
        return [PollAnswer(id=self._key(), ballot=ballot, question=question, **mark) for mark in marks]

    def _marks(self, question: PollQuestion) -> list[dict[str, object]]:
        rng, kind, options = self.rng, question.kind_enum, question.choices
        if kind is QuestionKind.SCALE:
            return [{"value": rng.choices(question.steps, [1, 2, 4, 5, 3])[0]}]
        if kind is QuestionKind.TEXT:
            return self._words()
        if kind is QuestionKind.MATRIX:
            return [{"row": row, "option": rng.choices(options, [1, 2, 4])[0]} for row in question.rows]
        if kind is QuestionKind.SINGLE:
            return [{"option": rng.choices(options, range(len(options), 0, -1))[0]}]
        chosen = rng.sample(options, rng.randint(1, 3) if kind is QuestionKind.MULTIPLE else len(options))
        if kind is QuestionKind.MULTIPLE:
            return [{"option": option} for option in chosen]
        values = range(1, len(chosen) + 1) if kind is QuestionKind.RANKING else (50, 30, 20)
        return [{"option": option, "value": value} for option, value in zip(chosen, values, strict=True)]

    def _words(self) -> list[dict[str, object]]:
        if self.rng.random() < 0.7:
            return []
        status = self.rng.choices([Publication.PUBLISHED, Publication.WAITING, Publication.HIDDEN], [8, 3, 1])[0]
        return [{"text": f"{self.rng.choice(WORDS)} (Beispiel {self.rng.randint(1, 999)})", "status": status}]

    def _events(self, dialogue: Dialogue) -> None:
        for index, days in enumerate((-40, -12, 6, 13, 27, 55)):
            event = self._event(list(EventKind)[index % 4], days, dialogue if index % 2 == 0 else None)
            if event.needs_registration:
                self._register(event, 14 if index == 4 else 5)

    def _event(self, kind: EventKind, days: int, dialogue: Dialogue | None) -> Event:
        day = timezone.localtime(self.now) + dt.timedelta(days=days)
        begins = day.replace(hour=18, minute=0, second=0, microsecond=0)
        place, position = self.rng.choice(PLACES)
        registers = kind is not EventKind.INFORMATION
        return Event.objects.create(
            kind=kind,
            title=TITLES[kind],
            summary="Beispiel: Wir schauen gemeinsam, was gut ist und was fehlt.",
            body="<p>Beispiel: Sie brauchen nichts mitzubringen. Wir beginnen pünktlich und enden pünktlich.</p>",
            dialogue=dialogue,
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=2),
            place=place,
            geometry={"type": "Point", "coordinates": position},
            languages=["lb", "fr", "de"],
            step_free=True,
            accessible_toilet=kind is not EventKind.WALK,
            access_note="Beispiel: Bitte melden Sie sich, wenn Sie Begleitung brauchen.",
            needs_registration=registers,
            capacity=10 if registers else None,
            minutes="<p>Beispiel: Die Gruppe wünscht sich mehr Schatten und Sitzplätze.</p>" if days < 0 else "",
            is_public=True,
            is_sample=True,
        )

    def _register(self, event: Event, number: int) -> None:
        moments = [event.starts_at - dt.timedelta(days=60, minutes=-index) for index in range(number)]
        Registration.objects.bulk_create(
            Registration(
                event=event,
                number=index,
                email=f"person{index}@beispiel.example",
                name=f"Beispiel Person {index}",
                status=Seat.PLACE if index <= 10 else Seat.WAITING,
                created_at=moment,
                confirmed_at=moment,
                is_sample=True,
            )
            for index, moment in enumerate(moments, start=1)
        )
