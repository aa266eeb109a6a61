"""A test client that checks on every page what must hold on all of them."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client

# The parser's complaints that are no faults of a page.
TOLERATED: set[str] = set()
LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class PageClient(Client):
    checks = True  # a test that opens hundreds of pages of one kind may switch it off

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        path = request.get("PATH_INFO", "")
        if (
            self.checks
            and kind.startswith("text/html")
            and response.status_code not in {301, 302, 405}
            and not path.startswith("/admin/")
        ):
            check_page(response.content.decode(), path)
        return response


def check_page(html: str, path: str) -> None:
    """HTML5 without parse errors, a language, a title, one h1, no duplicate ids, labels, nonces, no inline style."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    errors = [f"{code} at {position}" for position, code, _data in parser.errors if code not in TOLERATED]
    assert not errors, f"{path}: {errors[:3]}"
    root = list(page.iter())
    assert page.get("lang"), f"{path}: html without lang"
    title = page.find("./head/title")
    assert title is not None, f"{path}: no title"
    assert (title.text or "").strip(" –"), f"{path}: empty title"
    assert len([e for e in root if e.tag == "h1"]) == 1, f"{path}: not exactly one h1"
    ids = [e.get("id") for e in root if e.get("id")]
    assert len(ids) == len(set(ids)), f"{path}: duplicate ids {sorted({i for i in ids if ids.count(i) > 1})}"
    _check_labels(page, root, path)
    _check_policy(root, path)


def _check_labels(page: Element, root: list[Element], path: str) -> None:
    named = {label.get("for") for label in root if label.tag == "label"}
    wrapped = {id(field) for label in root if label.tag == "label" for field in label.iter()}
    for field in root:
        if field.tag not in LABELLED or field.get("type") in UNLABELLED_TYPES:
            continue
        has_name = field.get("id") in named or id(field) in wrapped or field.get("aria-label")
        assert has_name or field.get("aria-labelledby"), f"{path}: {field.tag} {field.get('name')} has no label"
    for image in root:
        assert image.tag != "img" or image.get("alt") is not None, f"{path}: image without alt"


def _check_policy(root: list[Element], path: str) -> None:
    for element in root:
        assert not element.get("style"), f"{path}: inline style on {element.tag}"
        assert not [a for a in element.attrib if a.startswith("on")], f"{path}: inline handler on {element.tag}"
        inline = element.tag == "script" and not element.get("src") and element.get("type") != "application/json"
        assert not inline or element.get("nonce"), f"{path}: inline script without nonce"
