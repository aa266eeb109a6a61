"""Synergies and conflicts between measures."""

from django.utils.translation import gettext as _

from konzeptplan.figures import Connection, Connections, Figure, Label
from konzeptplan.tally import Tally
from step.models import MeasureLink

Kind = MeasureLink.Kind


def connections(tally: Tally) -> Connections:
    """Links between counting measures of which the selection has at least one; conflicts first."""
    counting = {row.code for row in tally.source.measures if row.counts}
    selected = {row.code for row in tally.rows}
    links = sorted(
        (
            link
            for link in tally.source.connections
            if link.kind in {Kind.CONFLICT, Kind.SYNERGY}
            and {link.source.key, link.target.key} <= counting
            and {link.source.key, link.target.key} & selected
        ),
        key=lambda link: (link.kind is not Kind.CONFLICT, link.source.key, link.target.key),
    )
    return Connections(
        links=tuple(links),
        conflict=_having(tally, links, Kind.CONFLICT, _("Measures with a conflict")),
        synergy=_having(tally, links, Kind.SYNERGY, _("Measures that gain from each other")),
    )


def _having(tally: Tally, links: list[Connection], kind: Kind, name: str) -> Figure:
    codes = {code for link in links if link.kind is kind for code in (link.source.key, link.target.key)}
    return tally.figure(Label(kind.value, name), [r for r in tally.rows if r.code in codes], linked=kind.value)
