"""The tables of an edition with real numbers and dates: what workbook, CSV and report write, each in its own way."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from konzeptplan.edition import Edition

Cell = str | int | float | Decimal | dt.date | None


@dataclass(frozen=True)
class Table:
    """`key` is the short name that a machine may rely on; title, note and columns are in the reader's language."""

    key: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(edition: Edition) -> tuple[Table, ...]:
    """Measures, budget, milestones, voices and gaps."""
    return (measures(edition), budget(edition), milestones(edition), voices(edition), gaps(edition))


def measures(edition: Edition) -> Table:
    """All measures, the withdrawn and superseded ones with `no` under "counts"."""
    names = edition.names

    def named(dimension: str, keys: Iterable[str]) -> str:
        return ", ".join(names[dimension].get(key, key) for key in sorted(keys))

    rows = tuple(
        (
            row.code,
            row.title,
            names["plans"].get(row.lead_plan, row.lead_plan),
            named("plans", row.plans - {row.lead_plan}),
            named("horizon", [row.horizon]) if row.horizon else None,
            str(row.status.label),
            row.status_reason,
            _("yes") if row.counts else _("no"),
            str(row.urgency.label),
            row.unit,
            named("localities", row.localities) or _("Whole city"),
            named("goals", row.goals),
            row.baseline_end,
            row.forecast_end,
            row.actual_end,
            row.planned,
            row.voted,
            row.spent,
            row.voices,
        )
        for row in edition.measures
    )
    columns = (
        _("Code"),
        _("Title"),
        _("Lead StEP"),
        _("further StEP"),
        _("Time horizon"),
        _("Status"),
        _("Reason"),
        _("Counts"),
        _("Urgency"),
        _("Responsible unit"),
        _("Localities"),
        _("Goals"),
        _("Adopted end"),
        _("Expected end"),
        _("Done on"),
        _("Planned (EUR)"),
        _("Voted (EUR)"),
        _("Spent (EUR)"),
        _("Voices"),
    )
    return Table("measures", _("Measures"), _("Withdrawn and superseded measures do not count."), columns, rows)


def budget(edition: Edition) -> Table:
    """A row per measure, year and funder; an empty cell is unknown, which is not 0."""
    titles = {row.code: row.title for row in edition.counting}
    rows = tuple(
        (line.code, titles[line.code], line.year, line.planned, line.voted, line.spent)
        for line in edition.money
        if line.code in titles
    )
    columns = (_("Code"), _("Title"), _("Year"), _("Planned (EUR)"), _("Voted (EUR)"), _("Spent (EUR)"))
    money = edition.plan.money
    note = _("%(n)s of %(of)s measures have a figure. An empty cell is unknown, which is not 0.") % {
        "n": money.with_figure.count,
        "of": money.of,
    }
    return Table("budget", _("Budget"), note, columns, rows)


def milestones(edition: Edition) -> Table:
    titles = {row.code: row.title for row in edition.counting}
    rows = tuple(
        (step.code, titles[step.code], step.title, step.due_on, step.done_on)
        for step in edition.milestones
        if step.code in titles
    )
    columns = (_("Code"), _("Measure"), _("Milestone"), _("Due"), _("Done"))
    return Table("milestones", _("Milestones"), "", columns, rows)


def voices(edition: Edition) -> Table:
    """By StEP, and in the last row each contribution once."""
    found = edition.plan.voices
    counted = [*found.by_plan, found.all]
    rows = tuple((str(v.label.name), v.received, v.answered, v.unanswered) for v in counted)
    columns = (_("StEP"), _("Contributions"), _("Answered"), _("Without an answer"))
    note = _("A contribution may concern several plans or none; the last row counts each once.")
    return Table("voices", _("Voices"), note, columns, rows)


def gaps(edition: Edition) -> Table:
    rows = tuple((gap.name, item.key, item.name) for gap in edition.plan.gaps for item in gap.items)
    return Table(
        "gaps", _("Gaps"), _("What is missing in the chain."), (_("What is missing"), _("Code"), _("Name")), rows
    )
