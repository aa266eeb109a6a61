"""The delivered indicators: three to five for each goal and plan, each complete, and no figure that is not public."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Count, Q

from leitbild.models import Evaluation, Goal, Indicator, IndicatorValue
from step.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

# Facts about Differdange as they are published; nothing else may be loaded as a value.
FACTS = {
    ("einwohner", dt.date(2005, 1, 1), "year"): "19005",
    ("einwohner", dt.date(2016, 1, 1), "year"): "24805",
    ("einwohner", dt.date(2017, 1, 1), "day"): "25402",
    ("einwohner", dt.date(2023, 1, 1), "day"): "29536",
    ("einwohner", dt.date(2023, 4, 1), "month"): "29703",
    ("haushalte", dt.date(2023, 4, 1), "month"): "11127",
    ("auslaenderanteil", dt.date(2017, 1, 1), "year"): "55.9",
    ("portugiesischer-anteil", dt.date(2018, 1, 1), "year"): "35.7",
}


def test_each_goal_and_each_plan_has_three_to_five_public_indicators() -> None:
    public = Count("indicators", filter=Q(indicators__visibility="public"))
    goals = dict(Goal.objects.annotate(n=public).values_list("number", "n"))
    plans = dict(Plan.objects.annotate(n=Count("indicator_links")).values_list("code", "n"))
    assert len(goals) == 9
    assert len(plans) == 8
    assert {name: n for name, n in {**goals, **plans}.items() if not 3 <= n <= 5} == {}


def test_every_indicator_serves_a_goal_or_a_plan_and_says_what_it_is() -> None:
    for indicator in Indicator.objects.annotate(uses=Count("goals") + Count("plan_links")):
        assert indicator.uses, indicator.slug
        assert indicator.chapter_id, indicator.slug
        assert indicator.visibility == "public"
        texts = [indicator.definition_de, indicator.source_de, indicator.limitations_de]
        assert all(text and len(text) > 5 for text in texts), indicator.slug


@pytest.mark.parametrize("language", ["de", "fr", "lb", "en", "pt"])
def test_names_and_units_are_there_in_every_language(language: str) -> None:
    for indicator in Indicator.objects.all():
        assert getattr(indicator, f"name_{language}"), indicator.slug
        assert getattr(indicator, f"unit_{language}"), indicator.slug


def test_the_loaded_values_are_the_published_facts_and_each_has_its_source() -> None:
    rows = IndicatorValue.objects.select_related("indicator")
    found = {(row.indicator.slug, row.measured_on, row.precision): row.value for row in rows}
    assert found == {key: Decimal(number) for key, number in FACTS.items()}
    assert not rows.filter(Q(source_de="") | Q(source_de=None)).exists()
    assert not rows.filter(is_sample=True).exists()


def test_no_target_baseline_or_review_was_invented() -> None:
    known = Q(target_value__isnull=False) | Q(baseline_value__isnull=False) | Q(next_update__isnull=False)
    assert not Indicator.objects.filter(known | Q(is_sample=True)).exists()
    assert not Evaluation.objects.exists()


def test_an_indicator_whose_source_is_not_agreed_says_so_and_waits() -> None:
    waiting = set(Indicator.objects.waiting().values_list("slug", flat=True))
    assert waiting == set(Indicator.objects.values_list("slug", flat=True)) - {slug for slug, _on, _p in FACTS}
    for indicator in Indicator.objects.waiting():
        assert indicator.source_de.startswith(("Vorgesehen: ", "Dieses Portal: ")), indicator.slug
