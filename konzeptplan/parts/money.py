"""Money: known amounts are summed, unknown ones are counted and said."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from konzeptplan.figures import MONEY, Figure, Label, Money, MoneyLine, MoneyYear
from konzeptplan.tally import Tally

NAMES = {
    "planned": gettext_lazy("Planned"),
    "voted": gettext_lazy("Voted"),
    "spent": gettext_lazy("Spent"),
    "funded": gettext_lazy("Of the plan, paid by others"),
}


def money(tally: Tally) -> Money:
    """Over the budget lines of counting measures; a figure of 0 is a figure, no figure is not 0."""
    codes = {row.code for row in tally.rows}
    lines = [line for line in tally.source.money if line.code in codes]
    years = tuple(
        _sum(tally, year, [line for line in lines if line.year == year])
        for year in sorted({line.year for line in lines})
    )
    with_figure = tally.figure(
        Label("budget", _("Measures with a figure")), [row for row in tally.rows if row.has_budget], budget="1"
    )
    this_year = tally.source.at.year
    current = next((year for year in years if year.year == this_year), None)
    return Money(years, _sum(tally, None, lines), current, with_figure, of=tally.total.count)


def _sum(tally: Tally, year: int | None, lines: Iterable[MoneyLine]) -> MoneyYear:
    rows = list(lines)
    sums = {kind: add(getattr(line, kind) for line in rows) for kind in MONEY}
    return MoneyYear(year, **sums, counted=tuple(_counted(tally, year, kind, rows) for kind in MONEY))


def add(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _counted(tally: Tally, year: int | None, kind: str, lines: list[MoneyLine]) -> Figure:
    codes = {line.code for line in lines if getattr(line, kind) is not None}
    of_year = {"year": str(year)} if year else {}
    rows = [row for row in tally.rows if row.code in codes]
    return tally.figure(Label(kind, str(NAMES[kind])), rows, amount=kind, **of_year)
