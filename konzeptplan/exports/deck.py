"""The Konzeptplan in slides: pure data that the presentation in the room and the PowerPoint file both show."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from konzeptplan.edition import Edition
from konzeptplan.figures import MatrixRow, MeasureRow
from step.models import Status

LINES = 6  # that a room can read


@dataclass(frozen=True)
class Number:
    """A number with what it counts, in large type."""

    value: str
    label: str
    icon: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    value: int


@dataclass(frozen=True)
class Slide:
    """One tile on one screen. `more` says how much does not fit; `plan` colours the slide of a StEP."""

    key: str
    title: str
    numbers: tuple[Number, ...] = ()
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    lines: tuple[str, ...] = ()
    more: str = ""
    plan: str = ""

    @property
    def highest(self) -> int:
        return max((bar.value for bar in self.bars), default=0) or 1


@dataclass(frozen=True)
class Deck:
    title: str
    slides: tuple[Slide, ...]


def deck(edition: Edition) -> Deck:
    """Overview, what deviates, one slide per StEP, money, voices, gaps."""
    slides = (
        _overview(edition),
        _deviations(edition),
        *(_plan(edition, row) for row in edition.plan.matrix.rows),
        _money(edition),
        _voices(edition),
        _gaps(edition),
    )
    return Deck(_("Konzeptplan StEP 2030"), slides)


def euros(amount: Decimal | None) -> str:
    """A sum of money to read; a dash where nothing is known."""
    return "–" if amount is None else f"{formats.number_format(amount, 0, use_l10n=True, force_grouping=True)} €"


def counted(number: int) -> str:
    """A count to read: 17.974."""
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def total(rows: list[MeasureRow] | tuple[MeasureRow, ...], kind: str) -> Decimal | None:
    """The known amounts of the measures, summed; None where none is known."""
    known = [amount for row in rows if (amount := getattr(row, kind)) is not None]
    return sum(known[1:], known[0]) if known else None


def _status_numbers(rows: tuple[MeasureRow, ...]) -> tuple[Number, ...]:
    shown = [Status.RUNNING, Status.DONE, Status.DELAYED, Status.BLOCKED, Status.UNKNOWN]
    counts = {status: sum(row.status is status for row in rows) for status in shown}
    return tuple(
        Number(counted(number), str(status.label), status.icon)
        for status, number in counts.items()
        if number or status in {Status.RUNNING, Status.DONE}
    )


def _overview(edition: Edition) -> Slide:
    count = edition.plan.total.count
    heard = edition.plan.voices.all
    voices = Number(
        counted(heard.received), _("contributions, %(n)s answered") % {"n": counted(heard.answered)}, "chat-dots"
    )
    measures = Number(counted(count), ngettext("measure", "measures", count), "clipboard-check")
    bars = tuple(Bar(row.plan.name, row.total.count) for row in edition.plan.matrix.rows)
    return Slide(
        "overview",
        _("Where the city stands"),
        (measures, *_status_numbers(edition.counting), voices),
        bars,
        _("Measures by StEP"),
    )


def _deviations(edition: Edition) -> Slide:
    found = edition.plan.deviations
    lines = tuple(f"{d.code} {d.title} – {d.status.label}: {d.reason}" for d in found)
    number = Number(counted(len(found)), ngettext("measure deviates", "measures deviate", len(found)), "status-delayed")
    return Slide("deviations", _("What does not go as planned"), (number,), lines=lines[:LINES], more=_more(lines))


def _plan(edition: Edition, row: MatrixRow) -> Slide:
    """A StEP: its measures by status and horizon, its money, what deviates."""
    measures = edition.rows_of(row.total.codes)
    planned, spent = total(measures, "planned"), total(measures, "spent")
    numbers = (
        Number(counted(len(measures)), ngettext("measure", "measures", len(measures)), "clipboard-check"),
        *_status_numbers(measures),
        Number(euros(planned), _("planned"), "cash-coin"),
        Number(euros(spent), _("spent"), "cash-coin"),
    )
    bars = tuple(Bar(cell.label.name, cell.count) for cell in row.cells)
    lines = tuple(f"{m.code} {m.title} – {m.status.label}: {m.status_reason}" for m in measures if m.status.deviates)
    return Slide(
        f"plan-{row.plan.key}",
        row.plan.name,
        numbers,
        bars,
        _("Measures by time horizon"),
        lines[:LINES],
        _more(lines),
        row.plan.key,
    )


def _money(edition: Edition) -> Slide:
    money = edition.plan.money
    lines = tuple(
        _("%(year)s: planned %(planned)s, voted %(voted)s, spent %(spent)s")
        % {"year": y.year, "planned": euros(y.planned), "voted": euros(y.voted), "spent": euros(y.spent)}
        for y in money.years
    )
    known = Number(
        counted(money.with_figure.count), _("of %(of)s measures have a figure") % {"of": money.of}, "cash-coin"
    )
    return Slide("money", _("Money"), (known,), lines=lines[:LINES], more=_more(lines))


def _voices(edition: Edition) -> Slide:
    voices = edition.plan.voices
    days = "–" if voices.median_days is None else formats.number_format(voices.median_days, 0)
    numbers = (
        Number(counted(voices.all.received), _("published contributions"), "chat-dots"),
        Number(counted(voices.all.answered), _("answered"), "reply"),
        Number(counted(voices.all.unanswered), _("still without an answer"), "hourglass"),
        Number(counted(voices.changed_measure), _("led to a change of a measure"), "result-adopted"),
        Number(days, _("days to an answer (median)"), "clock-history"),
    )
    bars = tuple(Bar(row.label.name, row.received) for row in voices.by_plan)
    return Slide("voices", _("Voices and answers"), numbers, bars, _("Contributions by StEP"))


def _gaps(edition: Edition) -> Slide:
    lines = tuple(
        _("%(count)s of %(of)s – %(name)s") % {"count": gap.count, "of": gap.of, "name": gap.name}
        for gap in edition.plan.gaps
    )
    return Slide("gaps", _("What is missing"), lines=lines)


def _more(lines: tuple[str, ...]) -> str:
    left = len(lines) - LINES
    return ngettext("and %(n)s more", "and %(n)s more", left) % {"n": left} if left > 0 else ""
