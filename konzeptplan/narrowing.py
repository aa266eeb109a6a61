"""The filters of the page: they live in the URL and narrow every figure, and the list behind it, at once."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from konzeptplan.records import Label, Selection, Source


@dataclass(frozen=True)
class Chip:
    """An active filter: its name, its value, and the query string of the page without it."""

    name: str | Promise
    value: str
    query: str


class NarrowingForm(forms.Form):
    """One choice per dimension, from what was read anyway. A value that does not exist is told and left out."""

    plan = forms.ChoiceField(label=_("StEP"), required=False)
    locality = forms.ChoiceField(label=_("Locality"), required=False)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    horizon = forms.ChoiceField(label=_("Time horizon"), required=False)
    unit = forms.ChoiceField(label=_("Responsible unit"), required=False)

    def __init__(self, data: QueryDict, source: Source) -> None:
        super().__init__(data, auto_id="narrow_%s")
        choices: dict[str, tuple[str | Promise, tuple[Label, ...]]] = {
            "plan": (_("All StEP"), source.plans),
            "locality": (_("Everywhere"), source.localities),
            "goal": (_("All goals"), source.goals),
            "horizon": (_("Any time"), tuple(horizon.label for horizon in source.horizons)),
            "unit": (_("All units"), source.units),
        }
        for name, (every, labels) in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", every), *((label.key, label.name) for label in labels)]
            field.widget.attrs["class"] = "form-select"

    @property
    def selection(self) -> Selection:
        self.is_valid()
        return Selection(**{name: value for name, value in self.cleaned_data.items() if value})

    @property
    def chips(self) -> list[Chip]:
        chosen = self.selection.query
        return [self._chip(name, value) for name, value in chosen.items()]

    def _chip(self, name: str, value: str) -> Chip:
        field: Any = self.fields[name]
        query = QueryDict(mutable=True)
        query.update({other: key for other, key in self.selection.query.items() if other != name})
        return Chip(field.label, str(dict(field.choices)[value]), query.urlencode())
