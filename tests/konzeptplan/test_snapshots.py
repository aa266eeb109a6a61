"""Snapshots: frozen once, shown as they were, found out when somebody changes them."""

import datetime as dt
import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation

from accounts.models import AuditEntry, User
from konzeptplan.comparing import Kind, compare
from konzeptplan.edition import edition
from konzeptplan.figures import Audience
from konzeptplan.freezing import canonical
from konzeptplan.models import Snapshot
from konzeptplan.services import freeze_for_session, freeze_konzeptplan
from step.models import BudgetLine, Measure, Status, Visibility
from tests.factories.council import make_decision, make_session, make_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
FIXTURE = Path(__file__).parent / "snapshot_v1.json"
TODAY = dt.date(2026, 6, 1)


def numbers(html: str) -> list[str]:
    return re.findall(r'class="count"[^>]*>(\d+)<', html)


@pytest.fixture
def before() -> Snapshot:
    """Frozen before a change of status, of date, of budget, and a withdrawal."""
    Measure.objects.filter(code="VM-01").update(status=Status.RUNNING)
    Measure.objects.filter(code="VM-02").update(forecast_end=dt.date(2027, 3, 1))
    BudgetLine.objects.create(measure=Measure.objects.get(code="VM-03"), year=2027, planned=100_000)
    snapshot = make_snapshot(on=TODAY)
    Measure.objects.filter(code="VM-01").update(
        status=Status.DELAYED, status_reason_de="Kein Angebot", unblocked_by_de="Ein Angebot", must_act_de="Der Einkauf"
    )
    Measure.objects.filter(code="VM-02").update(forecast_end=dt.date(2027, 5, 30))
    BudgetLine.objects.update(planned=150_000)
    Measure.objects.filter(code="VM-04").update(status=Status.WITHDRAWN, status_reason_de="Kein Grundstück")
    return snapshot


def test_a_snapshot_shows_the_old_figures_after_everything_changed(client: Client, before: Snapshot) -> None:
    page = unescape(client.get(before.get_absolute_url()).content.decode())
    total = Measure.objects.filter(visibility=Visibility.PUBLIC).count()
    assert numbers(page)[0] == str(total)
    assert "100.000" in page
    assert "150.000" not in page
    assert "Kein Angebot" not in page
    live = client.get("/de/konzeptplan/").content.decode()
    assert numbers(live)[0] == str(total - 1)


def test_the_comparison_names_exactly_the_four_changes(client: Client, before: Snapshot) -> None:
    found = compare(before.edition(Audience.PUBLIC), edition(TODAY, Audience.PUBLIC))
    assert [(change.kind, change.code) for change in found.changes] == [
        (Kind.WITHDRAWN, "VM-04"),
        (Kind.DELAYED, "VM-01"),
        (Kind.DATES, "VM-02"),
        (Kind.BUDGET, "VM-03"),
    ]
    page = unescape(client.get(f"/en/konzeptplan/vergleich/?von={before.pk}").content.decode())
    for told in (
        "Expected end: from 1 March 2027 to 30 May 2027, 90 days later.",
        "Planned: from 100,000 € to 150,000 €.",
        "Status: from “Under way” to “Delayed”.",
        "Reason: Kein Grundstück",
    ):
        assert told in page.replace("March 1, 2027", "1 March 2027").replace("May 30, 2027", "30 May 2027"), told


def test_each_number_of_a_snapshot_opens_the_list_of_that_day(client: Client, before: Snapshot) -> None:
    """Whatever tile drew the number: the link is followed, and the list has as many rows as the number says."""
    page = unescape(client.get(before.get_absolute_url()).content.decode())
    address = f"/de/konzeptplan/staende/{before.pk}/massnahmen/"
    links = re.findall(rf'href="({address}\?[^"]+)"[^>]*>(\d+)<', page)
    assert len(links) > 20
    assert "/de/massnahmen/?" not in page
    client.checks = False
    for link, number in dict(links).items():
        response = client.get(link)
        assert len(response.context["rows"]) == int(number), link


