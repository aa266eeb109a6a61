"""Small words of the dashboard's templates."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from konzeptplan.drawing import charts
from konzeptplan.figures import Breakdown, Figure, Konzeptplan, Label, VoiceCount

register = template.Library()

ICONS = {
    "fresh-current": "check2-circle",
    "fresh-ageing": "clock-history",
    "fresh-stale": "hourglass",
    "fresh-never": "question-circle",
    "deviation-reported": "status-delayed",
    "deviation-overdue": "calendar-event",
    "deviation-milestone": "flag",
    "deviation-forecast": "graph-up",
    "locality-none": "buildings",
}


SHOWN = 8  # of the records of a gap that has a list


@register.simple_tag
def drawings(plan: Konzeptplan) -> dict[str, Any]:
    """All charts of a Konzeptplan, of today or of a frozen day."""
    return charts(plan)


@register.filter
def first_of(items: tuple[Label, ...], room: str) -> tuple[Label, ...]:
    """The first records where a list has the others, else all of them."""
    return items[:SHOWN] if room else items


@register.filter
def sign(key: str, kind: str) -> str:
    """The icon of a value, by shape as well as by colour; empty where it has none."""
    return f"{kind}-{key}" if kind in {"status", "urgency"} else ICONS.get(f"{kind}-{key}", "")


@register.filter
def euros(amount: Decimal | None) -> str:
    """An amount as one reads it aloud: 1,4 million €, 85 000 €; a dash where nothing is known."""
    if amount is None:
        return "–"
    if abs(amount) >= 1_000_000:
        return _("%(amount)s million €") % {"amount": number_format(amount / 1_000_000, 1)}
    return f"{number_format(amount, 0, use_l10n=True, force_grouping=True)} €"


@register.filter
def row_of(breakdown: Breakdown, key: str) -> Figure | None:
    return next((row for row in breakdown.rows if row.label.key == key), None)


@register.filter
def voices_at(plan: Konzeptplan, locality: str) -> VoiceCount | None:
    return next((count for count in plan.voices.by_locality if count.label.key == locality), None)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """Beside a count, never instead of it; empty where there is nothing to divide by."""
    return _("%(percent)d %%") % {"percent": round(part * 100 / whole)} if whole else ""
