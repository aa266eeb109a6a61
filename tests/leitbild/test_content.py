"""The real content is complete: each list that the guideline names, each record with its chapter."""

import pytest
from django.db.models import Count

from leitbild.colours import ink_on, luminance
from leitbild.models import (
    ActionField,
    BrandStatement,
    Chapter,
    GlossaryTerm,
    Goal,
    Instrument,
    LeipzigPrinciple,
    LoadedRecord,
    OrganisationUnit,
    Pillar,
    Reference,
    Sdg,
    Theme,
)
from step.models import Locality, Measure, Plan, Visibility

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

SECTIONS = [
    *("02.1", "02.2", "03.1", "03.2", "04.1", "04.2", "06.1", "06.2", "06.3"),
    *("07.1", "07.2", "08.1", "08.2", "08.3", "09.1", "09.2"),
]


def test_the_document_has_its_eleven_chapters_and_sixteen_sections() -> None:
    top = [f"{number:02}" for number in range(1, 12)]
    assert [chapter.number for chapter in Chapter.objects.all()] == sorted(top + SECTIONS)
    assert all(chapter.parent and chapter.number.startswith(chapter.parent.number) for chapter in sections())
    assert [chapter.number for chapter in Chapter.objects.top()] == top


def sections() -> list[Chapter]:
    return list(Chapter.objects.filter(number__in=SECTIONS).select_related("parent"))


def test_each_chapter_is_told_in_two_to_six_paragraphs() -> None:
    for chapter in Chapter.objects.all():
        blocks = chapter.body.count("<p>") + chapter.body.count("<ul>")
        assert chapter.summary, chapter
        assert 2 <= blocks <= 6, (chapter, blocks)


def test_there_are_three_fields_of_action_with_four_tasks_each() -> None:
    fields = ActionField.objects.annotate(tasks=Count("items"))
    assert [(field.letter, field.tasks) for field in fields] == [("A", 4), ("B", 4), ("C", 4)]


def test_there_are_five_themes_with_their_demands() -> None:
    assert [theme.letter for theme in Theme.objects.exclude(body="")] == list("ABCDE")


def test_the_nine_goals_have_guidelines_pillars_themes_and_global_goals() -> None:
    assert [goal.number for goal in Goal.objects.all()] == list(range(1, 10))
    for goal in Goal.objects.for_lists():
        assert goal.guidelines.exists(), goal
        assert goal.pillars.all(), goal
        assert goal.themes.all(), goal
        assert goal.sdgs.all(), goal


def test_there_are_three_pillars() -> None:
    assert {pillar.code for pillar in Pillar.objects.all()} == {"ecological", "social", "economic"}


def test_there_are_seventeen_global_goals_in_colours_on_which_their_text_can_be_read() -> None:
    assert [sdg.number for sdg in Sdg.objects.all()] == list(range(1, 18))
    for sdg in Sdg.objects.all():
        lights = sorted((luminance(sdg.colour), 1.0 if ink_on(sdg.colour) == "#fff" else 0.0))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, sdg


def test_the_leipzig_charter_is_complete() -> None:
    kinds = LeipzigPrinciple.objects.order_by("kind").values_list("kind").annotate(n=Count("pk"))
    assert dict(kinds) == {"cross_cutting": 2, "dimension": 3, "level": 3, "principle": 5}


def test_the_seven_instruments_tell_law_and_force() -> None:
    codes = ["PD", "PS", "POS", "PAG", "SUP", "PAP QE", "PAP NQ"]
    assert [instrument.code for instrument in Instrument.objects.all()] == codes
    assert not Instrument.objects.filter(legal_base="").exists()
    assert [one.code for one in Instrument.objects.filter(is_binding=False)] == ["PD"]


def test_each_pag_and_pap_names_the_formal_way_to_object() -> None:
    for instrument in Instrument.objects.filter(code__in=["PAG", "PAP QE", "PAP NQ"]):
        assert "Schöffenrat" in instrument.objection_note
        assert "30" in instrument.objection_note


def test_the_bibliography_has_all_footnotes() -> None:
    assert [reference.number for reference in Reference.objects.all()] == list(range(1, 45))


def test_the_central_definitions_are_there() -> None:
    central = set(GlossaryTerm.objects.filter(is_central=True).values_list("slug", flat=True))
    assert central >= {
        "nachhaltige-entwicklung",
        "integrierte-stadtentwicklung",
        "stadtteilentwicklungsplan",
        "konzeptplan",
        "city-management",
        "city-marketing",
    }


def test_city_management_and_city_marketing_are_told_apart() -> None:
    one = GlossaryTerm.objects.get(slug="city-management")
    other = GlossaryTerm.objects.get(slug="city-marketing")
    assert one.differs_from == other
    assert "operativ" in one.character
    assert "strategisch" in other.character


def test_each_question_about_the_brand_has_answers_of_the_guideline() -> None:
    assert set(BrandStatement.objects.values_list("question", flat=True)) == set(BrandStatement.Question.values)


def test_the_office_coordinates_politics_administration_economy_and_citizens() -> None:
    office = OrganisationUnit.objects.get(kind="office")
    kinds = set(OrganisationUnit.objects.filter(coordinated_by=office).values_list("kind", flat=True))
    assert kinds == {"politics", "administration", "economy", "citizens"}


def test_there_are_eight_plans_with_three_public_measures_or_more_each() -> None:
    assert [plan.number for plan in Plan.objects.all()] == list(range(1, 9))
    for plan in Plan.objects.all():
        assert Measure.objects.public().filter(lead_plan=plan).count() >= 3, plan


def test_each_measure_cites_its_chapter_and_says_why_it_serves_its_goals() -> None:
    assert Measure.objects.filter(visibility=Visibility.PUBLIC).count() >= 35
    assert not Measure.objects.filter(chapter=None).exists()
    assert not Measure.objects.filter(goals=None).exists()
    assert not Measure.objects.filter(assignment_reason="").exists()


def test_what_the_guideline_does_not_say_stays_unknown() -> None:
    dated = Measure.objects.exclude(baseline_end=None, forecast_end=None, actual_end=None)
    assert not dated.exists()
    assert set(Measure.objects.values_list("status", flat=True)) == {"unknown"}


def test_the_four_localities_quote_their_population_with_date_and_source() -> None:
    assert Locality.objects.count() == 4
    assert not Locality.objects.filter(population=None).exists()
    assert not Locality.objects.filter(population_date=None).exists()
    assert not Locality.objects.filter(population_source="").exists()


@pytest.mark.parametrize("language", ["fr", "lb", "en", "pt"])
def test_names_are_there_in_every_language(language: str) -> None:
    for model, field in [(Chapter, "title"), (Goal, "title"), (GlossaryTerm, "term"), (Plan, "name"), (Sdg, "name")]:
        column = f"{field}_{language}"
        missing = [str(row) for row in model.objects.all() if not getattr(row, column)]
        assert missing == [] or (model is Sdg and language == "lb"), (model, missing)


def test_the_ledger_knows_every_loaded_record() -> None:
    assert LoadedRecord.objects.filter(record__startswith="leitbild.chapter:").count() == Chapter.objects.count()
    assert LoadedRecord.objects.filter(record__startswith="step.measure:").count() == Measure.objects.count()
