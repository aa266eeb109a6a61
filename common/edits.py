"""Two people at one form: what the form showed, what is stored now, and what is typed, compared field by field.

A form carries a signed copy of what it showed. When it comes back, the copy is compared with what is stored by then.
Where somebody else changed a field meanwhile and this person did not touch it, the stored value is taken over; where
both changed it, what is typed stays and the person decides. So nobody's work is lost or overwritten unknowingly.

Values are compared as a browser sends them: lists of strings, by field name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

TOKEN = "_edit_token"  # noqa: S105 -- the name of a form field
SALT = "common.edits"
LONGEST = 400  # characters of a value that the comparison shows
MOST_ROWS = 1000  # Django itself takes no more rows in a form
DROPPED = "_dropped"  # marks a row while the rows are numbered anew
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Entry:
    """One record of a form: the main one, or a row below it."""

    label: str
    values: Values


Snapshot = dict[str, Entry]  # by "" for the main record, by "prefix:pk" for rows


@dataclass(frozen=True)
class Difference:
    """What somebody else changed. `outcome` says what becomes of it if the form is saved as it stands."""

    where: str
    name: str
    original: str
    stored: str
    yours: str
    outcome: str


@dataclass
class Conflict:
    """`data` is what was typed, with the other person's changes taken over where they do not collide."""

    data: QueryDict
    differences: list[Difference] = field(default_factory=list)


def take(form: forms.BaseForm, formsets: Iterable[Any]) -> Snapshot:
    """What an unbound form and its rows show now."""
    found = {"": Entry("", _values(form))}
    for formset in formsets:
        for row in formset.initial_forms:
            found[f"{formset.prefix}:{row.instance.pk}"] = Entry(str(row.instance), _values(row))
    return found


def dumps(snapshot: Snapshot) -> str:
    return signing.dumps({key: [e.label, e.values] for key, e in snapshot.items()}, salt=SALT, compress=True)


def loads(token: str) -> Snapshot | None:
    """None if the token is not one of ours."""
    try:
        return {key: Entry(*parts) for key, parts in signing.loads(token, salt=SALT).items()}
    except (signing.BadSignature, ValueError, TypeError):
        return None


def compare(form: forms.BaseForm, formsets: list[Any], data: QueryDict) -> Conflict | None:
    """None if nothing changed since the form was opened. `form` and `formsets` are unbound and hold what is stored."""
    original, stored = loads(data.get(TOKEN, "")), take(form, formsets)
    if original == stored:
        return None
    conflict = Conflict(data.copy())
    before = original or {key: Entry(entry.label, {}) for key, entry in stored.items()}
    conflict.differences += _in_record(conflict.data, form, before[""], stored[""], "")
    for formset in formsets:
        conflict.differences += _in_rows(conflict.data, formset, before, stored)
    return conflict if conflict.differences else None


def _in_rows(data: QueryDict, formset: Any, before: Snapshot, stored: Snapshot) -> Iterator[Difference]:
    name = str(formset.model._meta.verbose_name)
    places = _places(data, formset)
    rows = {f"{formset.prefix}:{row.instance.pk}": row for row in formset.initial_forms}
    for key, row in rows.items():
        if key not in before:
            told = "; ".join(filter(None, _told(row, stored[key].values)))
            yield Difference(name, stored[key].label, "", told, "", _("Added by someone else. It stays."))
        elif key in places:
            yield from _in_record(data, row, before[key], stored[key], places[key])
    gone = [key for key in places if key in before and key not in stored]
    yield from (_deleted(data, formset, before[key], places[key], name) for key in gone)
    _move_out(data, formset.prefix, [places[key] for key in gone])


def _deleted(data: QueryDict, formset: Any, before: Entry, place: str, name: str) -> Difference:
    """A row that somebody deleted. What this person changed in it comes back as a new row, the rest is gone."""
    row = formset.empty_form
    typed = {field_name: _read(data, row, field_name, place) for field_name in before.values}
    told = ["; ".join(filter(None, _told(row, values))) for values in (before.values, typed)]
    if typed == before.values:
        data[f"{place}{DROPPED}"] = "on"
        return Difference(name, before.label, told[0], "", told[1], _("Deleted by someone else."))
    outcome = _("Deleted by someone else. Yours becomes a new row if you save.")
    return Difference(name, before.label, told[0], "", told[1], outcome)


