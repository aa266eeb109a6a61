"""Sample sessions over the years, each with its snapshot and decisions that explain what changed, plainly labelled."""

import datetime as dt
from random import Random
from typing import Any

from accounts.models import User
from accounts.roles import Role
from differdange_portal.sample.past import Past
from konzeptplan.comparing import Change, Kind, diff
from konzeptplan.figures import Audience
from konzeptplan.models import (
    Body,
    Decision,
    DecisionEffect,
    Effect,
    Follow,
    FollowUp,
    Note,
    Outcome,
    Session,
    Snapshot,
)
from konzeptplan.services import freeze_konzeptplan
from konzeptplan.telling import sentences
from leitbild.models import OrganisationUnit
from participation.models import Treatment
from step.models import Measure, Status, Visibility

SESSIONS = 6
COMING_IN = 5  # days
PLACE = "Beispiel: Rathaus, Sitzungssaal"
# What a change asks the body to decide, and what the decision then changes.
SUBJECTS = {
    Kind.NEW: ("Beispiel: Neue Maßnahme {title} aufnehmen", Effect.SCOPE),
    Kind.WITHDRAWN: ("Beispiel: Maßnahme {title} zurückziehen", Effect.STATUS),
    Kind.DELAYED: ("Beispiel: Verzug bei {title}: weiteres Vorgehen", Effect.STATUS),
    Kind.DATES: ("Beispiel: Neuer Zeitplan für {title}", Effect.DATES),
    Kind.BUDGET: ("Beispiel: Budget für {title} anpassen", Effect.BUDGET),
}


class SessionMaker:
    """Makes six past sessions over `years` years and one to come; the same seed makes the same ones."""

    def __init__(self, rng: Random, today: dt.date, years: int, people: dict[Role, User]) -> None:
        self.rng, self.today, self.people = rng, today, people
        self.days = 365 * years
        self.past = Past(rng.randint(1, 10**6), today, self.days)
        self.units = list(OrganisationUnit.objects.all())
        self.measures = {measure.code: measure for measure in Measure.objects.filter(is_sample=True)}

    def make(self) -> list[Session]:
        made: list[Session] = []
        for index in range(SESSIONS):
            day = self._weekday(self.today - dt.timedelta(days=self.days * (SESSIONS - index) // (SESSIONS + 1)))
            made.append(self._held(day, made[-1] if made else None))
        made.append(self._coming())
        self._tools()
        return made

    def _weekday(self, day: dt.date) -> dt.date:
        return day - dt.timedelta(days=max(0, day.weekday() - 4))

    def _held(self, day: dt.date, last: Session | None) -> Session:
        label = f"Beispiel: Gemeinderat {day:%d.%m.%Y}"
        snapshot, _is_new = freeze_konzeptplan(on=day, label=label, make=self.past.edition)
        session = self._session(day, snapshot)
        self._adopt(session, snapshot)
        if last and last.snapshot:
            before, after = (state.edition(Audience.COUNCIL).measures for state in (last.snapshot, snapshot))
            self._decide(session, diff(before, after))
        return session

    def _coming(self) -> Session:
        session = self._session(self.today + dt.timedelta(days=COMING_IN), None)
        stuck = [m for m in self.measures.values() if Status(m.status) in {Status.BLOCKED, Status.DELAYED}][:3]
        for position, measure in enumerate(stuck, start=1):
            decision = self._decision(session, position, f"Beispiel: {_short(measure.title)}: wie weiter?")
            DecisionEffect.objects.create(decision=decision, measure=measure, kind=Effect.DATES)
        return session

    def _session(self, day: dt.date, snapshot: Snapshot | None) -> Session:
        return Session.objects.create(
            body=Body.COUNCIL,
            date=day,
            time=dt.time(15, 0),
            place=PLACE,
            snapshot=snapshot,
            visibility=Visibility.PUBLIC,
            is_sample=True,
        )

    def _adopt(self, session: Session, snapshot: Snapshot) -> None:
        title = "Beispiel: Stand des Konzeptplans annehmen"
        self._decision(session, 1, title, outcome=Outcome.ADOPTED, adopts=snapshot)

    def _decide(self, session: Session, changes: tuple[Change, ...]) -> None:
        """The first change of each kind that asks for a decision."""
        for position, kind in enumerate(SUBJECTS, start=2):
            found = next((c for c in changes if c.kind is kind and c.code in self.measures), None)
            if found is None:
                continue
            title, effect = SUBJECTS[kind]
            decision = self._decision(
                session, position, title.format(title=_short(found.title)), **self._result(session)
            )
            note = " ".join(sentences(found, {"horizon": {}, "plans": {}, "goals": {}, "localities": {}}))[:240]
            measure = self.measures[found.code]
            DecisionEffect.objects.create(decision=decision, measure=measure, kind=effect, note=note)
            decision.treatments.set(Treatment.objects.filter(measure=measure)[:2])

    def _result(self, session: Session) -> dict[str, Any]:
        """What is older than a year is carried out; of the rest some is late."""
        outcome = self.rng.choices([Outcome.ADOPTED, Outcome.AMENDED, Outcome.REJECTED], [6, 2, 1])[0]
        if outcome is Outcome.REJECTED:
            return {"outcome": outcome}
        is_old = (self.today - session.date).days > 365
        state = FollowUp.DONE if is_old else self.rng.choice([FollowUp.OPEN, FollowUp.RUNNING])
        due = session.date + dt.timedelta(days=self.rng.choice([60, 120, 240, 400]))
        return {"outcome": outcome, "follow_up": state, "due_on": due, "unit": self.rng.choice(self.units)}

    def _decision(self, session: Session, position: int, title: str, **fields: Any) -> Decision:
        return Decision.objects.create(
            session=session,
            position=position,
            reference=f"BEISPIEL {session.date:%Y-%m-%d}.{position}",
            title=title,
            text="<p>Beispiel: Dieser Beschluss ist erzeugt und wurde nie gefasst.</p>",
            visibility=Visibility.PUBLIC,
            is_sample=True,
            **fields,
        )

    def _tools(self) -> None:
        """What a council member keeps for themselves."""
        member = self.people[Role.COUNCIL]
        measures = [m for m in self.measures.values() if m.visibility == Visibility.PUBLIC][:3]
        Follow.objects.bulk_create(Follow(user=member, measure=measure) for measure in measures)
        if measures:
            Note.objects.create(
                author=member, measure=measures[0], text="Beispiel: In der Sitzung nach den Kosten fragen."
            )


def _short(title: str) -> str:
    return title.removeprefix("Beispiel: ")[:120]
