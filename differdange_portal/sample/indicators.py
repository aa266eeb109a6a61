"""Sample values for indicators that wait for real ones, sample indicators with targets, reviews, SWOT entries.

Real indicators get values only, each marked; what would change a real record (baseline, target, due date) is shown on
indicators that are samples themselves.
"""

import datetime as dt
from decimal import Decimal
from random import Random

from accounts.visibility import Visibility
from leitbild.models import Evaluation, Goal, Indicator, IndicatorValue, Judgement, OrganisationUnit
from leitbild.trend import Direction
from step.models import Locality, Measure, Plan, PlanIndicator, SwotEntry, SwotKind

SOURCE = "Erzeugte Beispieldaten"
# slug, name, unit, direction, baseline, target, values from the oldest to the newest
WITH_TARGET: list[tuple[str, str, str, Direction, int, int, list[int]]] = [
    ("beispiel-radboxen", "Beispiel: Fahrradboxen", "Boxen", Direction.UP, 20, 120, [24, 41, 58, 77]),
    ("beispiel-leere-laeden", "Beispiel: Leere Läden", "Läden", Direction.DOWN, 31, 12, [30, 28, 29, 24]),
    ("beispiel-baeume", "Beispiel: Bäume im Zentrum", "Bäume", Direction.UP, 400, 450, [410, 436, 452]),
]
SWOT_TEXTS = {
    SwotKind.STRENGTH: ["Kurze Wege zur Schule", "Ein lebendiger Vereinssaal", "Viel Grün in der Nähe"],
    SwotKind.WEAKNESS: ["Der Platz hat wenig Schatten", "Schmale Gehwege", "Wenig Treffpunkte am Abend"],
    SwotKind.OPPORTUNITY: ["Eine Brachfläche wird frei", "Neue Buslinie in Planung", "Junge Familien ziehen zu"],
    SwotKind.THREAT: ["Mehr Durchgangsverkehr", "Steigende Mieten", "Läden ohne Nachfolge"],
}
REVIEWS = {
    Judgement.REACHED: "Beispiel: Die Maßnahmen greifen, die Zahlen gehen in die richtige Richtung.",
    Judgement.MOSTLY: "Beispiel: Das meiste ist auf dem Weg; zwei Maßnahmen brauchen mehr Zeit.",
    Judgement.BEHIND: "Beispiel: Es fehlen Mittel und Personal; der Plan wird angepasst.",
    Judgement.OFF: "Beispiel: Die Entwicklung läuft dem Ziel entgegen; es braucht neue Maßnahmen.",
}


class IndicatorMaker:
    """Makes figures for `years` years before `today`; the same seed makes the same figures."""

    def __init__(self, rng: Random, today: dt.date, years: int) -> None:
        self.rng, self.today, self.years = rng, today, years

    def make(self, measures: list[Measure]) -> int:
        """How many values were made."""
        values = [value for indicator in Indicator.objects.waiting() for value in self._values(indicator)]
        for number, row in enumerate(WITH_TARGET):
            values += self._with_target(number, *row)
        IndicatorValue.objects.bulk_create(values, batch_size=1000)
        self._reviews()
        self._entries(measures)
        return len(values)

    def _values(self, indicator: Indicator) -> list[IndicatorValue]:
        """One value a year, drifting a little; some indicators stay without, as in real life."""
        if self.rng.random() < 0.2:
            return []
        top = 80 if indicator.unit.startswith("%") else self.rng.choice([60, 400, 3000])
        level, drift = self.rng.uniform(0.3, 0.9) * top, self.rng.uniform(-0.06, 0.06) * top
        numbers = [max(0.0, level + drift * step + self.rng.uniform(-0.02, 0.02) * top) for step in range(self.years)]
        return self._rows(indicator, [Decimal(str(round(number, 1))) for number in numbers])

    def _rows(self, indicator: Indicator, numbers: list[Decimal]) -> list[IndicatorValue]:
        """The newest for last year."""
        first = self.today.year - len(numbers)
        return [
            IndicatorValue(
                indicator=indicator,
                measured_on=dt.date(first + step, 1, 1),
                precision=IndicatorValue.Precision.YEAR,
                value=number,
                source=SOURCE,
                is_sample=True,
            )
            for step, number in enumerate(numbers)
        ]

    def _with_target(
        self, number: int, slug: str, name: str, unit: str, way: Direction, base: int, aim: int, values: list[int]
    ) -> list[IndicatorValue]:
        indicator = Indicator.objects.create(
            slug=slug,
            position=900 + number,
            name=name,
            unit=unit,
            definition="Erzeugte Beispieldaten: So sieht ein Indikator mit Ausgangswert und Ziel aus.",
            source=SOURCE,
            limitations="Diese Zahlen sind erfunden.",
            direction=way,
            baseline_value=base,
            baseline_year=self.today.year - len(values) - 1,
            target_value=aim,
            target_year=self.today.year + 4,
            interval=Indicator.Interval.YEAR,
            next_update=self.today + dt.timedelta(days=120 * number - 60),
            owner=OrganisationUnit.objects.first(),
            visibility=Visibility.PUBLIC,
            is_sample=True,
        )
        indicator.goals.set(Goal.objects.filter(number__in=[4, 5]))
        plan = Plan.objects.filter(code__in=["VM", "CM", "KN"]).order_by("number")[number]
        PlanIndicator.objects.create(plan=plan, indicator=indicator, position=90)
        return self._rows(indicator, [Decimal(value) for value in values])

    def _reviews(self) -> None:
        unit = OrganisationUnit.objects.first()
        rows = []
        for goal in Goal.objects.all():
            for age in range(self.rng.randint(1, 3)):
                judgement = self.rng.choice(list(Judgement))
                text = f"<p>{REVIEWS[judgement]}</p>"
                day = dt.date(self.today.year - 1 - age, 11, 15)
                rows.append(
                    Evaluation(
                        goal=goal,
                        reviewed_on=day,
                        judgement=judgement,
                        text=text,
                        unit=unit,
                        is_public=True,
                        is_sample=True,
                    )
                )
        Evaluation.objects.bulk_create(rows)

    def _entries(self, measures: list[Measure]) -> None:
        """One entry of each field for every locality, and one for every plan in turn; most lead to a measure."""
        owners: list[Plan | Locality] = [*Locality.objects.all(), *Plan.objects.all()]
        rows = [
            self._entry(owner, kind)
            for owner in owners
            for kind in (list(SwotKind) if isinstance(owner, Locality) else [self.rng.choice(list(SwotKind))])
        ]
        entries = SwotEntry.objects.bulk_create(rows)
        link = SwotEntry.measures.through
        led = [(entry, self.rng.choice(measures)) for entry in entries if measures and self.rng.random() < 0.7]
        link.objects.bulk_create([link(swotentry_id=entry.pk, measure_id=one.pk) for entry, one in led])

    def _entry(self, owner: Plan | Locality, kind: SwotKind) -> SwotEntry:
        mine = {"plan": owner} if isinstance(owner, Plan) else {"locality": owner}
        return SwotEntry(
            slug=f"beispiel-{owner.slug}-{kind.value}",
            kind=kind,
            position=90,
            title=f"Beispiel: {self.rng.choice(SWOT_TEXTS[kind])}",
            text="Erzeugte Beispieldaten; das hat niemand untersucht.",
            source_note=SOURCE,
            visibility=self.rng.choice([Visibility.PUBLIC, Visibility.PUBLIC, Visibility.PUBLIC, Visibility.DRAFT]),
            is_sample=True,
            **mine,
        )