def _move_out(data: QueryDict, prefix: str, gone: list[str]) -> None:
    """Number the rows anew: those that still exist, then new ones. Gone rows become new ones, or are dropped."""
    if not gone:
        return
    initial, total = (int(data.get(f"{prefix}-{name}_FORMS", "0")) for name in ("INITIAL", "TOTAL"))
    rows = [_take_row(data, f"{prefix}-{index}-") for index in range(min(total, MOST_ROWS))]
    lost = {int(place.split("-")[-2]) for place in gone}
    kept = [row for index, row in enumerate(rows) if index < initial and index not in lost]
    new = [row for index, row in enumerate(rows) if index >= initial]
    reborn = [{**rows[index], "id": [""]} for index in sorted(lost) if DROPPED not in rows[index]]
    for index, row in enumerate([*kept, *reborn, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(reborn) + len(new))


def _take_row(data: QueryDict, place: str) -> Values:
    names = [name for name in data if name.startswith(place)]
    return {name.removeprefix(place): data.pop(name) for name in names}


def _places(data: QueryDict, formset: Any) -> dict[str, str]:
    """Where each stored row stands in what was sent: the beginning of its field names."""
    prefix = formset.prefix
    counts = [data.get(f"{prefix}-{name}_FORMS", "") for name in ("INITIAL", "TOTAL")]
    number = min(int(counts[0]), MOST_ROWS) if all(count.isdecimal() for count in counts) else 0
    return {f"{prefix}:{data.get(f'{prefix}-{index}-id')}": f"{prefix}-{index}-" for index in range(number)}


def _in_record(data: QueryDict, form: forms.BaseForm, before: Entry, stored: Entry, place: str) -> Iterator[Difference]:
    for name, now in stored.values.items():
        was = before.values.get(name)
        yours = _read(data, form, name, place)
        if now in (was, yours):
            continue
        untouched = yours == was
        if untouched:
            _write(data, form, name, place, now)
        old, new, typed = (words(form, name, values) for values in (was or [], now, yours))
        outcome = _("Taken over: you had not changed it.") if untouched else _("Yours will replace it if you save.")
        yield Difference(stored.label, str(form.fields[name].label or name), old, new, typed, outcome)


def _told(form: forms.BaseForm, values: Values) -> Iterator[str]:
    return (words(form, name, value) for name, value in values.items())


# --- Values as a browser sends them


def _values(form: forms.BaseForm) -> Values:
    hidden = {"DELETE", "ORDER"} | {name for name, f in form.fields.items() if isinstance(f.widget, forms.HiddenInput)}
    return {
        name: _as_sent(form[name])
        for name, f in form.fields.items()
        if name not in hidden and not f.disabled and not isinstance(_inner(f.widget), forms.FileInput)
    }


def _inner(widget: Any) -> Any:
    """The widget inside the admin's wrapper with its buttons."""
    return getattr(widget, "widget", widget)


def _as_sent(bound: forms.BoundField) -> list[str]:
    widget, value = _inner(bound.field.widget), bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, list) else widget.decompress(value)
        shown = [part.format_value(single) for part, single in zip(widget.widgets, parts, strict=False)]
        return [_plain("" if single is None else str(single)) for single in shown]
    formatted = widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return sorted(str(single) for single in formatted)
    return [_plain("" if formatted is None else str(formatted))]


def _plain(text: str) -> str:
    """Browsers send other line ends than are stored, and forms cut blanks at both ends."""
    return text.replace("\r\n", "\n").strip()


def _names(form: forms.BaseForm, name: str, place: str) -> list[str]:
    suffixes: list[str] = getattr(_inner(form.fields[name].widget), "widgets_names", [""])
    return [f"{place}{name}{suffix}" for suffix in suffixes]


def _read(data: QueryDict, form: forms.BaseForm, name: str, place: str) -> list[str]:
    names = _names(form, name, place)
    if len(names) > 1:
        return [_plain(data.get(part, "")) for part in names]
    sent = sorted(_plain(str(value)) for value in data.getlist(names[0]))
    is_box = isinstance(_inner(form.fields[name].widget), forms.CheckboxInput | forms.SelectMultiple)
    return sent or ([] if is_box or _is_boxes(form, name) else [""])


def _is_boxes(form: forms.BaseForm, name: str) -> bool:
    return isinstance(_inner(form.fields[name].widget), forms.CheckboxSelectMultiple)


def _write(data: QueryDict, form: forms.BaseForm, name: str, place: str, values: list[str]) -> None:
    names = _names(form, name, place)
    if len(names) > 1:
        for part, value in zip(names, values, strict=False):
            data[part] = value
    else:
        data.setlist(names[0], values)


# --- Values as people read them


def words(form: forms.BaseForm, name: str, values: list[str]) -> str:
    """A value as text: names of records and choices instead of their keys, markup taken off."""
    chosen = [value for value in values if value]
    form_field: Any = form.fields[name]
    if isinstance(form_field, forms.BooleanField):
        return str(_("yes")) if chosen else str(_("no"))
    if isinstance(form_field, forms.ModelChoiceField):
        return ", ".join(_records(form_field, chosen))
    labels = _labels(form, name)
    text = ", ".join(str(labels.get(value, value)) for value in chosen)
    return _cut(strip_tags(text) if "</" in text else text)


def _records(form_field: Any, keys: list[str]) -> list[str]:
    numbers = [key for key in keys if key.isdecimal()]
    rows: models.QuerySet[Any] = form_field.queryset.model._default_manager.filter(pk__in=numbers)
    return [str(row) for row in rows]


def _labels(form: forms.BaseForm, name: str) -> dict[str, Any]:
    """A form may offer fewer choices than the model has."""
    model = getattr(getattr(form, "_meta", None), "model", None)
    model_fields = {f.name: f for f in model._meta.get_fields()} if model else {}
    return {str(key): label for key, label in getattr(model_fields.get(name), "flatchoices", []) or []}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
