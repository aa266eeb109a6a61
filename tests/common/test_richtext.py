"""Whichever way rich text is written, no script is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.richtext import clean, from_plain
from leitbild.models import Chapter

HOSTILE = '<p onclick="x()">Hi<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">a</a></p>'
HARMLESS = '<p>Hi<a rel="noopener noreferrer">a</a></p>'


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["save", "create", "bulk_create", "bulk_update", "update"])
def test_every_way_of_writing_cleans(way: str) -> None:
    if way == "create":
        Chapter.objects.create(number="01", title="t", body=HOSTILE)
    elif way == "bulk_create":
        Chapter.objects.bulk_create([Chapter(number="01", title="t", body=HOSTILE)])
    else:
        chapter = Chapter.objects.create(number="01", title="t")
        if way == "save":
            chapter.body = HOSTILE
            chapter.save()
            assert chapter.body == HARMLESS  # the instance shows what is stored
        elif way == "bulk_update":
            chapter.body = HOSTILE
            Chapter.objects.bulk_update([chapter], ["body_de"])
        else:
            Chapter.objects.update(body=HOSTILE)
    assert Chapter.objects.get().body == HARMLESS


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    assert from_plain("One\nline.\n\n- a\n- b <i>") == "<p>One line.</p>\n<ul><li>a</li><li>b &lt;i&gt;</li></ul>"


@given(st.text(max_size=200))
def test_plain_text_never_brings_markup(text: str) -> None:
    assert clean(from_plain(text)).count("<script") == 0
