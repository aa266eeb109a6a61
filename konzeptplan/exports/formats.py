"""The table of the formats: name of the file, what it is for, and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from konzeptplan.edition import Edition
from konzeptplan.exports import pdf, plain, slides, workbook
from konzeptplan.exports.stamp import Stamp
from konzeptplan.figures import Audience

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Format:
    """`name` is the last part of the address; `write` makes the file in the reader's language."""

    name: str
    title: str | Promise
    text: str | Promise
    icon: str
    content_type: str
    write: Callable[[Edition, Stamp], bytes]

    @property
    def kind(self) -> str:
        return self.name.rsplit(".")[-1].upper()


FORMATS = {
    found.name: found
    for found in (
        Format("blatt.pdf", _("One page"), _("The most important on one page A4, to print."), "printer",
               "application/pdf", pdf.sheet),
        Format("bericht.pdf", _("Full report"), _("All plans, measures, milestones and gaps."), "book",
               "application/pdf", pdf.report),
        Format("tabellen.xlsx", _("Workbook"), _("Measures, budget, milestones, voices and gaps, to calculate with."),
               "table", f"{_OFFICE}spreadsheetml.sheet", workbook.xlsx),
        Format("folien.pptx", _("Slides"), _("One slide per StEP, for the room."), "graph-up",
               f"{_OFFICE}presentationml.presentation", slides.pptx),
        Format("massnahmen.csv", _("Table of the measures"), _("For other programs."), "database",
               "text/csv; charset=utf-8", plain.csv_file),
        Format("massnahmen.geojson", _("Measures on the map"), _("For geographic programs: measures with a place."),
               "map", "application/geo+json", plain.geojson),
    )
}  # fmt: skip


def filename(name: str, stamp: Stamp) -> str:
    """konzeptplan-blatt-2026-11-25-live.pdf; the council's and sample files say so in their name."""
    stem, _dot, kind = name.rpartition(".")
    marks = ["konzeptplan", stem, stamp.as_of.isoformat(), stamp.source]
    if stamp.audience is Audience.COUNCIL:
        marks.append("rat")
    if stamp.is_sample:
        marks.append("beispiel")
    return f"{'-'.join(marks)}.{kind}"
