"""What is missing in the chain from goal to citizen."""

from django.utils.translation import gettext as _

from konzeptplan.figures import Gap, Label, MeasureRow, Voices
from konzeptplan.parts.effect import chosen_indicators
from konzeptplan.tally import NONE, Tally, only
from step.models import Status


def gaps(tally: Tally, voices: Voices) -> tuple[Gap, ...]:
    """Each with the list of what it counted. A gap in a dimension that the reader chose cannot be, and is left out."""
    chosen = tally.source.selection
    rows = tally.rows
    found = [
        _goals_without_measure(tally),
        _unmet(voices),
        _measures(tally, "voice", _("Measures without a voice"), [r for r in rows if not r.voices], voices=NONE),
        _measures(tally, "no_goal", _("Measures that serve no goal"), [r for r in rows if not r.goals], goal=NONE),
        _measures(tally, "unit", _("Measures without a responsible unit"), [r for r in rows if not r.unit], unit=NONE),
        _measures(
            tally, "horizon", _("Measures without a time horizon"), [r for r in rows if not r.horizon], horizon=NONE
        ),
        _measures(
            tally,
            "status",
            _("Measures on which nobody has reported"),
            [row for row in rows if row.status is Status.UNKNOWN],
            status=Status.UNKNOWN.value,
        ),
        _measures(
            tally, "budget", _("Measures without a budget figure"), [r for r in rows if not r.has_budget], budget=NONE
        ),
    ]
    found += [gap for gap in (_indicators(tally), _weaknesses(tally)) if gap.of]
    impossible = {key for key, is_chosen in (("unit", chosen.unit), ("horizon", chosen.horizon)) if is_chosen}
    impossible |= {"no_goal"} if chosen.goal else set()
    return tuple(gap for gap in found if gap.key not in impossible)


def _measures(tally: Tally, key: str, name: str, rows: list[MeasureRow], **filters: str) -> Gap:
    figure = tally.figure(Label(key, name), rows, **filters)
    items = tuple(Label(row.code, row.title) for row in rows)
    return Gap(key, name, items, of=tally.total.count, count=figure.count, query=figure.query, room="measures")


def _goals_without_measure(tally: Tally) -> Gap:
    served = {goal for row in tally.rows for goal in row.goals}
    goals = only(tally.source.goals, tally.source.selection.goal)
    missing = tuple(goal for goal in goals if goal.key not in served)
    return Gap("goal", _("Goals without a measure"), missing, of=len(goals), count=len(missing))


def _indicators(tally: Tally) -> Gap:
    rows = chosen_indicators(tally)
    missing = tuple(row.label for row in rows if not any(v.measured_on <= tally.source.at for v in row.values))
    return Gap("indicator", _("Indicators without a value"), missing, of=len(rows), count=len(missing))


def _weaknesses(tally: Tally) -> Gap:
    """Of the city, or of the chosen plan or locality; a measure that does not count answers no weakness."""
    chosen = tally.source.selection
    counting = {row.code for row in tally.source.measures if row.counts}
    rows = [
        row
        for row in tally.source.weaknesses
        if (not chosen.plan or row.plan == chosen.plan) and (not chosen.locality or row.locality == chosen.locality)
    ]
    missing = tuple(row.label for row in rows if not row.measures & counting)
    return Gap("weakness", _("Weaknesses that lead to no measure"), missing, of=len(rows), count=len(missing))


def _unmet(voices: Voices) -> Gap:
    """The office agreed, and no measure takes it up."""
    name = _("Contributions that were adopted and stand in no measure")
    query = f"{voices.all.query}&demand=unmet"
    return Gap("demand", name, (), of=voices.all.received, count=voices.unmet, query=query, room="voices")
