"""Who looks after a measure, and the word that it is still true."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from leitbild.models import OrganisationUnit
from step.models import Measure, Plan


def confirm_measure(*, measure: Measure, on: dt.date, actor: User) -> Measure:
    """Somebody looked at the measure and found it still true. A second click on the same day changes nothing.

    The content does not change, so neither does the date of its last change.
    """
    _guard(measure, actor)
    if measure.confirmed_on == on:
        return measure
    before = measure.confirmed_on
    with transaction.atomic():
        measure.confirmed_on = on
        measure.save(update_fields=["confirmed_on"])
        told = {"confirmed_on": before.isoformat() if before else None}
        record("measure.confirm", measure, actor=actor, before=told, after={"confirmed_on": on.isoformat()})
    return measure


def set_lead_plan(*, measure: Measure, plan: Plan, actor: User) -> Measure:
    """Move a measure to another StEP. Who moves it must be allowed to work in both; its code stays."""
    _guard(measure, actor)
    if measure.lead_plan_id == plan.pk:
        return measure
    if not actor.has_perm("step.change_plan", plan):
        raise ValidationError(_("You may not put measures into %(plan)s."), code="plan", params={"plan": plan})
    before = measure.lead_plan
    with transaction.atomic():
        measure.lead_plan = plan
        measure.save(update_fields=["lead_plan", "updated_at"])
        measure.further_plans.remove(plan)  # what leads is not also further
        record("measure.plan", measure, actor=actor, before={"plan": before.code}, after={"plan": plan.code})
    return measure


def set_responsible_unit(*, measure: Measure, unit: OrganisationUnit, actor: User) -> Measure:
    _guard(measure, actor)
    if measure.responsible_unit_id == unit.pk:
        return measure
    before = measure.responsible_unit
    with transaction.atomic():
        measure.responsible_unit = unit
        measure.save(update_fields=["responsible_unit", "updated_at"])
        told = {"unit": before.slug if before else None}
        record("measure.unit", measure, actor=actor, before=told, after={"unit": unit.slug})
    return measure


def _guard(measure: Measure, actor: User) -> None:
    if not actor.has_perm("step.change_measure", measure):
        raise PermissionDenied