def test_the_list_of_that_day_tells_what_was_known_then(client: Client, before: Snapshot) -> None:
    query = before.edition(Audience.PUBLIC).plan.total.query
    page = client.get(f"/de/konzeptplan/staende/{before.pk}/massnahmen/?{query}").content.decode()
    assert "VM-04" in page
    assert "Kein Grundstück" not in page


def test_a_list_that_no_number_counted_is_not_found(client: Client, before: Snapshot) -> None:
    assert client.get(f"/de/konzeptplan/staende/{before.pk}/massnahmen/?lead=gibtesnicht").status_code == 404


def test_the_public_payload_holds_nothing_internal(as_role: Callable[..., Client]) -> None:
    Measure.objects.filter(code="VM-01").update(visibility=Visibility.INTERNAL, title_de="Geheimes Vorhaben")
    Measure.objects.filter(code="VM-02").update(visibility=Visibility.DRAFT, title_de="Ungeborenes Vorhaben")
    snapshot = make_snapshot()
    assert "Geheimes" not in snapshot.public_payload
    assert "Geheimes" in snapshot.council_payload
    assert "Ungeborenes" not in snapshot.council_payload
    query = snapshot.edition(Audience.COUNCIL).plan.total.query
    found = as_role("council").get(f"/de/konzeptplan/rat/staende/{snapshot.pk}/massnahmen/?{query}")
    assert "Geheimes" in found.content.decode()


def test_a_snapshot_is_read_in_each_language() -> None:
    Measure.objects.filter(code="VM-01").update(title_fr="Un chemin", title_de="Ein Weg", title_pt="")
    snapshot = make_snapshot()
    titles = {}
    for language in ("de", "fr", "pt"):
        with translation.override(language):
            rows = snapshot.edition(Audience.PUBLIC).measures
            titles[language] = next(row.title for row in rows if row.code == "VM-01")
    assert titles == {"de": "Ein Weg", "fr": "Un chemin", "pt": "Ein Weg"}


def test_the_same_day_and_label_freeze_once() -> None:
    first, is_new = freeze_konzeptplan(on=TODAY, label="Sitzung")
    again, is_new_again = freeze_konzeptplan(on=TODAY, label="  Sitzung ")
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)


def test_a_snapshot_cannot_be_edited_or_deleted() -> None:
    snapshot = make_snapshot()
    snapshot.label = "Anders"
    for attempt in (
        snapshot.save,
        snapshot.delete,
        lambda: Snapshot.objects.update(label="x"),
        lambda: Snapshot.objects.all().delete(),
        lambda: Snapshot.objects.bulk_update([snapshot], ["label"]),
    ):
        with pytest.raises(TypeError, match="snapshot cannot be"), transaction.atomic():
            attempt()
    assert Snapshot.objects.get().label == "Stand"


