"""The planning office's desk: plans, measures and places."""

from step.admin.measures import MeasureAdmin
from step.admin.plans import InterventionAreaAdmin, LocalityAdmin, PlanAdmin, TimeHorizonAdmin

__all__ = ["InterventionAreaAdmin", "LocalityAdmin", "MeasureAdmin", "PlanAdmin", "TimeHorizonAdmin"]
