"""Where the content of the eight StEP lies, in the order in which it builds on itself."""

from pathlib import Path

from leitbild.loading import Source
from step.models import InterventionArea, Locality, Measure, MeasureLink, Plan, TimeHorizon

FOLDER = Path(__file__).parent / "content"

SOURCES = [
    Source(Plan, FOLDER, "plans.yaml", ("code",)),
    Source(TimeHorizon, FOLDER, "horizons.yaml", ("code",)),
    Source(Locality, FOLDER, "localities.yaml", ("slug",)),
    Source(InterventionArea, FOLDER, "intervention_areas.yaml", ("slug",)),
    Source(Measure, FOLDER, "measures_*.yaml", ("code",)),
    Source(MeasureLink, FOLDER, "measure_links.yaml", ("source", "kind", "target")),
]
