"""The guideline as records: the document, its vision, its world of plans, and who does what."""

from leitbild.models.actors import OrganisationUnit
from leitbild.models.content import LoadedRecord
from leitbild.models.document import Chapter, GlossaryTerm, Reference
from leitbild.models.evaluation import Evaluation, Judgement
from leitbild.models.frame import Instrument, LeipzigPrinciple, Sdg
from leitbild.models.indicators import Indicator, IndicatorQuerySet, IndicatorValue
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
    "Evaluation",
    "GlossaryTerm",
    "Goal",
    "Guideline",
    "Indicator",
    "IndicatorQuerySet",
    "IndicatorValue",
    "Instrument",
    "Judgement",
    "LeipzigPrinciple",
    "LoadedRecord",
    "OrganisationUnit",
    "Pillar",
    "Reference",
    "Sdg",
    "Theme",
]
