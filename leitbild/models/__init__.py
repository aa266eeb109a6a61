"""The guideline as records: the document, its vision, its world of plans, and who does what."""

from leitbild.models.actors import OrganisationUnit
from leitbild.models.content import LoadedRecord
from leitbild.models.document import Chapter, GlossaryTerm, Reference
from leitbild.models.frame import Instrument, LeipzigPrinciple, Sdg
from leitbild.models.vision import (
    ActionField,
    ActionFieldItem,
    BrandStatement,
    Goal,
    Guideline,
    Pillar,
    Theme,
)

__all__ = [
    "ActionField",
    "ActionFieldItem",
    "BrandStatement",
    "Chapter",
    "GlossaryTerm",
    "Goal",
    "Guideline",
    "Instrument",
    "LeipzigPrinciple",
    "LoadedRecord",
    "OrganisationUnit",
    "Pillar",
    "Reference",
    "Sdg",
    "Theme",
]
