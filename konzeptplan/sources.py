"""What the roll-up reads: a fixed number of queries, whatever the number of measures and voices."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from konzeptplan.figures import Audience, Horizon, Label, MeasureRow, Voice
from leitbild.models import Goal, Pillar, Sdg
from participation.models import Contribution
from step.models import BudgetLine, Locality, Measure, MeasureQuerySet, Plan, Status, TimeHorizon, Urgency


@dataclass(frozen=True)
class MoneyLine:
    """The money of one measure in one year from one funder, in euros; None is unknown."""

    code: str
    year: int
    planned: Decimal | None
    voted: Decimal | None
    spent: Decimal | None


Sums = dict[str, dict[str, Decimal]]


@dataclass(frozen=True)
class Source:
    """Everything from which the Konzeptplan is computed."""

    at: dt.date
    audience: Audience
    plans: tuple[Label, ...]
    horizons: tuple[Horizon, ...]
    localities: tuple[Label, ...]
    goals: tuple[Label, ...]
    sdgs: tuple[Label, ...]
    pillars: tuple[Label, ...]
    measures: tuple[MeasureRow, ...]
    voices: tuple[Voice, ...]
    money: tuple[MoneyLine, ...]


def measures_for(audience: Audience) -> MeasureQuerySet:
    """Public measures for everyone; for the council also internal ones. Drafts are never counted."""
    return Measure.objects.for_audience(audience.value)


def read(at: dt.date, audience: Audience) -> Source:
    """Read all records once. Voices count from the day on which they were published, answers from theirs."""
    measures = measures_for(audience)
    voices, voices_of = _voices(at, audience, measures)
    money = _money(measures)
    return Source(
        at=at,
        audience=audience,
        plans=_labels(Plan.objects.all(), lambda p: (p.code.lower(), p.short_name)),
        horizons=tuple(
            Horizon(Label(h.code, h.name), h.starts, h.ends, h.elapsed(at)) for h in TimeHorizon.objects.all()
        ),
        localities=_labels(Locality.objects.all(), lambda place: (place.slug, place.name)),
        goals=_labels(Goal.objects.all(), lambda g: (str(g.number), str(g))),
        sdgs=_labels(Sdg.objects.all(), lambda s: (str(s.number), str(s))),
        pillars=_labels(Pillar.objects.all(), lambda p: (p.code, p.name)),
        measures=_measures(measures, voices_of, _sums(money)),
        voices=voices,
        money=money,
    )


def _labels(records: Iterable[Any], key_and_name: Callable[[Any], tuple[str, str]]) -> tuple[Label, ...]:
    return tuple(Label(*key_and_name(record), url=record_url(record)) for record in records)


def record_url(record: Any) -> str:
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""


def _measures(measures: MeasureQuerySet, voices_of: dict[str, int], sums: Sums) -> tuple[MeasureRow, ...]:
    rows = measures.select_related("lead_plan", "horizon", "responsible_unit").prefetch_related(
        "further_plans", "localities", "goals", "sdgs", "pillars"
    )
    return tuple(_measure_row(measure, voices_of.get(measure.code, 0), sums.get(measure.code, {})) for measure in rows)


def _measure_row(measure: Measure, voices: int, money: dict[str, Decimal]) -> MeasureRow:
    lead = measure.lead_plan.code.lower()
    return MeasureRow(
        code=measure.code,
        title=measure.title,
        lead_plan=lead,
        plans=frozenset({lead, *(plan.code.lower() for plan in measure.further_plans.all())}),
        horizon=measure.horizon.code if measure.horizon else None,
        status=Status(measure.status),
        urgency=Urgency(measure.urgency),
        status_reason=measure.status_reason,
        unit=measure.responsible_unit.name if measure.responsible_unit else "",
        localities=frozenset(place.slug for place in measure.localities.all()),
        goals=frozenset(str(goal.number) for goal in measure.goals.all()),
        sdgs=frozenset(str(sdg.number) for sdg in measure.sdgs.all()),
        pillars=frozenset(pillar.code for pillar in measure.pillars.all()),
        voices=voices,
        planned=money.get("planned"),
        voted=money.get("voted"),
        spent=money.get("spent"),
    )


def _money(measures: MeasureQuerySet) -> tuple[MoneyLine, ...]:
    known = models.Q(planned__isnull=False) | models.Q(voted__isnull=False) | models.Q(spent__isnull=False)
    lines = BudgetLine.objects.filter(known, measure__in=measures.order_by().values("pk"))
    fields = ("measure__code", "year", "planned", "voted", "spent")
    return tuple(MoneyLine(*row) for row in lines.values_list(*fields).order_by("measure__code", "year", "pk"))


def _sums(lines: Iterable[MoneyLine]) -> Sums:
    """By measure: what is known of each kind of money, summed over years and funders."""
    sums: Sums = defaultdict(dict)
    for line in lines:
        for kind in ("planned", "voted", "spent"):
            if (amount := getattr(line, kind)) is not None:
                sums[line.code][kind] = sums[line.code].get(kind, Decimal(0)) + amount
    return sums


def _voices(at: dt.date, audience: Audience, measures: MeasureQuerySet) -> tuple[tuple[Voice, ...], dict[str, int]]:
    """The voices, and how many of them concern each measure (by code)."""
    end = timezone.make_aware(dt.datetime.combine(at, dt.time.max))
    plans_of, code_of = _plans_of_measures(measures)
    treated = _treatments(end)
    voices = []
    voices_of: dict[str, int] = defaultdict(int)
    fields = (
        "pk",
        "published_at",
        "plan__code",
        "measure",
        "loop__dialogue__plan__code",
        "loop__dialogue__measure",
    )
    heard = Contribution.objects.for_audience(audience.value).filter(published_at__lte=end).order_by("pk")
    for pk, published_at, *targets in heard.values_list(*fields):
        points = treated.get(pk, [])
        answered_at = max((at for at, _m in points if at), default=None) if points else None
        answered = bool(points) and all(at for at, _measure in points)
        changed = {measure for _at, measure in points if measure in code_of}
        concerned = {pk for pk in (targets[1], targets[3]) if pk in code_of} | changed
        for measure in concerned:
            voices_of[code_of[measure]] += 1
        plans = {code.lower() for code in (targets[0], targets[2]) if code}
        plans.update(plan for measure in concerned for plan in plans_of[measure])
        days = (answered_at - published_at).days if answered and answered_at and published_at else None
        voices.append(Voice(str(pk), frozenset(plans), answered, days, bool(changed)))
    return tuple(voices), dict(voices_of)


def _plans_of_measures(measures: MeasureQuerySet) -> tuple[dict[int, set[str]], dict[int, str]]:
    plans_of: dict[int, set[str]] = defaultdict(set)
    code_of: dict[int, str] = {}
    fields = ("pk", "code", "lead_plan__code", "further_plans__code")
    for pk, code, lead, further in measures.order_by().values_list(*fields):
        code_of[pk] = code
        plans_of[pk].update(plan.lower() for plan in (lead, further) if plan)
    return plans_of, code_of


def _treatments(end: dt.datetime) -> dict[int, list[tuple[dt.datetime | None, int | None]]]:
    """(answered at, changed measure) of each point, by contribution; answers after the day are not yet given."""
    points: dict[int, list[tuple[dt.datetime | None, int | None]]] = defaultdict(list)
    rows = Contribution.objects.published().values_list(
        "pk", "points__pk", "points__treatment__answered_at", "points__treatment__measure"
    )
    for contribution, point, answered_at, measure in rows:
        if point is None:
            continue
        given = answered_at is not None and answered_at <= end
        points[contribution].append((answered_at if given else None, measure if given else None))
    return points