def tamper(snapshot: Snapshot, column: str, old: str, new: str) -> None:
    """As somebody with the database in their hands would."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE konzeptplan_snapshot SET {column} = REPLACE({column}, %s, %s) WHERE id = %s",  # noqa: S608
            [old, new, snapshot.pk],
        )


@pytest.mark.parametrize("column", ["public_payload", "council_payload"])
def test_a_changed_payload_is_found_out_on_every_page(as_role: Callable[..., Client], column: str) -> None:
    snapshot = make_snapshot()
    tamper(snapshot, column, "VM-01", "VM-99")
    client = as_role("council")
    for address in (
        snapshot.get_absolute_url(),
        f"/de/konzeptplan/rat/staende/{snapshot.pk}/",
        f"/de/konzeptplan/vergleich/?von={snapshot.pk}",
        f"/de/konzeptplan/exporte/blatt.pdf?stand={snapshot.pk}",
    ):
        response = client.get(address)
        assert response.status_code == 409, address
        assert "VM-99" not in response.content.decode()


def test_a_session_whose_snapshot_was_changed_shows_no_figures(client: Client) -> None:
    session = make_session(snapshot=make_snapshot())
    tamper(session.snapshot, "public_payload", "VM-01", "VM-99")
    response = client.get(session.get_absolute_url())
    assert response.status_code == 200
    assert response.context["is_untrustworthy"]
    assert "plan" not in response.context


def test_the_command_verifies_and_finds_a_changed_payload() -> None:
    out, err = StringIO(), StringIO()
    snapshot = make_snapshot()
    call_command("verify_snapshots", stdout=out)
    assert "1 snapshots are what was frozen" in out.getvalue()
    tamper(snapshot, "council_payload", "VM-01", "VM-99")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify_snapshots", stderr=err)
    assert "the payload was changed" in err.getvalue()


def test_whoever_rewrites_the_fingerprint_too_is_found_out_by_the_audit_trail() -> None:
    snapshot, err = make_snapshot(), StringIO()
    tamper(snapshot, "council_payload", "VM-01", "VM-99")
    forged = Snapshot.objects.get()
    tamper(snapshot, "sha256", snapshot.sha256, forged.computed_sha256())
    assert Snapshot.objects.get().is_genuine
    with pytest.raises(CommandError):
        call_command("verify_snapshots", stderr=err)
    assert "the audit trail has another fingerprint" in err.getvalue()


def test_the_command_freezes_once_and_can_be_tried_dry() -> None:
    out = StringIO()
    call_command("freeze_konzeptplan", "--label", "Juni", "--dry-run", stdout=out)
    assert "would be frozen" in out.getvalue()
    assert not Snapshot.objects.exists()
    call_command("freeze_konzeptplan", "--label", "Juni", stdout=out)
    call_command("freeze_konzeptplan", "--label", "Juni", stdout=out)
    assert Snapshot.objects.get().taken_on == timezone.localdate()
    assert "was frozen already" in out.getvalue()


def test_only_the_head_of_office_freezes_and_once_per_session(
    office_lead: User, council: User, as_role: Callable[..., Client]
) -> None:
    session = make_session()
    with pytest.raises(PermissionDenied):
        freeze_for_session(session=session, on=TODAY, actor=council)
    address = f"/de/konzeptplan/sitzungen/{session.pk}/einfrieren/"
    assert as_role("council").post(address).status_code == 403
    assert as_role("office_lead").post(address).status_code == 302
    session.refresh_from_db()
    assert session.snapshot is not None
    with pytest.raises(ValidationError):
        freeze_for_session(session=session, on=TODAY, actor=office_lead)
    assert AuditEntry.objects.filter(action="snapshot.freeze", after__sha256=session.snapshot.sha256).count() == 1


def test_the_page_tells_which_decision_adopted_it(client: Client) -> None:
    snapshot = make_snapshot()
    make_decision(make_session(snapshot=snapshot), adopts=snapshot, title="Stand gebilligt", outcome="adopted")
    make_decision(adopts=snapshot, title="Geheim gebilligt", outcome="adopted", visibility=Visibility.INTERNAL)
    for address in (snapshot.get_absolute_url(), "/de/konzeptplan/staende/"):
        page = client.get(address).content.decode()
        assert "Geheim gebilligt" not in page
    assert "Stand gebilligt" in client.get(snapshot.get_absolute_url()).content.decode()


def test_a_payload_of_the_first_schema_still_renders(client: Client) -> None:
    """The fixture was written by version 1 and is never written again: it stands for what lies in databases."""
    payload = canonical(json.loads(FIXTURE.read_text()))
    snapshot = Snapshot(
        taken_on=dt.date(2026, 3, 1),
        label="Alt",
        schema_version=1,
        public_payload=payload,
        council_payload=payload,
    )
    snapshot.save()
    response = client.get(snapshot.get_absolute_url())
    assert response.status_code == 200
    page = unescape(response.content.decode())
    assert numbers(page)[0] == "2"
    assert "Ein Angebot fehlte" in page
    assert "120.000" in page


@pytest.mark.parametrize(
    "query", ["von=abc", "von=999999", "von=", "von=1&bis=xyz", "von=%00", "von=99999999999999999999"]
)
def test_nonsense_in_the_comparison_is_said_and_never_an_error(client: Client, query: str) -> None:
    make_snapshot()
    response = client.get(f"/de/konzeptplan/vergleich/?{query}")
    assert response.status_code == 200
    assert "comparison" not in response.context
