"""The dashboard on the city's real content: every number opens exactly the list that it counted."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from model_bakery import baker

from accounts.models import User
from konzeptplan.figures import Audience, Figure, Konzeptplan, VoiceCount
from konzeptplan.rollup import build
from leitbild.models import OrganisationUnit
from participation import services
from participation.models import Contribution, Loop, Publication, Result
from step.models import BudgetLine, Measure, Status, Visibility

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
LIST, VOICES = "/de/massnahmen/", "/de/dialog/beitraege/"
DASHBOARD, COUNCIL = "/de/konzeptplan/", "/de/konzeptplan/rat/"


@pytest.fixture
def lively() -> None:
    """Real content with one of each edge case on top."""
    Measure.objects.filter(code="VM-01").update(visibility=Visibility.INTERNAL)
    Measure.objects.filter(code="VM-02").update(visibility=Visibility.DRAFT)
    Measure.objects.filter(code="VM-03").update(status=Status.WITHDRAWN, status_reason_de="Grund")
    Measure.objects.filter(code="KN-01").update(status=Status.DELAYED, status_reason_de="Kein Angebot")
    baker.make(BudgetLine, measure=Measure.objects.get(code="KN-01"), year=2027, planned=1000, voted=None, spent=None)


@pytest.fixture
def heard(planner: User) -> list[Contribution]:
    """On a measure, on an internal measure, in a dialogue, waiting; the first two answered."""
    measure, internal = Measure.objects.get(code="LW-01"), Measure.objects.get(code="VM-01")
    common = {"status": Publication.PUBLISHED, "published_at": timezone.now(), "text": "Hallo"}
    voices = [
        baker.make(Contribution, measure=measure, loop=None, **common),
        baker.make(Contribution, measure=internal, loop=None, **common),
        baker.make(Contribution, loop=Loop.objects.get(), **common),
        baker.make(Contribution, loop=Loop.objects.get(), text="x", status=Publication.WAITING),
    ]
    unit = OrganisationUnit.objects.get(slug="amt-fuer-stadtentwicklung")
    for voice, changed in ((voices[0], internal), (voices[2], measure)):
        services.answer(contribution=voice, by=planner, result=Result.ADOPTED, reason="Ja", unit=unit, measure=changed)
    return voices


def all_figures(plan: Konzeptplan) -> list[Figure]:
    breakdowns = [plan.by_status, plan.by_urgency, plan.by_locality, plan.by_goal, plan.by_sdg, plan.by_pillar]
    cells = [cell for row in plan.matrix.rows for cell in (*row.cells, row.total)]
    rows = [row for breakdown in breakdowns for row in breakdown.rows]
    return [plan.total, *plan.left_out, *cells, *plan.matrix.totals, *rows, plan.money.with_figure]


def listed_codes(client: Client, query: str) -> list[str]:
    """The codes on all pages of the list."""
    codes: list[str] = []
    for page in range(1, 10):
        response = client.get(f"{LIST}?{query}&page={page}")
        assert not response.context["filters"].form.errors, query
        codes += [measure.code for measure in response.context["page_obj"]]
        if not response.context["page_obj"].has_next():
            break
    return sorted(codes)


@pytest.mark.parametrize(("audience", "role"), [("public", None), ("public", "planner"), ("council", "council")])
def test_every_number_opens_exactly_the_list_that_it_counted(
    lively: None, as_role: Callable, audience: str, role: str | None
) -> None:
    client = as_role(role)
    client.checks = False
    figures = all_figures(build(timezone.localdate(), Audience(audience)))
    distinct = {figure.query: figure for figure in figures}
    assert len(distinct) > 60
    for query, figure in distinct.items():
        assert listed_codes(client, query) == sorted(figure.codes), query


@pytest.mark.parametrize(("audience", "role"), [("public", None), ("council", "council"), ("public", "planner")])
def test_every_number_of_voices_opens_exactly_the_list_that_it_counted(
    lively: None, heard: list, as_role: Callable, audience: str, role: str | None
) -> None:
    client = as_role(role)
    voices = build(timezone.localdate(), Audience(audience)).voices
    counts: list[VoiceCount] = [voices.all, *voices.by_plan]
    for count in counts:
        for more, number in (
            ("", count.received),
            ("&answered=yes", count.answered),
            ("&answered=no", count.unanswered),
        ):
            response = client.get(f"{VOICES}?{count.query}{more}")
            assert response.context["total"] == number, (count.query, more)
    assert client.get(f"{VOICES}?{voices.all.query}&changed=yes").context["total"] == voices.changed_measure


def test_the_public_sees_a_subset_of_what_the_council_sees(lively: None, heard: list) -> None:
    today = timezone.localdate()
    public, council = build(today, Audience.PUBLIC), build(today, Audience.COUNCIL)
    for mine, theirs in zip(all_figures(public), all_figures(council), strict=True):
        assert set(mine.codes) <= set(theirs.codes), mine.query
    assert "VM-01" in council.total.codes
    assert "VM-01" not in public.total.codes
    assert not {"VM-02", "VM-03"} & set(council.total.codes)
    assert (public.voices.all.received, council.voices.all.received) == (2, 3)
    assert (public.voices.changed_measure, council.voices.changed_measure) == (1, 2)


def test_the_page_shows_all_measures_of_all_eight_plans(client: Client) -> None:
    plan = build(timezone.localdate(), Audience.PUBLIC)
    assert plan.total.count == Measure.objects.public().count() >= 35
    assert len(plan.matrix.rows) == 8
    assert all(row.total.count >= 3 for row in plan.matrix.rows)
    assert sum(row.total.count for row in plan.matrix.rows) == plan.total.count
    assert client.get(DASHBOARD).status_code == 200


def test_every_link_of_the_page_leads_somewhere(lively: None, heard: list, client: Client) -> None:
    html = client.get(DASHBOARD).content.decode()
    client.checks = False
    links = {unescape(link) for link in re.findall(r'href="(/de/[^"#]*)', html)}
    assert len(links) > 60
    for link in links:
        assert client.get(link).status_code in {200, 302}, link


def test_an_internal_measure_leaves_no_trace_on_the_public_page(lively: None, heard: list, as_role: Callable) -> None:
    for role in (None, "citizen", "planner"):
        html = as_role(role).get(DASHBOARD).content.decode()
        assert "VM-01" not in html
        assert "VM-02" not in html
    assert "VM-01" in as_role("council").get(COUNCIL).content.decode()


def test_the_number_of_queries_grows_neither_with_measures_nor_with_voices(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(DASHBOARD)
        return len(captured)

    client.get(DASHBOARD)  # warm what is cached per process
    before = queries()
    plan = Measure.objects.get(code="VM-01").lead_plan
    for number in range(30):
        measure = baker.make(
            Measure, code=f"ZZ-{number + 10}", title="x", lead_plan=plan, visibility="public", status="running"
        )
        baker.make(Contribution, measure=measure, status="published", published_at=timezone.now(), text="x")
    assert queries() == before
    assert before <= 30


def test_the_page_stays_small(client: Client) -> None:
    assert len(client.get(DASHBOARD).content) < 150_000
