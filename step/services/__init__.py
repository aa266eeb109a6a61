"""Writes that need a rule: where a measure stands, who may see it, who looks after it."""

from step.services.approval import (
    may_set_visibility,
    propose_measure,
    publish_measure,
    send_back_measure,
    set_visibility,
)
from step.services.status import change_status, guard_texts, guard_transition
from step.services.upkeep import confirm_measure, set_lead_plan, set_responsible_unit

__all__ = [
    "change_status",
    "confirm_measure",
    "guard_texts",
    "guard_transition",
    "may_set_visibility",
    "propose_measure",
    "publish_measure",
    "send_back_measure",
    "set_lead_plan",
    "set_responsible_unit",
    "set_visibility",
]
