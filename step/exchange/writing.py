"""Carry out an import: all of it or nothing, through the services where a rule exists."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.audit import record as note
from leitbild.models import Indicator
from step import services
from step.exchange.comparing import Comparison, Planned, Progress, compare
from step.exchange.guards import Actor
from step.exchange.reading import Content
from step.models import Measure, Status, Visibility
from step.services.status import COLUMNS as STATUS_TEXTS

SERVED = {"status", "visibility", "lead_plan"}  # written by services


class Outdated(Exception):
    """What is stored changed since the preview; here is the new outcome."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self.comparison = comparison


def apply(*, content: Content, actor: Actor, seen: str = "", progress: Progress | None = None) -> Comparison:
    """Make what `compare` tells, in one transaction.

    `seen` is the digest of the preview; if the outcome would be another by now, Outdated is raised. ValidationError
    if a row is refused. In both cases nothing is stored.
    """
    with translation.override("de"), transaction.atomic():
        # One import at a time, and nobody changes a measure between the comparison and the writing.
        list(Measure.objects.order_by("pk").select_for_update().values_list("pk"))
        found = compare(content, actor)
        if seen and found.digest != seen:
            raise Outdated(found)
        if found.problems:
            raise ValidationError([str(problem) for problem in found.problems])
        rows = found.to_write
        for done, planned in enumerate(rows, start=1):
            _write(planned, actor)
            if progress:
                progress(done, len(rows))
        _move_on(found)
    return found


def _move_on(found: Comparison) -> None:
    """A new value answers the update that was due, as at the desk; where the file states the next one, that counts."""
    stated = {p.record.slug for p in found.planned if p.sheet.key == "indicators" and "next_update" in p.values}
    new = {p.record.indicator.slug for p in found.to_write if p.sheet.key == "values" and p.is_new}
    for indicator in Indicator.objects.filter(slug__in=new - stated):
        due = indicator.due_after(timezone.localdate())
        if due and due != indicator.next_update:
            indicator.next_update = due
            indicator.save(update_fields=["next_update"])


def _write(planned: Planned, actor: Actor) -> None:
    try:
        with transaction.atomic():
            if planned.sheet.key == "measures" and not planned.is_new:
                _change_measure(planned, actor)
            else:
                _save(planned)
            _note(planned, actor)
    except (ValidationError, PermissionDenied, DatabaseError) as error:
        reason = " ".join(getattr(error, "messages", [])) or _("The record cannot be stored.")
        told = {"sheet": planned.title, "row": planned.row, "reason": reason}
        raise ValidationError(_("Sheet “%(sheet)s”, row %(row)d: %(reason)s") % told) from error


def _save(planned: Planned) -> None:
    record = planned.record
    for parent in ("measure", "indicator"):
        if hasattr(record, f"{parent}_id"):
            setattr(record, parent, getattr(record, parent))  # it may have got its number only now
    record.save()
    _relate(record, planned)


def _change_measure(planned: Planned, actor: Any) -> None:
    """Status, visibility and plan by their services, on the measure as it is stored; the rest is saved after."""
    wanted, changed = planned.record, planned.changed
    measure = Measure.objects.get(pk=wanted.pk)
    if "lead_plan" in changed:
        services.set_lead_plan(measure=measure, plan=wanted.lead_plan, actor=actor)
    rest = {name: value for name, value in planned.values.items() if name in changed - SERVED}
    if "status" in changed:
        services.change_status(
            measure=measure,
            to=Status(wanted.status),
            reason=wanted.reason_in_german,
            unblocked_by=wanted.unblocked_by_de or "",
            must_act=wanted.must_act_de or "",
            actor=actor,
        )
        # The service empties texts about the former status; what the file says is about the new one.
        rest |= {name: value for name, value in planned.values.items() if name in STATUS_TEXTS}
    if "visibility" in changed:
        services.set_visibility(measure=measure, to=Visibility(wanted.visibility), actor=actor)
    for name, value in rest.items():
        if not isinstance(Measure._meta.get_field(name), models.ManyToManyField):
            setattr(measure, name, value)
    measure.save()
    _relate(measure, planned)


def _relate(record: Any, planned: Planned) -> None:
    for name in planned.changed:
        if isinstance(record._meta.get_field(name), models.ManyToManyField):
            getattr(record, name).set(planned.values[name])


def _note(planned: Planned, actor: Any) -> None:
    before = {change.column.header: change.before for change in planned.changes if not planned.is_new}
    after = {change.column.header: change.after for change in planned.changes}
    action = f"{planned.record._meta.model_name}.{'import_new' if planned.is_new else 'import'}"
    note(action, planned.record, actor=actor, before=before, after=after)
