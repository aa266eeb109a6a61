"""A sample dialogue played through one loop and into the next: flags, appeals, merging, points, a corrected answer,
an address list. Plainly labelled; none of it exists.
"""

import datetime as dt
from random import Random

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from common.geo import point_to_luref
from leitbild.models import OrganisationUnit
from participation.models import (
    Address,
    Appeal,
    Contribution,
    Dialogue,
    Flag,
    HideReason,
    Level,
    Loop,
    Moderation,
    ModerationDecision,
    Point,
    Publication,
    Question,
    Result,
    Treatment,
    TreatmentVersion,
)
from step.models import Locality, Measure, Visibility

LONGITUDE, LATITUDE = 5.8926, 49.5233
PLACE = {"type": "Point", "coordinates": [LONGITUDE, LATITUDE]}
TWO_POINTS = [
    ("Bitte mehr Bänke im Schatten.", "Bänke"),
    ("Und der Brunnen soll wieder laufen.", "Brunnen"),
]
SAME = [
    "Mehr Bänke im Schatten, damit auch Ältere bleiben können.",
    "Es fehlen Bänke im Schatten für Ältere.",
    "Bänke im Schatten wären gut, gerade für ältere Menschen.",
]
WITH_DATA = "Bei Fragen bitte 621 000 000 anrufen oder an beispiel@example.org schreiben. AB 1234 parkt hier."
PHASES = [("Vorentwurf", -300), ("Entwurf", -25)]  # begins so many days from today
LOOP_DAYS = (0, 15, 60, 120)  # invite, participate, feed back, last day


