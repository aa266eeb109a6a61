"""Where the guideline's content lies, in the order in which it builds on itself."""

from pathlib import Path

from django.db import models

from leitbild.models import (
    ActionField,
    ActionFieldItem,
    BrandStatement,
    Chapter,
    GlossaryTerm,
    Goal,
    Guideline,
    Instrument,
    LeipzigPrinciple,
    OrganisationUnit,
    Pillar,
    Reference,
    Sdg,
    Theme,
)
from leitbild.reading import Source

FOLDER = Path(__file__).parent / "content"


def _source(model: type[models.Model], pattern: str, *key: str) -> Source:
    return Source(model, FOLDER, pattern, key)


SOURCES = [
    _source(Chapter, "chapters.yaml", "number"),
    _source(Reference, "references.yaml", "number"),
    _source(GlossaryTerm, "glossary.yaml", "slug"),
    _source(Sdg, "sdgs.yaml", "number"),
    _source(LeipzigPrinciple, "leipzig.yaml", "slug"),
    _source(Instrument, "instruments.yaml", "slug"),
    _source(Pillar, "pillars.yaml", "code"),
    _source(ActionField, "action_fields.yaml", "letter"),
    _source(ActionFieldItem, "action_field_items.yaml", "field", "position"),
    _source(Theme, "themes.yaml", "letter"),
    _source(Goal, "goals.yaml", "number"),
    _source(Guideline, "guidelines.yaml", "goal", "position"),
    _source(BrandStatement, "brand_statements.yaml", "slug"),
    _source(OrganisationUnit, "units.yaml", "slug"),
]
