"""Tags of the administration: German first, the other languages folded below it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import template
from django.conf import settings
from modeltranslation.translator import NotRegistered, translator

register = template.Library()
MAIN = settings.LANGUAGE_CODE
OTHERS = [code for code, _name in settings.LANGUAGES if code != MAIN]


@dataclass
class Group:
    """A line of a form, and the lines of the same field in the other languages."""

    line: Any
    others: list[Any] = field(default_factory=list)
    languages: list[tuple[str, bool]] = field(default_factory=list)  # code, and whether it is filled in

    @property
    def has_errors(self) -> bool:
        return any(line.errors() for line in self.others)


@register.filter
def language_groups(fieldset: Any) -> Iterator[Group]:
    """The lines of a fieldset of the administration, with those of other languages gathered below the German one."""
    translated = _translated(fieldset.form)
    group: Group | None = None
    for line in fieldset:
        name, language = _split(line, translated)
        if group is not None and language in OTHERS and _split(group.line, translated) == (name, MAIN):
            group.others.append(line)
            group.languages.append((language, bool(_value(fieldset.form, line.fields[0]))))
            continue
        if group is not None:
            yield group
        group = Group(line)
    if group is not None:
        yield group


def _translated(form: Any) -> set[str]:
    try:
        return set(translator.get_options_for_model(form._meta.model).all_fields)
    except NotRegistered:
        return set()


def _split(line: Any, translated: set[str]) -> tuple[str, str]:
    """Name and language of the line's field; no language if it is not translated."""
    name, _mark, language = str(line.fields[0]).rpartition("_")
    return (name, language) if len(line.fields) == 1 and name in translated else (str(line.fields[0]), "")


def _value(form: Any, name: str) -> Any:
    return form[name].value() if name in form.fields else getattr(form.instance, name, "")
