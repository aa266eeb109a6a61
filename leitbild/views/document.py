"""The guideline as a document: its chapters, terms, sources, and who it names."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leitbild.glossary import alphabet, contrasts
from leitbild.models import Chapter, GlossaryTerm, Goal, LeipzigPrinciple, OrganisationUnit, Pillar, Reference
from leitbild.organisation import tree


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the guideline is, its table of contents, its goals, and the doors to all else."""
    context = {
        "chapters": Chapter.objects.top().with_sections(),
        "goals": Goal.objects.all(),
        "pillars": Pillar.objects.select_related("chapter"),
    }
    return render(request, "leitbild/index.html", context)


@require_safe
def chapter(request: HttpRequest, number: str) -> HttpResponse:
    found: Chapter = get_object_or_404(Chapter.objects.select_related("parent"), number=number)
    top = found.parent or found
    context = {
        "chapter": found,
        "top": top,
        "sections": top.sections.all(),
        "before": Chapter.objects.before(found),
        "after": Chapter.objects.after(found),
        **_what_comes_from(found),
    }
    return render(request, "leitbild/chapter.html", context)


def _what_comes_from(chapter: Chapter) -> dict[str, Any]:
    """Everything of the guideline that names this chapter as its source."""
    return {
        "terms": chapter.terms.all(),
        "pillars": chapter.pillars.all(),
        "action_fields": chapter.action_fields.all(),
        "themes": chapter.themes.all(),
        "goals": chapter.goals.all(),
        "guidelines": chapter.guidelines.select_related("goal"),
        "instruments": chapter.instruments.all(),
        "principles": LeipzigPrinciple.objects.filter(chapter=chapter),
        "statements": chapter.brand_statements.all(),
        "units": chapter.units.all(),
        "references": chapter.references.all(),
    }


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = list(GlossaryTerm.objects.select_related("chapter"))
    context = {
        "central": [term for term in terms if term.is_central],
        "contrasts": contrasts(terms),
        "letters": alphabet(terms),
    }
    return render(request, "leitbild/glossary.html", context)


@require_safe
def references(request: HttpRequest) -> HttpResponse:
    return render(request, "leitbild/references.html", {"references": Reference.objects.select_related("chapter")})


@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    units = list(OrganisationUnit.objects.select_related("chapter", "coordinated_by"))
    roots = tree(units)
    context = {
        "units": units,
        "trees": [node for node in roots if node.below],
        "alone": [node for node in roots if not node.below],
    }
    return render(request, "leitbild/organisation.html", context)
