"""Every string of the interface stands in every language."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ["de", "fr", "lb", "pt"]  # the strings themselves are English


def catalogue(language: str, root: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(root / "locale" / language / "LC_MESSAGES" / "django.po"))


def keys(entries: list[polib.POEntry]) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated_or_uncertain(language: str) -> None:
    left = [entry.msgid for entry in catalogue(language) if not entry.translated() or entry.fuzzy]
    assert not left, f"{len(left)} strings, first: {left[:5]}. Run `make messages` and translate."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_translated_is_what_the_portal_reads(language: str) -> None:
    compiled = polib.mofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.mo"))
    read = {(e.msgctxt, e.msgid): (e.msgstr, dict(e.msgstr_plural)) for e in compiled}
    written = {(e.msgctxt, e.msgid): (e.msgstr, dict(e.msgstr_plural)) for e in catalogue(language)}
    assert read == written, "Run `make messages`."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_strings(language: str) -> None:
    assert keys(catalogue(language)) == keys(catalogue("de"))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed; CI has it")
def test_every_string_of_templates_and_code_is_collected(tmp_path: Path) -> None:
    copy = tmp_path / "portal"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".venv", "var", ".git", "static", "docs", "tests", ".*_cache")
    )
    command = ["makemessages", "--locale", "de", "--no-location", "--no-obsolete"]
    subprocess.run([sys.executable, "manage.py", *command], cwd=copy, check=True, capture_output=True)
    missing = keys(catalogue("de", copy)) - keys(catalogue("de"))
    assert not missing, (
        f"{len(missing)} strings, for example {sorted(str(m) for m in missing)[:5]}. Run `make messages`."
    )
