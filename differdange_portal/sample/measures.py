"""Sample measures with what the real ones do not have yet: dates, money, milestones, reports, a status."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone
from shapely.geometry import Point, shape

from accounts.models import User
from leitbild.models import Goal, OrganisationUnit, Pillar, Sdg
from step.models import (
    BudgetLine,
    Locality,
    Measure,
    MeasureLink,
    Milestone,
    Plan,
    ProgressReport,
    StaffTime,
    Status,
    TimeHorizon,
    Urgency,
    Visibility,
)

FIRST_NUMBER = 9001  # codes from here on are sample data
TOPICS = {
    "LW": [
        "Spielplatz am Park",
        "Hofgärten",
        "Gemeinschaftshaus",
        "Baulücken nutzen",
        "Mehrgenerationenhaus",
    ],
    "VM": [
        "Radweg zum Bahnhof",
        "Tempo 30 vor der Schule",
        "Sichere Querung",
        "Fahrradboxen",
        "Bushaltestelle ohne Stufen",
    ],
    "GW": [
        "Sanierung eines Wohnblocks",
        "Wohnungen über dem Laden",
        "Baugruppe",
        "Mietwohnungen",
        "Wohnberatung",
    ],
    "KN": ["Bäume für die Hauptstraße", "Solardach", "Regengarten", "Trinkbrunnen", "Schattige Plätze"],
    "CM": ["Markt am Samstag", "Leerstand zeigen", "Wegweiser zu Fuß", "Stadtfest", "Probeladen"],
    "BK": ["Schulhof öffnen", "Sporthalle am Abend", "Musikraum", "Lesecafé", "Proberaum"],
    "SO": ["Nachbarschaftstreff", "Sprachcafé", "Mittagstisch", "Lotsen im Quartier", "Jugendtreff"],
    "WH": ["Gründerzentrum", "Werkstatthof", "Lieferdienst der Läden", "Ärztehaus", "Flächenbörse"],
}
WEIGHTED_STATUS = [
    *[Status.PLANNED] * 5, *[Status.RUNNING] * 7, *[Status.DONE] * 4, *[Status.DELAYED] * 3,
    Status.BLOCKED, Status.PROPOSED, Status.PROPOSED, Status.UNKNOWN, Status.WITHDRAWN,
]  # fmt: skip
BEGUN = {Status.RUNNING, Status.DELAYED, Status.BLOCKED, Status.DONE}
REASONS = {
    Status.DELAYED: [
        "Beispiel: Die Ausschreibung ergab kein Angebot und wird wiederholt.",
        "Beispiel: Eine Leitung lag anders als im Plan; die Planung wird angepasst.",
        "Beispiel: Das Material kommt später als zugesagt.",
    ],
    Status.BLOCKED: [
        "Beispiel: Die Genehmigung des Ministeriums steht aus.",
        "Beispiel: Mit einem Eigentümer wird noch verhandelt.",
    ],
    Status.WITHDRAWN: ["Beispiel: Das Grundstück steht nicht mehr zur Verfügung."],
}
FUNDERS = ["Beispiel: Staat Luxemburg", "Beispiel: Europäischer Fonds"]
KINDS = ["prerequisite"] * 3 + ["synergy"] * 2 + ["conflict"]
SLIPS = [0, 0, 0, 0, 0, 0, 0, 60, 180]  # days by which most measures do not slip
# What would free a stuck measure, and who must act.
WAYS_OUT = {
    Status.DELAYED: ("Beispiel: Ein zweites Angebot liegt vor.", "Beispiel: Einkauf der Stadt"),
    Status.BLOCKED: ("Beispiel: Die Genehmigung wird erteilt.", "Beispiel: Ministerium"),
}


class MeasureMaker:
    """Makes `number` measures over `years` years around `today`; the same seed makes the same measures."""

    def __init__(self, rng: Random, today: dt.date, years: int) -> None:
        self.rng, self.today, self.years = rng, today, years
        self.plans = list(Plan.objects.prefetch_related("planners"))
        self.horizons = list(TimeHorizon.objects.all())
        self.localities = list(Locality.objects.all())
        self.units = list(OrganisationUnit.objects.all())
        self.planners: dict[int, list[User]] = {plan.pk: list(plan.planners.all()) for plan in self.plans}
        self.goals, self.sdgs = list(Goal.objects.all()), list(Sdg.objects.all())
        self.pillars = list(Pillar.objects.all())

    def make(self, number: int) -> list[Measure]:
        measures = Measure.objects.bulk_create([self._measure(index) for index in range(number)], batch_size=500)
        # `created_at` is set on creation; samples need a past, or none could be without a fresh report.
        past = timezone.now() - dt.timedelta(days=365 * self.years)
        Measure.objects.filter(pk__in=[measure.pk for measure in measures]).update(created_at=past)
        self._relate(measures)
        rows: dict[Any, list[Any]] = {Milestone: [], BudgetLine: [], StaffTime: [], ProgressReport: []}
        for measure in measures:
            rows[Milestone] += self._milestones(measure)
            rows[BudgetLine] += self._budget(measure)
            rows[StaffTime] += self._staff_time(measure)
            rows[ProgressReport] += self._reports(measure)
        for model, records in rows.items():
            model.objects.bulk_create(records, batch_size=1000)
        self._link(measures)
        return measures

    def _measure(self, index: int) -> Measure:
        rng = self.rng
        plan = self.plans[index % len(self.plans)]
        topic = rng.choice(TOPICS.get(plan.code, ["Vorhaben"]))
        place = rng.choice(self.localities)
        status = rng.choice(WEIGHTED_STATUS)
        start, end = self._dates(status)
        slip = dt.timedelta(days=rng.choice([90, 180, 360] if status is Status.DELAYED else SLIPS))
        late = max(self.today - end + dt.timedelta(days=30), dt.timedelta()) if status.is_open else dt.timedelta()
        unblocked_by, must_act = WAYS_OUT.get(status, ("", ""))
        return Measure(
            code=f"{plan.code}-{FIRST_NUMBER + index // len(self.plans)}",
            title=f"Beispiel: {topic} in {place.name}",
            summary=f"Erzeugte Beispieldaten: {topic}. Diese Maßnahme gibt es nicht.",
            body="<p>Dieser Text ist ein Beispiel. So sieht eine Maßnahme mit Daten, Geld und Berichten aus.</p>",
            next_step="Beispiel: Der nächste Schritt wird im Bericht genannt.",
            lead_plan=plan,
            source_note="Erzeugte Beispieldaten",
            geometry=self._point(place) if rng.random() < 0.7 else None,
            geometry_note="Zufällige Lage",
            urgency=rng.choice(Urgency.values),
            horizon=self._horizon(end),
            status=status,
            status_reason=rng.choice(REASONS.get(status, [""])),
            unblocked_by=unblocked_by,
            must_act=must_act,
            baseline_start=start,
            baseline_end=end,
            forecast_start=start,
            forecast_end=end + max(slip, late if rng.random() < 0.6 else slip),
            actual_start=start if status in BEGUN and start <= self.today else None,
            baseline_cost=Decimal(rng.randrange(50, 2500) * 1000) if rng.random() < 0.6 else None,
            confirmed_on=self.today - dt.timedelta(days=rng.randint(0, 240)) if rng.random() < 0.4 else None,
            actual_end=min(end, self.today) if status is Status.DONE else None,
            responsible_unit=rng.choice([*self.units, None]),
            responsible_person=rng.choice([*self.planners.get(plan.pk, []), None]),
            visibility=rng.choice([Visibility.PUBLIC] * 8 + [Visibility.INTERNAL, Visibility.DRAFT]),
            is_sample=True,
        )

    def _dates(self, status: Status) -> tuple[dt.date, dt.date]:
        """What is done lies behind, what is planned ahead, and today falls into the rest."""
        length = self.rng.randint(180, 900)
        span = 365 * self.years // 2
        before = {
            Status.DONE: self.rng.randint(length, length + span),
            Status.RUNNING: self.rng.randint(0, length),
            Status.DELAYED: self.rng.randint(length // 2, length + 300),
            Status.BLOCKED: self.rng.randint(0, length),
        }.get(status, -self.rng.randint(10, span))
        start = self.today - dt.timedelta(days=before)
        return start, start + dt.timedelta(days=length)

    def _horizon(self, end: dt.date) -> TimeHorizon | None:
        """The one in which it ends, mostly; some measures have none yet."""
        if self.rng.random() < 0.12:
            return None
        fitting = [horizon for horizon in self.horizons if end <= horizon.ends]
        return fitting[0] if fitting else self.horizons[-1] if self.horizons else None

    def _point(self, place: Locality) -> dict[str, Any] | None:
        if not place.outline:
            return None
        outline = shape(place.outline)
        west, south, east, north = outline.bounds
        while True:
            lon, lat = self.rng.uniform(west, east), self.rng.uniform(south, north)
            if outline.contains(Point(lon, lat)):
                return {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]}

    def _relate(self, measures: list[Measure]) -> None:
        """Many-to-many rows in bulk: one query per relation, not per measure."""
        choices: list[tuple[Any, str, list[Any], int, int]] = [
            (Measure.goals.through, "goal_id", self.goals, 1, 3),
            (Measure.sdgs.through, "sdg_id", self.sdgs, 1, 3),
            (Measure.pillars.through, "pillar_id", self.pillars, 1, 2),
            (Measure.localities.through, "locality_id", self.localities, 0, 2),
        ]
        for through, column, records, least, most in choices:
            rows = [
                through(measure_id=measure.pk, **{column: record.pk})
                for measure in measures
                for record in self.rng.sample(records, self.rng.randint(least, min(most, len(records))))
            ]
            through.objects.bulk_create(rows, batch_size=1000)
        further = Measure.further_plans.through
        shared = [m for m in measures if self.rng.random() < 0.25]
        others = [(m, self.rng.choice([p for p in self.plans if p.pk != m.lead_plan_id])) for m in shared]
        further.objects.bulk_create([further(measure_id=m.pk, plan_id=p.pk) for m, p in others], batch_size=1000)

    def _milestones(self, measure: Measure) -> list[Milestone]:
        start, end = measure.baseline_start or self.today, measure.baseline_end or self.today
        names = ["Entwurf", "Ausschreibung", "Umsetzung", "Abnahme"]
        dues = [start + (end - start) / 3 * step for step in range(4)]
        past = sum(due < self.today for due in dues)
        missed = self.rng.random() < (0.6 if measure.status in {Status.DELAYED, Status.BLOCKED} else 0.05)
        number = len(dues) if measure.status == Status.DONE else max(past - missed, 0)
        done = [index < number for index in range(len(dues))]  # one after the other
        return [
            Milestone(
                measure=measure,
                position=position,
                title=f"Beispiel: {name}",
                due_on=due,
                done_on=min(due, self.today) if is_done else None,
            )
            for position, (name, due, is_done) in enumerate(zip(names, dues, done, strict=True), start=1)
        ]

    def _budget(self, measure: Measure) -> list[BudgetLine]:
        if self.rng.random() < 0.3:
            return []  # nobody has stated a figure
        first = measure.baseline_start.year if measure.baseline_start else self.today.year
        lines = []
        for year in range(first, first + self.rng.randint(1, self.years)):
            planned = Decimal(self.rng.randrange(10, 900) * 1000)
            past = year <= self.today.year
            spent = (planned * self.rng.randint(20, 110) / 100).quantize(Decimal("0.01")) if past else None
            voted = planned if year <= self.today.year + 1 else None  # next year's budget is voted in December
            funder = self.rng.choice(FUNDERS) if self.rng.random() < 0.2 else ""
            lines.append(
                BudgetLine(measure=measure, year=year, planned=planned, voted=voted, spent=spent, funder=funder)
            )
        return lines

    def _staff_time(self, measure: Measure) -> list[StaffTime]:
        if self.rng.random() < 0.5:
            return []
        planned = self.rng.randrange(5, 120)
        spent = self.rng.randrange(planned) if measure.status in BEGUN else None
        return [StaffTime(measure=measure, year=self.today.year, planned_days=planned, spent_days=spent)]

    def _reports(self, measure: Measure) -> list[ProgressReport]:
        if measure.status in {Status.UNKNOWN, Status.PROPOSED}:
            return []
        if measure.status == Status.PLANNED and self.rng.random() < 0.5:
            return []
        percent = self._percent(measure)
        return [
            ProgressReport(
                measure=measure,
                reported_on=self.today - dt.timedelta(days=self.rng.randint(5, 300)),
                unit=measure.responsible_unit,
                text="<p>Beispiel: Die Arbeiten gehen voran wie im Bericht beschrieben.</p>",
                percent=percent,
                evidence="Beispiel: Protokoll der Baubesprechung",
                is_public=self.rng.random() < 0.8,
            )
        ]

    def _percent(self, measure: Measure) -> int | None:
        """Work goes roughly with time; not every report gives a figure."""
        if measure.status == Status.DONE:
            return 100
        if self.rng.random() < 0.25 or not measure.baseline_start or not measure.baseline_end:
            return None
        days = (measure.baseline_end - measure.baseline_start).days
        used = (self.today - measure.baseline_start).days * 100 // days
        lag = 30 if measure.status in {Status.DELAYED, Status.BLOCKED} else 0
        return min(95, max(0, used - lag + self.rng.randrange(-10, 15)) // 5 * 5)

    def _link(self, measures: list[Measure]) -> None:
        """Prerequisites only from later to earlier codes, so that no circle can arise."""
        links = [
            MeasureLink(
                source=later,
                kind=self.rng.choice(KINDS),
                target=earlier,
            )
            for earlier, later in zip(measures, measures[3:], strict=False)
            if self.rng.random() < 0.2
        ]
        MeasureLink.objects.bulk_create(links, batch_size=1000)
