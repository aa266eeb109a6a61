"""One change for many measures: tried first, then made, by the same services and in one transaction.

The trial really makes the change and undoes it, so that the preview cannot promise what the confirmation refuses.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from leitbild.models import OrganisationUnit
from step import services
from step.models import Measure, Plan, Status, Visibility


class Change(Protocol):
    def state(self, measure: Measure) -> str:
        """What the change is about, as people read it."""

    def make(self, measure: Measure, actor: User) -> object:
        """Through a service; PermissionDenied or ValidationError if this measure refuses it."""


@dataclass(frozen=True)
class StatusChange:
    to: Status
    reason: str = ""
    unblocked_by: str = ""
    must_act: str = ""

    def state(self, measure: Measure) -> str:
        return str(measure.status_enum.label)

    def make(self, measure: Measure, actor: User) -> object:
        if measure.status == self.to:
            return measure
        return services.change_status(
            measure=measure,
            to=self.to,
            reason=self.reason,
            unblocked_by=self.unblocked_by,
            must_act=self.must_act,
            actor=actor,
        )


@dataclass(frozen=True)
class PlanChange:
    plan: Plan

    def state(self, measure: Measure) -> str:
        return str(measure.lead_plan)

    def make(self, measure: Measure, actor: User) -> object:
        return services.set_lead_plan(measure=measure, plan=self.plan, actor=actor)


@dataclass(frozen=True)
class UnitChange:
    unit: OrganisationUnit

    def state(self, measure: Measure) -> str:
        return str(measure.responsible_unit or _("Not yet known"))

    def make(self, measure: Measure, actor: User) -> object:
        return services.set_responsible_unit(measure=measure, unit=self.unit, actor=actor)


@dataclass(frozen=True)
class VisibilityChange:
    to: Visibility

    def state(self, measure: Measure) -> str:
        return str(Visibility(measure.visibility).label)

    def make(self, measure: Measure, actor: User) -> object:
        return services.set_visibility(measure=measure, to=self.to, actor=actor)


@dataclass(frozen=True)
class Outcome:
    """What becomes of one measure: from what to what, or why not."""

    code: str
    title: str
    before: str
    after: str
    refusal: str = ""

    @property
    def changes(self) -> bool:
        return not self.refusal and self.before != self.after


def try_all(*, measures: Iterable[Measure], change: Change, actor: User) -> list[Outcome]:
    """What `make_all` would do. Nothing of it stays."""
    with transaction.atomic():
        outcomes = [_make(measure, change, actor) for measure in measures]
        transaction.set_rollback(True)
    return outcomes


def make_all(*, measures: Iterable[Measure], change: Change, actor: User, seen: str) -> tuple[list[Outcome], bool]:
    """Change every measure that allows it, all or none, if the outcome is the one that was `seen` in the preview.

    Gives the outcomes and whether they were stored.
    """
    with transaction.atomic():
        outcomes = [_make(measure, change, actor) for measure in measures]
        is_as_seen = digest(outcomes) == seen
        transaction.set_rollback(not is_as_seen)
    return outcomes, is_as_seen


def digest(outcomes: list[Outcome]) -> str:
    """The same for the same outcomes."""
    told = repr([(outcome.code, outcome.before, outcome.after, outcome.refusal) for outcome in outcomes])
    return hashlib.sha256(told.encode()).hexdigest()


def _make(measure: Measure, change: Change, actor: User) -> Outcome:
    before = change.state(measure)
    try:
        with transaction.atomic():
            change.make(measure, actor)
    except PermissionDenied:
        refusal = _("You may not do this with this measure.")
        return Outcome(measure.code, measure.title, before, before, refusal)
    except ValidationError as error:
        return Outcome(measure.code, measure.title, before, before, " ".join(error.messages))
    return Outcome(measure.code, measure.title, before, change.state(measure))
