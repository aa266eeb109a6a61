"""A form of a page as a browser would send it back untouched."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib

SKIPPED = {"submit", "button", "image", "reset", "file"}


def form_data(html: str, form_id: str) -> dict[str, list[str]]:
    """Names and values of all fields of the form; empty rows that only a script copies are left out."""
    page = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    form = next(element for element in page.iter("form") if element.get("id") == form_id)
    data: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if name and "__prefix__" not in name:
            data.setdefault(name, []).extend(_values(field))
    return {name: values for name, values in data.items() if values}


def _values(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext()).replace("\n", "\r\n")]
    if field.tag == "select":
        return _chosen(field)
    if field.tag != "input" or field.get("type") in SKIPPED:
        return []
    if field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
        return []
    return [field.get("value") or ("on" if field.get("type") == "checkbox" else "")]


def _chosen(field: Element) -> list[str]:
    options = list(field.iter("option"))
    chosen = [option.get("value", "") for option in options if option.get("selected") is not None]
    if chosen or field.get("multiple") is not None:
        return chosen
    return [options[0].get("value", "")] if options else []


def sent(html: str, form_id: str, **changes: Any) -> dict[str, Any]:
    return {**form_data(html, form_id), **changes}