class TreatmentMaker:
    """Makes the sample dialogue around today; the same seed makes the same one."""

    def __init__(self, rng: Random, today: dt.date, people: dict[Role, User]) -> None:
        self.rng, self.today, self.people = rng, today, people
        self.units = list(OrganisationUnit.objects.all()[:6])
        self.measures = list(Measure.objects.filter(is_sample=True, visibility=Visibility.PUBLIC)[:20])

    def make(self) -> Dialogue:
        dialogue = self._dialogue()
        past, current = (self._loop(dialogue, number, *phase) for number, phase in enumerate(PHASES, 1))
        self._past(past)
        self._current(current)
        self._addresses()
        return dialogue

    def _dialogue(self) -> Dialogue:
        dialogue = Dialogue.objects.create(
            slug="beispiel-platz",
            title="Beispiel: Ein Platz wird neu gedacht",
            summary="Erzeugte Beispieldaten: So sieht ein Dialog über einen Ort aus, mit Einladung und Antworten.",
            place="Beispielplatz",
            geometry=PLACE,
            level=Level.COOPERATION,
            can_influence="Beispiel: Möbel, Bäume, Wasser, Licht.",
            cannot_influence="Beispiel: Die Lage der Leitungen unter dem Platz.",
            decided_by="Beispiel: der Gemeinderat",
            decision_expected="Beispiel: im Frühjahr",
            answer_within_days=7,
            moderation=Moderation.AFTER,
            is_public=True,
            is_sample=True,
        )
        Question.objects.create(dialogue=dialogue, text="Beispiel: Was fehlt Ihnen auf dem Platz?")
        return dialogue

    def _loop(self, dialogue: Dialogue, number: int, phase: str, begins: int) -> Loop:
        days = [self.today + dt.timedelta(days=begins + offset) for offset in LOOP_DAYS]
        loop = Loop.objects.create(
            dialogue=dialogue,
            position=number,
            phase=f"Beispiel: {phase}",
            invited="Beispiel: Vereine, Geschäfte und künftige Bewohnerinnen und Bewohner.",
            invite_from=days[0],
            participate_from=days[1],
            feedback_from=days[2],
            ends_on=days[3],
        )
        loop.invited_localities.set(Locality.objects.filter(slug="lasauvage"))
        return loop

    def _voice(self, loop: Loop, text: str, days: int, **fields: object) -> Contribution:
        """Published so many days after participation began."""
        at = timezone.make_aware(
            dt.datetime.combine(loop.participate_from + dt.timedelta(days=days), dt.time(10, self.rng.randint(0, 59)))
        )
        values = {"status": Publication.PUBLISHED, "published_at": min(at, timezone.now()), "is_sample": True, **fields}
        voice = Contribution.objects.create(loop=loop, text=text, **values)
        Contribution.objects.filter(pk=voice.pk).update(created_at=voice.published_at or at)
        return voice

    def _answer(self, points: list[Point], result: Result, days: int, **fields: object) -> Treatment:
        first = points[0].contribution.published_at or timezone.now()
        treatment = Treatment.objects.create(
            result=result,
            reason="Beispiel: Das Amt hat den Punkt geprüft und begründet hier sein Ergebnis.",
            unit=self.rng.choice(self.units),
            decided_by=self.people[Role.PLANNER],
            answered_at=min(first + dt.timedelta(days=days), timezone.now()),
            is_sample=True,
            **fields,
        )
        Point.objects.filter(pk__in=[point.pk for point in points]).update(treatment=treatment)
        return treatment

    def _points(self, voice: Contribution, texts: list[tuple[str, str]]) -> list[Point]:
        return Point.objects.bulk_create(
            Point(contribution=voice, position=number, text=text, topic=topic)
            for number, (text, topic) in enumerate(texts, 1)
        )

    def _past(self, loop: Loop) -> None:
        """Split, merged, answered, corrected; then closed, which the database allows only because all is treated."""
        split = self._points(self._voice(loop, " ".join(text for text, _topic in TWO_POINTS), 2), TWO_POINTS)
        same = [self._voice(loop, text, 4 + number) for number, text in enumerate(SAME)]
        Contribution.objects.filter(pk__in=[voice.pk for voice in same[1:]]).update(merged_into=same[0])
        benches = self._points(same[0], [(same[0].text, "Bänke")])
        measure = self.measures[0] if self.measures else None
        milestone = measure.milestones.first() if measure else None
        adopted = self._answer([split[0], *benches], Result.ADOPTED, 9, measure=measure, milestone=milestone)
        self._answer([split[1]], Result.PASSED_ON, 12, passed_on_to="Beispiel: Wasserwerk")
        TreatmentVersion.objects.create(
            treatment=adopted,
            result=Result.PARTLY,
            reason="Beispiel: So lautete die Antwort vor der Berichtigung.",
            unit_name=str(adopted.unit),
            replaced_by=self.people[Role.PLANNER],
        )
        closed = timezone.make_aware(dt.datetime.combine(loop.ends_on, dt.time(16)))
        summary = "Beispiel: Der Platz bekommt Bänke im Schatten. Der Brunnen wird geprüft."
        Loop.objects.filter(pk=loop.pk).update(closed_at=closed, summary=summary, summary_de=summary)

    def _current(self, loop: Loop) -> None:
        """What waits for the desks: unchecked, flagged, hidden with an appeal, to be answered together."""
        open_ones = [self._voice(loop, f"{text} (Beispiel)", number) for number, text in enumerate(SAME)]
        self._points(open_ones[0], [(open_ones[0].text, "Bänke")])
        self._points(open_ones[1], [(open_ones[1].text, "Bänke"), ("Bitte auch Licht am Abend.", "")])
        flagged = self._voice(loop, f"Beispiel: {WITH_DATA}", 3)
        Flag.objects.bulk_create(
            Flag(contribution=flagged, category=category, visitor=f"beispiel-{category}", is_sample=True)
            for category in (HideReason.PERSONAL_DATA, HideReason.ADVERTISING)
        )
        for number, outcome in enumerate((Appeal.Outcome.REFUSED, None)):
            self._appeal(self._voice(loop, f"Beispiel: ein strittiger Satz ({number + 1}).", 5), outcome)

    def _appeal(self, voice: Contribution, outcome: Appeal.Outcome | None) -> None:
        decision = ModerationDecision.objects.create(
            contribution=voice,
            action=ModerationDecision.Action.HIDE,
            category=HideReason.INSULT,
            reason="Beispiel: Der Beitrag beleidigt jemanden.",
            by=self.people[Role.MODERATOR],
        )
        Contribution.objects.filter(pk=voice.pk).update(status=Publication.HIDDEN)
        appeal = Appeal(decision=decision, text="Beispiel: So war es nicht gemeint.")
        if outcome:
            appeal.outcome, appeal.reason = outcome, "Beispiel: Die zweite Person sieht es auch so."
            appeal.decided_by, appeal.decided_at = self.people[Role.ADMINISTRATOR], timezone.now()
        appeal.save()

    def _addresses(self) -> None:
        """House numbers on a grid: invented streets, so that the count of the invited can be tried."""
        easting, northing = point_to_luref(LONGITUDE, LATITUDE)
        Address.objects.bulk_create(
            Address(
                street=f"Beispielstraße {street}",
                number=str(number),
                locality_name="Beispiel",
                easting=easting + (street - 10) * 80,
                northing=northing + (number - 15) * 50,
            )
            for street in range(1, 20)
            for number in range(1, 30)
        )
