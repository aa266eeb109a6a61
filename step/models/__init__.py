"""The eight StEP: plans and places, measures, and what moves a measure along."""

from step.models.exchange import ImportUpload
from step.models.indicators import PlanIndicator
from step.models.links import MeasureLink
from step.models.measures import Measure, MeasureQuerySet
from step.models.places import InterventionArea, Locality
from step.models.plans import Plan, TimeHorizon
from step.models.progress import BudgetLine, Milestone, ProgressReport, StaffTime
from step.models.reminders import ReminderSent
from step.models.signals import Signal
from step.models.states import Approval, Status, Urgency, Visibility
from step.models.swot import SwotEntry, SwotKind

__all__ = [
    "Approval",
    "BudgetLine",
    "ImportUpload",
    "InterventionArea",
    "Locality",
    "Measure",
    "MeasureLink",
    "MeasureQuerySet",
    "Milestone",
    "Plan",
    "PlanIndicator",
    "ProgressReport",
    "ReminderSent",
    "Signal",
    "StaffTime",
    "Status",
    "SwotEntry",
    "SwotKind",
    "TimeHorizon",
    "Urgency",
    "Visibility",
]
