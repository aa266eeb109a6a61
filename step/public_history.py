"""What changed on a measure since it is public, in the words of the reader's language; who changed it stays inside."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from common.history import changes, versions_of
from step.models import Measure, Visibility

TRANSLATED = ("title", "summary", "body", "next_step", "status_reason")
PLAIN = (
    "status", "urgency", "horizon", "lead_plan", "further_plans", "goals", "localities", "responsible_unit",
    "baseline_start", "baseline_end", "forecast_start", "forecast_end", "actual_end",
)  # fmt: skip


@dataclass(frozen=True)
class PublicChange:
    """One change that everyone may know. `published`: the measure appeared, or appeared again."""

    at: dt.datetime
    published: bool
    changes: list[dict[str, Any]]


def public_history(measure: Measure) -> list[PublicChange]:
    """Changes between versions that were public, newest first. What happened in between stays inside."""
    return list(_walk(measure))[::-1]


def _walk(measure: Measure) -> Iterator[PublicChange]:
    language = (get_language() or "de")[:2]
    names = {build_localized_fieldname(name, code) for name in TRANSLATED for code in {language, "de"}} | set(PLAIN)
    shown = None  # the last version that everyone saw
    was_public = False
    for version in reversed(versions_of(Measure, measure.pk)):
        is_public = version.visibility == Visibility.PUBLIC
        if is_public:
            told = changes(version, shown, names)
            if told or not was_public:
                yield PublicChange(version.history_date, not was_public, told)
            shown = version
        was_public = is_public
