"""Every model keeps its history, and each earlier version comes back whole."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from model_bakery import baker

from common.history import fields_of, has_history, restore, versions_of
from participation.apps import OF_CITIZENS
from step.models import Milestone, ProgressReport
from tests.factories.step import make_budget, make_measure

OURS = ["leitbild", "step", "participation", "konzeptplan"]
# What citizens wrote and what machines note is not kept as history: it must be possible to take it back for good.
WITHOUT = {"LoadedRecord", *OF_CITIZENS}
KEPT = [
    m for app in OURS for m in apps.get_app_config(app).get_models() if not m._meta.model_name.startswith("historical")
]
WITH_HISTORY = [model for model in KEPT if has_history(model)]


def test_every_model_keeps_its_history_or_is_named_as_one_that_does_not() -> None:
    assert {model.__name__ for model in KEPT if not has_history(model)} == WITHOUT


def some_record(model: type[models.Model]) -> models.Model:
    """One from the city's content, or the first of its kind."""
    return model._default_manager.first() or MADE.get(model.__name__, lambda: baker.make(model))()


MADE: dict[str, Callable[[], models.Model]] = {
    "Milestone": lambda: Milestone.objects.create(measure=make_measure(), title="Entwurf"),
    "BudgetLine": lambda: make_budget(make_measure(), planned=1000),
    "ProgressReport": lambda: ProgressReport.objects.create(
        measure=make_measure(), reported_on=dt.date(2026, 3, 1), text="<p>Es geht voran.</p>"
    ),
}


def values(record: models.Model) -> dict[str, Any]:
    relations = {f.name: sorted(r.pk for r in getattr(record, f.name).all()) for f in record._meta.many_to_many}
    return {**{field.name: getattr(record, field.attname) for field in fields_of(type(record))}, **relations}


def change(record: models.Model) -> None:
    """Another value in the first text, number or date of the record that a person writes."""
    for field in fields_of(type(record)):
        if field.choices or field.is_relation or field.unique or not field.editable:
            continue
        if isinstance(field, models.CharField | models.TextField) and field.max_length != 7:
            setattr(record, field.name, "Etwas ganz anderes")
        elif isinstance(field, models.DateField):
            setattr(record, field.name, dt.date(2031, 1, 1))
        else:
            continue
        record.save()
        return
    raise AssertionError(f"{type(record).__name__} has nothing to change")


@pytest.mark.django_db
@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("model", WITH_HISTORY, ids=lambda model: model.__name__)
def test_an_earlier_version_comes_back_with_its_relations(model: type[models.Model]) -> None:
    record = some_record(model)
    record.save()  # a version of what there is
    before = values(record)
    change(record)
    for relation in model._meta.many_to_many:
        getattr(record, relation.name).clear()
    assert values(record) != before
    version = versions_of(model, record.pk).order_by("history_id")[0]
    restored = restore(version)
    restored.refresh_from_db()
    assert values(restored) == values(model._default_manager.get(pk=record.pk)) == before
