"""Frozen records read back as what they were, also when the classes went on growing."""

import datetime as dt
import json
from dataclasses import dataclass, field, make_dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konzeptplan import freezing
from konzeptplan.figures import Audience, Figure, Label, MeasureRow
from konzeptplan.freezing import Unreadable, canonical, freeze, pick, thaw, weave
from konzeptplan.rollup import compute
from step.models import Status, Urgency
from tests.konzeptplan.records import measure, source

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
days = st.none() | st.dates(min_value=dt.date(1990, 1, 1))
amounts = st.none() | st.decimals(min_value=0, max_value=10**9, places=2)
rows = st.builds(
    MeasureRow,
    code=texts,
    title=texts,
    lead_plan=texts,
    plans=st.frozensets(texts, max_size=3),
    horizon=st.none() | texts,
    status=st.sampled_from(Status),
    urgency=st.sampled_from(Urgency),
    goals=st.frozensets(texts, max_size=3),
    baseline_end=days,
    forecast_end=days,
    planned=amounts,
)


@given(rows)
def test_what_is_frozen_reads_back_equal(row: MeasureRow) -> None:
    assert thaw(MeasureRow, json.loads(canonical(freeze(row)))) == row


def test_a_whole_konzeptplan_reads_back_equal() -> None:
    plan = compute(source([measure("VM-01", goals={"1"}), measure("VM-02", status=Status.DELAYED, horizon=None)]))
    assert thaw(type(plan), json.loads(canonical(freeze(plan)))) == plan


@given(st.frozensets(texts, max_size=6))
def test_the_order_of_a_set_never_changes_the_spelling(keys: frozenset[str]) -> None:
    assert canonical(freeze(frozenset(sorted(keys)))) == canonical(freeze(frozenset(sorted(keys, reverse=True))))


@dataclass(frozen=True)
class Old:
    name: str
    gone: int


@dataclass(frozen=True)
class New:
    name: str
    rows: tuple[Label, ...]
    sets: frozenset[str]
    by_key: dict[str, int]
    extra: Label
    maybe: Decimal | None
    given: int = 7
    listed: list[str] = field(default_factory=list)


def test_fields_that_came_later_are_empty_and_fields_that_went_are_left_out() -> None:
    assert thaw(New, freeze(Old("a", 1))) == New("a", (), frozenset(), {}, None, None)  # type: ignore[arg-type]


def test_a_number_that_is_missing_is_never_made_up() -> None:
    with pytest.raises(Unreadable, match="count"):
        thaw(make_dataclass("Later", [("name", str), ("count", int)]), {"name": "a"})


@pytest.mark.parametrize(
    "tree", [{"label": 3}, {}, [], None, {"label": {"key": 1, "name": "x"}, "codes": "abc", "query": ""}]
)
def test_what_is_no_payload_is_unreadable_and_no_other_error(tree: object) -> None:
    with pytest.raises(Unreadable):
        thaw(Figure, tree)


def test_an_older_version_passes_every_upgrade_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freezing, "SCHEMA", 3)
    monkeypatch.setitem(freezing.UPGRADES, 1, lambda tree: {**tree, "nom": tree["n"]})
    monkeypatch.setitem(freezing.UPGRADES, 2, lambda tree: {**tree, "name": tree["nom"], "key": "k"})
    assert thaw(Label, {"n": "Verkehr"}, version=1) == Label("k", "Verkehr")


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["de", "fr", "lb"]), trees, min_size=1))
def test_woven_languages_come_apart_again(by_language: dict[str, object]) -> None:
    woven = weave(by_language)
    assert {language: pick(woven, language) for language in by_language} == by_language


def test_a_language_that_was_not_frozen_gets_german() -> None:
    assert pick(weave({"de": {"a": "eins"}, "fr": {"a": "un"}}), "pt") == {"a": "eins"}


def test_what_all_languages_share_is_stored_once() -> None:
    assert weave({"de": {"n": 1, "t": "a"}, "fr": {"n": 1, "t": "b"}}) == {"n": 1, "t": {"@": {"de": "a", "fr": "b"}}}


def test_audiences_are_frozen_by_value() -> None:
    assert freeze(Audience.COUNCIL) == "council"
