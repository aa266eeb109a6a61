"""Generated figures: marked one by one, never in the place of a real one."""

import datetime as dt
from random import Random
from typing import Any

import pytest

from differdange_portal.sample.indicators import IndicatorMaker
from leitbild.models import Evaluation, Indicator, IndicatorValue
from step.models import Measure, SwotEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
TODAY = dt.date(2026, 11, 25)


def maker(seed: int) -> IndicatorMaker:
    return IndicatorMaker(Random(seed), TODAY, 4)  # noqa: S311 -- reproducible samples, nothing secret


def real() -> list[Any]:
    """Everything that was there before, except texts."""
    values = IndicatorValue.objects.filter(is_sample=False).order_by("pk").values_list("pk", "measured_on", "value")
    frame = Indicator.objects.filter(is_sample=False).order_by("pk")
    entries = SwotEntry.objects.filter(is_sample=False).order_by("pk")
    return [
        list(values),
        list(frame.values_list("pk", "baseline_value", "target_value", "next_update", "visibility")),
        list(entries.values_list("pk", "title_de", "measures")),
    ]


def test_sample_figures_are_marked_and_leave_the_real_ones_alone() -> None:
    before, measured = real(), set(Indicator.objects.measured().values_list("pk", flat=True))
    made = maker(1).make(list(Measure.objects.all()[:20]))
    assert made > 50
    assert IndicatorValue.objects.filter(is_sample=True).count() == made
    assert not IndicatorValue.objects.filter(is_sample=True, indicator__in=measured).exists()
    assert real() == before
    assert all(entry.title.startswith("Beispiel: ") for entry in SwotEntry.objects.filter(is_sample=True))
    assert not Evaluation.objects.filter(is_sample=False).exists()


def test_the_same_seed_makes_the_same_figures() -> None:
    maker(7).make([])
    first = list(IndicatorValue.objects.filter(is_sample=True).order_by("pk").values_list("indicator__slug", "value"))
    IndicatorValue.objects.filter(is_sample=True).delete()
    Indicator.objects.filter(is_sample=True).delete()
    Evaluation.objects.all().delete()
    SwotEntry.objects.filter(is_sample=True).delete()
    maker(7).make([])
    again = list(IndicatorValue.objects.filter(is_sample=True).order_by("pk").values_list("indicator__slug", "value"))
    assert first == again
