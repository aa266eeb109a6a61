"""Sample measures with what the real ones do not have yet: dates, money, milestones, reports, a status."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from shapely.geometry import Point, shape

from leitbild.models import Goal, OrganisationUnit, Pillar, Sdg
from step.models import (
    BudgetLine,
    Locality,
    Measure,
    MeasureLink,
    Milestone,
    Plan,
    ProgressReport,
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
REASONS = {
    Status.DELAYED: "Beispiel: Die Ausschreibung ergab kein Angebot und wird wiederholt.",
    Status.BLOCKED: "Beispiel: Die Genehmigung des Ministeriums steht aus.",
    Status.WITHDRAWN: "Beispiel: Das Grundstück steht nicht mehr zur Verfügung.",
}


class MeasureMaker:
    """Makes `number` measures over `years` years around `today`; the same seed makes the same measures."""

    def __init__(self, rng: Random, today: dt.date, years: int) -> None:
        self.rng, self.today, self.years = rng, today, years
        self.plans = list(Plan.objects.all())
        self.horizons = list(TimeHorizon.objects.all())
        self.localities = list(Locality.objects.all())
        self.units = list(OrganisationUnit.objects.all())
        self.goals, self.sdgs = list(Goal.objects.all()), list(Sdg.objects.all())
        self.pillars = list(Pillar.objects.all())

    def make(self, number: int) -> list[Measure]:
        measures = Measure.objects.bulk_create([self._measure(index) for index in range(number)], batch_size=500)
        self._relate(measures)
        rows: dict[Any, list[Any]] = {Milestone: [], BudgetLine: [], ProgressReport: []}
        for measure in measures:
            rows[Milestone] += self._milestones(measure)
            rows[BudgetLine] += self._budget(measure)
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
        start = self.today + dt.timedelta(days=rng.randint(-365 * self.years // 2, 365 * self.years // 2))
        end = start + dt.timedelta(days=rng.randint(120, 900))
        slip = dt.timedelta(days=rng.choice([0, 0, 0, 60, 180]) if status is not Status.DELAYED else 180)
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
            horizon=rng.choice([*self.horizons, *self.horizons, None]),
            status=status,
            status_reason=REASONS.get(status, ""),
            baseline_start=start,
            baseline_end=end,
            forecast_start=start,
            forecast_end=end + slip,
            actual_end=min(end, self.today) if status is Status.DONE else None,
            responsible_unit=rng.choice([*self.units, None]),
            visibility=rng.choice([Visibility.PUBLIC] * 8 + [Visibility.INTERNAL, Visibility.DRAFT]),
            is_sample=True,
        )

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
        done = [measure.status == Status.DONE or (due < self.today and self.rng.random() < 0.8) for due in dues]
        return [
            Milestone(measure=measure, title=f"Beispiel: {name}", due_on=due, done_on=due if is_done else None)
            for name, due, is_done in zip(names, dues, done, strict=True)
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
            lines.append(
                BudgetLine(measure=measure, year=year, planned=planned, voted=planned if past else None, spent=spent)
            )
        return lines

    def _reports(self, measure: Measure) -> list[ProgressReport]:
        if measure.status in {Status.UNKNOWN, Status.PROPOSED}:
            return []
        percent = 100 if measure.status == Status.DONE else self.rng.randrange(5, 95, 5)
        return [
            ProgressReport(
                measure=measure,
                reported_on=self.today - dt.timedelta(days=self.rng.randint(5, 300)),
                unit=measure.responsible_unit,
                text="<p>Beispiel: Die Arbeiten gehen voran wie im Bericht beschrieben.</p>",
                percent=percent,
                is_public=self.rng.random() < 0.8,
            )
        ]

    def _link(self, measures: list[Measure]) -> None:
        """Prerequisites only from later to earlier codes, so that no circle can arise."""
        links = [
            MeasureLink(source=later, kind=self.rng.choice(["prerequisite", "synergy"]), target=earlier)
            for earlier, later in zip(measures, measures[3:], strict=False)
            if self.rng.random() < 0.2
        ]
        MeasureLink.objects.bulk_create(links, batch_size=1000)
