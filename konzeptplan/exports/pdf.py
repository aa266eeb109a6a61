"""The PDFs: tagged and accessible (PDF/UA-1), set by Typst, which refuses to write one that is not.

Everything that people wrote travels as data in `sys.inputs`, never as Typst source. Fonts come from `fonts/` beside
this file, subsets of the portal's own in a form that Typst reads; no font of the machine is used.
"""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from konzeptplan.edition import Edition
from konzeptplan.exports.deck import Slide, deck, euros, total
from konzeptplan.exports.stamp import Stamp
from konzeptplan.exports.tables import Table, gaps, milestones, voices
from konzeptplan.figures import Figure

HERE = Path(__file__).parent
ON_ONE_PAGE = 8  # deviations on the sheet; the rest is counted


def sheet(edition: Edition, stamp: Stamp) -> bytes:
    """One page A4: what a member reads in two minutes."""
    return _compile("sheet.typ", {**_frame(edition, stamp), **_sheet_data(edition)})


def report(edition: Edition, stamp: Stamp) -> bytes:
    """Everything, with a chapter per StEP and an outline."""
    return _compile("report.typ", {**_frame(edition, stamp), **_report_data(edition)})


def _compile(name: str, data: dict[str, Any]) -> bytes:
    return typst.compile(
        HERE / "typst" / name,
        root=HERE / "typst",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )


def _frame(edition: Edition, stamp: Stamp) -> dict[str, Any]:
    """What both PDFs say: title, stamp, numbers, matrix, deviations, money, voices, gaps."""
    plan = edition.plan
    horizons = [h.label.name for h in plan.matrix.horizons]
    return {
        "lang": (get_language() or "de")[:2],
        "title": _("Konzeptplan StEP 2030"),
        "formula": _("StEP + participation = Konzeptplan StEP 2030"),
        "stamp": list(stamp.lines),
        "mark": stamp.mark,
        "is_sample": stamp.is_sample,
        "day": [stamp.as_of.year, stamp.as_of.month, stamp.as_of.day],
        "page": _("Page"),
        "overview": _slide(deck(edition).slides[0]),
        "matrix": {
            "title": _("Plans and time horizons"),
            "columns": [_("StEP"), *horizons, _("Total")],
            "rows": [[row.plan.name, *_counts((*row.cells, row.total))] for row in plan.matrix.rows],
            "total": [_("All StEP"), *_counts((*plan.matrix.totals, plan.matrix.total))],
        },
        "voices": _table(voices(edition)),
        "gaps": {
            "title": _("What is missing"),
            "rows": [[str(gap.count), _("of %(of)s") % {"of": gap.of}, gap.name] for gap in plan.gaps],
        },
        "left_out": _("Withdrawn and superseded measures are left out of every count.")
        + " "
        + ", ".join(f"{figure.label.name}: {figure.count}" for figure in plan.left_out)
        + ".",
    }


def _sheet_data(edition: Edition) -> dict[str, Any]:
    found = edition.plan.deviations
    money = edition.plan.money
    rest = len(found) - ON_ONE_PAGE
    return {
        "voices_slide": _slide(next(slide for slide in deck(edition).slides if slide.key == "voices")),
        "deviations": {
            "title": _("What does not go as planned"),
            "columns": [_("Measure"), _("Status"), _("Reason")],
            "rows": [
                [f"{d.code} {_short(d.title, 60)}", str(d.status.label), _short(d.reason, 90)]
                for d in found[:ON_ONE_PAGE]
            ],
            "none": _("No measure has been reported as delayed or blocked."),
            "more": _("and %(n)s more") % {"n": rest} if rest > 0 else "",
        },
        "money": {
            "title": _("Money"),
            "note": _("%(n)s of %(of)s measures have a figure.") % {"n": money.with_figure.count, "of": money.of},
            "columns": [_("Year"), _("Planned"), _("Voted"), _("Spent")],
            "rows": [[str(y.year), euros(y.planned), euros(y.voted), euros(y.spent)] for y in money.years[-6:]],
        },
    }


def _report_data(edition: Edition) -> dict[str, Any]:
    money = edition.plan.money
    return {
        "contents": _("Contents"),
        "chapters": [_chapter(edition, row.plan.name, row.total.codes) for row in edition.plan.matrix.rows],
        "measure_columns": [_("Measure"), _("Status"), _("Adopted end"), _("Expected end"), _("Planned")],
        "deviations": {
            "title": _("What does not go as planned"),
            "columns": [_("Measure"), _("Status"), _("Reason"), _("Who must act")],
            "rows": [
                [f"{d.code} {d.title}", str(d.status.label), d.reason, d.unit or _("Not yet known")]
                for d in edition.plan.deviations
            ],
            "none": _("No measure has been reported as delayed or blocked."),
        },
        "money": {
            "title": _("Money"),
            "note": _("%(n)s of %(of)s measures have a figure.") % {"n": money.with_figure.count, "of": money.of},
            "columns": [_("Year"), _("Planned"), _("Voted"), _("Spent")],
            "rows": [[str(y.year), euros(y.planned), euros(y.voted), euros(y.spent)] for y in money.years],
        },
        "milestones": _table(milestones(edition)),
        "gap_items": _table(gaps(edition)),
    }


def _chapter(edition: Edition, name: str, codes: tuple[str, ...]) -> dict[str, Any]:
    rows = edition.rows_of(codes)
    planned, spent = euros(total(rows, "planned")), euros(total(rows, "spent"))
    return {
        "title": name,
        "intro": _("%(n)s measures, planned %(planned)s, spent %(spent)s.")
        % {"n": len(rows), "planned": planned, "spent": spent},
        "rows": [
            [f"{m.code} {m.title}", str(m.status.label), _cell(m.baseline_end), _cell(m.forecast_end), euros(m.planned)]
            for m in rows
        ],
    }


def _slide(slide: Slide) -> dict[str, Any]:
    return {"title": slide.title, "numbers": [[number.value, number.label] for number in slide.numbers]}


def _table(table: Table) -> dict[str, Any]:
    rows = [[_cell(value) for value in row] for row in table.rows]
    return {"title": table.title, "note": table.note, "columns": list(table.columns), "rows": rows}


def _counts(figures: tuple[Figure, ...]) -> list[str]:
    return [str(figure.count) for figure in figures]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dt.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return euros(value) if isinstance(value, Decimal) else str(value)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
