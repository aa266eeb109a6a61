"""The planning office's desk: the guideline."""

from leitbild.admin.document import ChapterAdmin, GlossaryTermAdmin, OrganisationUnitAdmin, ReferenceAdmin
from leitbild.admin.frame import InstrumentAdmin, LeipzigPrincipleAdmin, LoadedRecordAdmin, SdgAdmin
from leitbild.admin.indicators import EvaluationAdmin, IndicatorAdmin
from leitbild.admin.vision import ActionFieldAdmin, BrandStatementAdmin, GoalAdmin, PillarAdmin, ThemeAdmin

__all__ = [
    "ActionFieldAdmin",
    "BrandStatementAdmin",
    "ChapterAdmin",
    "EvaluationAdmin",
    "GlossaryTermAdmin",
    "GoalAdmin",
    "IndicatorAdmin",
    "InstrumentAdmin",
    "LeipzigPrincipleAdmin",
    "LoadedRecordAdmin",
    "OrganisationUnitAdmin",
    "PillarAdmin",
    "ReferenceAdmin",
    "SdgAdmin",
    "ThemeAdmin",
]
