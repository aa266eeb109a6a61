"""How fresh the office's last word is: a signal of its own, beside delivery and effect."""

from django.utils.translation import gettext as _

from konzeptplan.figures import Breakdown, Label
from konzeptplan.tally import Tally
from step.delivery import Freshness, freshness


def by_freshness(tally: Tally) -> Breakdown:
    """Measures that are still open; what is done needs no further word."""
    total = tally.figure(Label("open", _("Measures still to be done")), tally.open, counting="open")
    labels = [Label(value.value, str(value.label)) for value in Freshness]
    today = tally.source.at
    return tally.breakdown(
        "fresh",
        labels,
        lambda row: {freshness(row.last_word, today).value} if row.status.is_open else set(),
        total,
    )
