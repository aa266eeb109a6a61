"""The planning office's desk: the guideline."""

from leitbild.admin.document import ChapterAdmin, GlossaryTermAdmin, OrganisationUnitAdmin, ReferenceAdmin
from leitbild.admin.frame import InstrumentAdmin, LeipzigPrincipleAdmin, LoadedRecordAdmin, SdgAdmin
from leitbild.admin.vision import ActionFieldAdmin, BrandStatementAdmin, GoalAdmin, PillarAdmin, ThemeAdmin

__all__ = [
    "ActionFieldAdmin",
    "BrandStatementAdmin",
    "ChapterAdmin",
    "GlossaryTermAdmin",
    "GoalAdmin",
    "InstrumentAdmin",
    "LeipzigPrincipleAdmin",
    "LoadedRecordAdmin",
    "OrganisationUnitAdmin",
    "PillarAdmin",
    "ReferenceAdmin",
    "SdgAdmin",
    "ThemeAdmin",
]
