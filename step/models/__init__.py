"""The eight StEP: plans and places, measures, and what moves a measure along."""

from step.models.measures import Measure, MeasureLink, MeasureQuerySet
from step.models.places import InterventionArea, Locality
from step.models.plans import Plan, TimeHorizon
from step.models.progress import BudgetLine, Milestone, ProgressReport
from step.models.states import Status, Urgency, Visibility

__all__ = [
    "BudgetLine",
    "InterventionArea",
    "Locality",
    "Measure",
    "MeasureLink",
    "MeasureQuerySet",
    "Milestone",
    "Plan",
    "ProgressReport",
    "Status",
    "TimeHorizon",
    "Urgency",
    "Visibility",
]
