"""Every change of a record, kept by django-simple-history: who, when, from what to what, and the way back.

An app keeps the history of its models from its `AppConfig.ready()`. That is after modeltranslation has added the
columns of the five languages, which a `HistoricalRecords` on the model itself would miss.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import simple_history
from django.apps import AppConfig
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import get_translation_fields

TOGETHER = dt.timedelta(seconds=10)  # what one deletion took along was noted within this time
MACHINE_FIELDS = {"created_at", "updated_at"}


def keep_history(app: AppConfig, *, without: Collection[str] = ()) -> None:
    """Keep the history of every model of the app and its relations, but for the models named in `without`.

    What citizens wrote is never kept here: a text that is taken back must be gone everywhere.
    """
    for model in list(app.get_models()):
        if model.__name__ not in without:
            relations = [field.name for field in model._meta.many_to_many]
            simple_history.register(model, app=app.name, m2m_fields=relations)


@contextmanager
def one_version(record: models.Model) -> Iterator[None]:
    """Several writes of one record and its relations make one version, kept at the end."""
    record.skip_history_when_saving = True  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del record.skip_history_when_saving  # type: ignore[attr-defined]
    if has_history(type(record)):
        record.save()


def has_history(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


def versions_of(model: type[models.Model], pk: Any) -> models.QuerySet[Any]:
    """The versions of a record, newest first, with who made them."""
    history: Any = model.history  # type: ignore[attr-defined]  # added by `keep_history`
    rows: models.QuerySet[Any] = history.filter(**{model._meta.pk.attname: pk})
    return rows.select_related("history_user").order_by("-history_date", "-history_id")


def deleted(model: type[models.Model]) -> models.QuerySet[Any]:
    """The last version of each record that is gone, newest first."""
    history: Any = model.history  # type: ignore[attr-defined]
    key = model._meta.pk.name  # every model has one
    living = model._default_manager.values("pk")
    rows: models.QuerySet[Any] = history.filter(history_type="-").exclude(**{f"{key}__in": living})
    return rows.select_related("history_user").order_by("-history_date", "-history_id")


def fields_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Columns whose changes tell something: without keys, times of the machine and the bare column of a translation."""
    names = {field.name for field in model._meta.concrete_fields}
    bare = {name for name in names if names & set(get_translation_fields(name))}
    hidden = bare | MACHINE_FIELDS
    return [field for field in model._meta.concrete_fields if not field.primary_key and field.name not in hidden]


@transaction.atomic
def restore(version: Any, *, keep: Collection[str] = (), reason: str = "") -> models.Model:
    """Make the record as it was in a version; one that was deleted comes back with what was deleted with it.

    `keep` names fields that stay as they are, such as a status that only moves by its own rules. Raises
    ValidationError, which says what stands in the way, and then changes nothing.
    """
    model: type[models.Model] = version.instance_type
    living = model._default_manager.filter(pk=version.instance.pk).first()
    record: Any = living or version.instance
    if living:
        for field in fields_of(model):
            if field.name not in keep:
                setattr(record, field.attname, getattr(version, field.attname))
    # Deletion takes the relations away before it is noted: they stand in the version before.
    related = version if version.history_type != "-" else version.prev_record or version
    _check(record, living is None)
    record._change_reason = reason or None
    with one_version(record):
        record.save(force_insert=living is None)
        for relation in version._history_m2m_fields:
            getattr(record, relation.name).set(_still_there(related, relation))
    if living is None:
        _restore_parts(version, reason)
    return record


def _check(record: models.Model, is_new: bool) -> None:
    for field in record._meta.concrete_fields:
        if field.is_relation and (key := getattr(record, field.attname)) is not None:
            target: Any = field.related_model
            if not target._default_manager.filter(pk=key).exists():
                raise ValidationError(
                    _("“%(field)s” led to a record that no longer exists. Restore that one first."),
                    code="gone",
                    params={"field": field.verbose_name},
                )
    record.full_clean(exclude=[record._meta.pk.name] if is_new else None)


def _still_there(version: Any, relation: "models.ManyToManyField[Any, Any]") -> list[Any]:
    """Primary keys that the relation held then and that still exist."""
    column = relation.m2m_reverse_field_name()
    keys = getattr(version, relation.name).values_list(f"{column}_id", flat=True)
    target: Any = relation.related_model
    return list(target._default_manager.filter(pk__in=list(keys)).values_list("pk", flat=True))


def _restore_parts(version: Any, reason: str) -> None:
    """What the database deleted together with the record: milestones of a measure, questions of a dialogue."""
    model: type[models.Model] = version.instance_type
    for relation in model._meta.related_objects:
        part = relation.related_model
        if relation.on_delete is not models.CASCADE or not isinstance(part, type) or not has_history(part):
            continue
        around = (version.history_date - TOGETHER, version.history_date + TOGETHER)
        gone = deleted(part).filter(**{relation.field.attname: version.instance.pk, "history_date__range": around})
        for part_version in gone:
            restore(part_version, reason=reason)


def changes(new: Any, old: Any | None, names: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Field by field what a version changed: [{"field": …, "old": …, "new": …}] in the order of the model."""
    if old is None:
        return []
    model: type[models.Model] = new.instance_type
    wanted = [field for field in fields_of(model) if names is None or field.name in names]
    told = [_change(new, old, field) for field in wanted if _differs(new, old, field)]
    for relation in new._history_m2m_fields:
        if names is None or relation.name in names:
            told += _relation_change(new, old, relation)
    return told


def _differs(new: Any, old: Any, field: "models.Field[Any, Any]") -> bool:
    before, after = getattr(old, field.attname), getattr(new, field.attname)
    return before != after and not (before in (None, "") and after in (None, ""))


def _change(new: Any, old: Any, field: "models.Field[Any, Any]") -> dict[str, Any]:
    return {"field": field.verbose_name, "name": field.name, "old": shown(old, field), "new": shown(new, field)}


def shown(version: Any, field: "models.Field[Any, Any]") -> Any:
    """A value as people read it: the label of a choice, the name of a related record."""
    if field.choices:
        return getattr(version, f"get_{field.name}_display")()
    if field.is_relation:
        target: Any = field.related_model
        key = getattr(version, field.attname)
        return target._default_manager.filter(pk=key).first() or key
    return getattr(version, field.name)


def _relation_change(new: Any, old: Any, relation: "models.ManyToManyField[Any, Any]") -> list[dict[str, Any]]:
    column = relation.m2m_reverse_field_name()
    before, after = (set(getattr(v, relation.name).values_list(f"{column}_id", flat=True)) for v in (old, new))
    if before == after:
        return []
    target: Any = relation.related_model
    names = {record.pk: str(record) for record in target._default_manager.filter(pk__in=before | after)}
    told = [", ".join(sorted(names.get(key, str(key)) for key in keys)) for keys in (before, after)]
    return [{"field": relation.verbose_name, "name": relation.name, "old": told[0], "new": told[1]}]
