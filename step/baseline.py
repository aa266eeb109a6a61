"""What was adopted beside what is expected now and what came: for dates and for money, the difference in words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import localize, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from step.models import Measure
from step.money import Money


@dataclass(frozen=True)
class Row:
    """`adopted`, `expected` and `actual` as they are shown; None where nobody has said. `difference` compares the
    newest of expected and actual with what was adopted, and is empty where one of them is missing."""

    name: str
    adopted: str | None
    expected: str | None
    actual: str | None
    difference: str = ""
    is_worse: bool = False
    note: str = ""


def compare(measure: Measure, money: Money) -> list[Row]:
    """Start, end and cost. A row of which nothing is known is left out."""
    rows = [
        _dates(_("Start"), measure.baseline_start, measure.forecast_start, measure.actual_start),
        _dates(_("End"), measure.baseline_end, measure.forecast_end, measure.actual_end),
        _costs(measure, money),
    ]
    return [row for row in rows if row.adopted or row.expected or row.actual]


def _dates(name: str, adopted: dt.date | None, expected: dt.date | None, actual: dt.date | None) -> Row:
    newest = actual or expected
    days = (newest - adopted).days if newest and adopted else None
    return Row(name, _shown(adopted), _shown(expected), _shown(actual), _days(days), (days or 0) > 0)


def _shown(day: dt.date | None) -> str | None:
    return str(localize(day)) if day else None


def _days(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return _("As adopted")
    number = {"days": number_format(abs(days), force_grouping=True)}
    if days > 0:
        return ngettext("%(days)s day later", "%(days)s days later", days) % number
    return ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % number


def _costs(measure: Measure, money: Money) -> Row:
    """Adopted is the total that was adopted; expected and actual are the sums of the known budget lines."""
    adopted, expected = measure.baseline_cost, money.planned.total
    difference = expected - adopted if expected is not None and adopted is not None else None
    note = ""
    if expected is not None and not money.planned.is_complete:
        note = _("%(known)d of %(lines)d budget lines have a planned figure.") % {
            "known": money.planned.known,
            "lines": money.planned.lines,
        }
    return Row(
        name=_("Cost"),
        adopted=_euros(adopted),
        expected=_euros(expected),
        actual=_euros(money.spent.total),
        difference=_more(difference),
        is_worse=(difference or 0) > 0,
        note=note,
    )


def _euros(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{number_format(value, 0 if value % 1 == 0 else 2, force_grouping=True)} €"


def _more(difference: Decimal | None) -> str:
    if difference is None:
        return ""
    if difference == 0:
        return _("As adopted")
    amount = {"amount": _euros(abs(difference))}
    return _("%(amount)s more") % amount if difference > 0 else _("%(amount)s less") % amount
