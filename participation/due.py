"""Is participation due? The criteria of Vienna's master plan for participatory urban development (adopted 12/2016).

One that holds is enough.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DWELLINGS = 300
FLOOR_AREA = 30_000  # square metres, gross


@dataclass(frozen=True)
class Project:
    """What is known about a project; None: not known."""

    dwellings: int | None = None
    floor_area: int | None = None
    high_rise: bool = False
    heritage: bool = False
    green_land: bool = False
    environmental_assessment: bool = False


@dataclass(frozen=True)
class Criterion:
    """One criterion, whether it holds, and None where the figure is not known."""

    text: str | Promise
    holds: bool | None


def criteria(project: Project) -> list[Criterion]:
    """All criteria in their order."""
    return [
        Criterion(_("300 dwellings or more"), _reaches(project.dwellings, DWELLINGS)),
        Criterion(_("30,000 m² of gross floor area or more"), _reaches(project.floor_area, FLOOR_AREA)),
        Criterion(_("A high-rise building"), project.high_rise),
        Criterion(_("In the core zone of a heritage site"), project.heritage),
        Criterion(_("Green land becomes building land"), project.green_land),
        Criterion(_("A strategic environmental assessment (SUP) is required"), project.environmental_assessment),
    ]


def is_due(project: Project) -> bool | None:
    """True if one holds; None if none holds but a figure is missing; False otherwise."""
    results = [criterion.holds for criterion in criteria(project)]
    return True if any(results) else None if None in results else False


def _reaches(value: int | None, limit: int) -> bool | None:
    return None if value is None else value >= limit
