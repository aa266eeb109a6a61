"""What the roll-up reads: a fixed number of queries, whatever the number of measures and voices."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from konzeptplan.effects import read_indicators, read_weaknesses
from konzeptplan.hearing import read_voices
from konzeptplan.records import (
    Audience,
    Connection,
    Horizon,
    Label,
    MeasureRow,
    MilestoneRow,
    MoneyLine,
    Selection,
    Source,
)
from leitbild.models import Goal, Indicator, OrganisationUnit, Pillar, Sdg
from step.delivery import with_last_word
from step.models import (
    BudgetLine,
    Locality,
    Measure,
    MeasureLink,
    MeasureQuerySet,
    Milestone,
    Plan,
    PlanIndicator,
    ProgressReport,
    Status,
    SwotEntry,
    TimeHorizon,
    Urgency,
)

Labels = dict[int, Label]  # by primary key, in the order of the records
SHOWN = ("code", "title", "status", "status_reason", "next_step", "unblocked_by", "must_act", "urgency", "lead_plan",
         "horizon", "responsible_unit", "confirmed_on", "baseline_start", "baseline_end", "forecast_start",
         "forecast_end", "actual_end")  # fmt: skip


@dataclass(frozen=True)
class Names:
    """The labels of everything by which measures are sorted."""

    plans: Labels
    localities: Labels
    goals: Labels
    sdgs: Labels
    pillars: Labels
    units: Labels
    horizons: dict[int, Horizon]


def measures_for(audience: Audience) -> MeasureQuerySet:
    """Public measures for everyone; for the council also internal ones. Drafts are never counted."""
    return Measure.objects.for_audience(audience.value)


def reports_for(audience: Audience) -> models.QuerySet[ProgressReport]:
    """Public reports for everyone; for the council also internal ones."""
    reports = ProgressReport.objects.all()
    return reports.filter(is_public=True) if audience is Audience.PUBLIC else reports


def read(at: dt.date, audience: Audience, selection: Selection | None = None) -> Source:
    """Read all records once. Voices count from the day on which they were published, answers from theirs."""
    names = _names(at)
    found = {measure.pk: measure for measure in _measures(at, audience)}
    relations = _relations(names, found)
    code_of = {pk: measure.code for pk, measure in found.items()}
    plans_of = {pk: {names.plans[measure.lead_plan_id].key} | relations[pk, "plans"] for pk, measure in found.items()}
    voices, voices_of = read_voices(at, audience, code_of, plans_of)
    money = _money(code_of)
    more = _More(relations, plans_of, voices_of, _sums(money), _milestones(at))
    return Source(
        at=at,
        audience=audience,
        plans=tuple(names.plans.values()),
        horizons=tuple(names.horizons.values()),
        localities=tuple(names.localities.values()),
        goals=tuple(names.goals.values()),
        sdgs=tuple(names.sdgs.values()),
        pillars=tuple(names.pillars.values()),
        units=tuple(names.units.values()),
        measures=tuple(_row(measure, names, more) for measure in found.values()),
        voices=voices,
        money=money,
        connections=_connections(found, names),
        indicators=read_indicators(audience, relations),
        weaknesses=read_weaknesses(audience, relations),
        selection=selection or Selection(),
    )


def _names(at: dt.date) -> Names:
    return Names(
        plans=_labels(Plan.objects.all(), lambda p: (p.code.lower(), p.short_name)),
        localities=_labels(Locality.objects.all(), lambda place: (place.slug, place.name)),
        goals=_labels(Goal.objects.all(), lambda g: (str(g.number), str(g))),
        sdgs=_labels(Sdg.objects.all(), lambda s: (str(s.number), str(s))),
        pillars=_labels(Pillar.objects.all(), lambda p: (p.code, p.name)),
        units=_labels(OrganisationUnit.objects.all(), lambda u: (u.slug, u.name)),
        horizons={h.pk: _horizon(h, at) for h in TimeHorizon.objects.all()},
    )


def _labels(records: Iterable[Any], key_and_name: Callable[[Any], tuple[str, str]]) -> Labels:
    return {record.pk: Label(*key_and_name(record), url=record_url(record)) for record in records}


def record_url(record: Any) -> str:
    return record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""


def _horizon(horizon: TimeHorizon, at: dt.date) -> Horizon:
    elapsed = round(horizon.elapsed(at) * 100)
    return Horizon(Label(horizon.code, horizon.name), horizon.starts, horizon.ends, elapsed)


def _measures(at: dt.date, audience: Audience) -> Iterable[Any]:
    """With `last_word`, `work_percent` and `work_on`; long texts stay in the database."""
    rows = measures_for(audience).only(*SHOWN)
    return with_last_word(rows, reports_for(audience), at)


# --- What belongs to a measure, by its primary key --------------------------------------------------------------------


@dataclass(frozen=True)
class _More:
    relations: dict[tuple[int, str], set[str]]
    plans: dict[int, set[str]]
    voices: dict[int, int]
    sums: dict[str, dict[str, Decimal]]
    milestones: dict[int, list[MilestoneRow]]


def _row(measure: Any, names: Names, more: _More) -> MeasureRow:
    unit = names.units.get(measure.responsible_unit_id)
    horizon = names.horizons.get(measure.horizon_id)
    key, sums = measure.pk, more.sums.get(measure.code, {})
    return MeasureRow(
        code=measure.code,
        title=measure.title,
        lead_plan=names.plans[measure.lead_plan_id].key,
        plans=frozenset(more.plans[key]),
        horizon=horizon.label.key if horizon else None,
        horizon_end=horizon.ends if horizon else None,
        status=Status(measure.status),
        urgency=Urgency(measure.urgency),
        status_reason=measure.status_reason,
        condition=measure.unblocked_by or "",
        acts=measure.must_act or (unit.name if unit else ""),
        next_step=measure.next_step,
        unit=unit.name if unit else "",
        unit_key=unit.key if unit else "",
        localities=frozenset(more.relations[key, "localities"]),
        goals=frozenset(more.relations[key, "goals"]),
        sdgs=frozenset(more.relations[key, "sdgs"]),
        pillars=frozenset(more.relations[key, "pillars"]),
        voices=more.voices.get(key, 0),
        baseline_start=measure.baseline_start,
        baseline_end=measure.baseline_end,
        forecast_start=measure.forecast_start,
        forecast_end=measure.forecast_end,
        actual_end=measure.actual_end,
        milestones=tuple(more.milestones[key]),
        last_word=measure.last_word,
        work_percent=measure.work_percent,
        work_on=measure.work_on,
        planned=sums.get("planned"),
        voted=sums.get("voted"),
        spent=sums.get("spent"),
    )


def _relations(names: Names, found: dict[int, Any]) -> dict[tuple[int, str], set[str]]:
    """The keys of labels by record and kind of relation, all kinds in one query."""
    measures = {pk: Label(measure.code, measure.title) for pk, measure in found.items()}
    targets: dict[str, tuple[Any, str, str, Labels]] = {
        "plans": (Measure.further_plans.through, "measure_id", "plan_id", names.plans),
        "localities": (Measure.localities.through, "measure_id", "locality_id", names.localities),
        "goals": (Measure.goals.through, "measure_id", "goal_id", names.goals),
        "sdgs": (Measure.sdgs.through, "measure_id", "sdg_id", names.sdgs),
        "pillars": (Measure.pillars.through, "measure_id", "pillar_id", names.pillars),
        "indicator_goals": (Indicator.goals.through, "indicator_id", "goal_id", names.goals),
        "indicator_plans": (PlanIndicator, "indicator_id", "plan_id", names.plans),
        "swot_measures": (SwotEntry.measures.through, "swotentry_id", "measure_id", measures),
    }
    parts = [
        table.objects.order_by().values_list(F(own), models.Value(kind, output_field=models.CharField()), F(other))
        for kind, (table, own, other, _labels) in targets.items()
    ]
    keys: dict[tuple[int, str], set[str]] = defaultdict(set)
    for record, kind, target in parts[0].union(*parts[1:], all=True):
        if label := targets[kind][3].get(target):
            keys[record, kind].add(label.key)
    return keys


def _milestones(at: dt.date) -> dict[int, list[MilestoneRow]]:
    """A step done after the day was not done on it."""
    steps: dict[int, list[MilestoneRow]] = defaultdict(list)
    rows = Milestone.objects.order_by(F("due_on").asc(nulls_last=True), "pk")
    for measure, title, due_on, done_on in rows.values_list("measure", "title", "due_on", "done_on"):
        steps[measure].append(MilestoneRow(title, due_on, done_on if done_on and done_on <= at else None))
    return steps


def _money(code_of: dict[int, str]) -> tuple[MoneyLine, ...]:
    funded = models.Case(models.When(~Q(funder=""), then=F("planned")))
    rows = BudgetLine.objects.with_figure().order_by("measure__code", "year", "pk")
    fields = ("measure", "year", "planned", "voted", "spent", funded)
    return tuple(MoneyLine(code_of[pk], *amounts) for pk, *amounts in rows.values_list(*fields) if pk in code_of)


def _sums(lines: Iterable[MoneyLine]) -> dict[str, dict[str, Decimal]]:
    """By measure: what is known of each kind of money, summed over years and funders."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for line in lines:
        for kind in ("planned", "voted", "spent"):
            if (amount := getattr(line, kind)) is not None:
                sums[line.code][kind] = sums[line.code].get(kind, Decimal(0)) + amount
    return sums


def _connections(found: dict[int, Any], names: Names) -> tuple[Connection, ...]:
    """Links between two measures that the audience may know of."""
    rows = MeasureLink.objects.order_by("pk").values_list("source", "kind", "target", "note")
    return tuple(
        Connection(
            source=Label(found[source].code, found[source].title),
            kind=MeasureLink.Kind(kind),
            target=Label(found[target].code, found[target].title),
            plans=(names.plans[found[source].lead_plan_id].key, names.plans[found[target].lead_plan_id].key),
            note=note or "",
        )
        for source, kind, target, note in rows
        if source in found and target in found
    )
