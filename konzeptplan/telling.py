"""Changes in sentences that can be read aloud, in the reader's language: for pages and mails."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from konzeptplan.comparing import Change, Step, Value
from konzeptplan.exports.deck import euros
from step.models import Status

Names = Mapping[str, Mapping[str, str]]


def sentences(change: Change, names: Names) -> list[str]:
    """One sentence per step of a change, and the reason that the office gives."""
    told = [sentence(step, names) for step in change.steps]
    if change.reason:
        told.append(_("Reason: %(reason)s") % {"reason": change.reason})
    return told


def sentence(step: Step, names: Names) -> str:
    """“Expected end: from 1 March 2027 to 30 May 2027, 90 days later.”"""
    label = _labels()[step.field]()
    if step.field in {"plans", "goals", "localities"}:
        return _sets(label, step, names[step.field])
    before, after = (_said(step.field, value, names) for value in (step.before, step.after))
    told = _("%(what)s: from %(before)s to %(after)s") % {"what": label, "before": before, "after": after}
    return f"{told}{_moved(step)}."


def _labels() -> dict[str, Callable[[], str]]:
    return {
        "status": lambda: _("Status"),
        "baseline_end": lambda: _("Adopted end"),
        "forecast_end": lambda: _("Expected end"),
        "actual_end": lambda: _("Done on"),
        "planned": lambda: _("Planned"),
        "voted": lambda: _("Voted"),
        "spent": lambda: _("Spent"),
        "title": lambda: _("Title"),
        "plans": lambda: _("StEP"),
        "goals": lambda: _("Goals"),
        "localities": lambda: _("Localities"),
        "horizon": lambda: _("Time horizon"),
        "voices": lambda: _("Voices"),
    }


def _said(field: str, value: Value, names: Names) -> str:
    if value is None:
        return _("“no longer listed”") if field == "status" else _("“not yet known”")
    if isinstance(value, Status):
        return f"“{value.label}”"
    if isinstance(value, dt.date):
        return formats.date_format(value)
    if isinstance(value, Decimal):
        return euros(value)
    if field == "horizon":
        return f"“{names['horizon'].get(value, value)}”"
    return str(value) if isinstance(value, int) else f"“{value}”"


def _moved(step: Step) -> str:
    """How far a day moved."""
    if not step.days:
        return ""
    number = abs(step.days)
    if step.days > 0:
        return ", " + ngettext("%(n)s day later", "%(n)s days later", number) % {"n": number}
    return ", " + ngettext("%(n)s day earlier", "%(n)s days earlier", number) % {"n": number}


def _sets(label: str, step: Step, names: Mapping[str, str]) -> str:
    def listed(keys: frozenset[str]) -> str:
        return ", ".join(f"“{names.get(key, key)}”" for key in sorted(keys))

    parts = []
    if step.added:
        parts.append(_("added %(names)s") % {"names": listed(step.added)})
    if step.removed:
        parts.append(_("taken away %(names)s") % {"names": listed(step.removed)})
    return f"{label}: {', '.join(parts)}."
