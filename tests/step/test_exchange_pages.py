"""The pages of import and export: upload, look, confirm."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from step.models import ImportUpload, Measure, Visibility
from step.models.exchange import KEPT
from tests.factories.step import make_measure, make_plan

LIST, IMPORT = "/admin/step/measure/", "/admin/step/measure/import/"
EDITORS = {"planner", "office_lead", "administrator"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.OFFICE_LEAD)


def upload(client: Client, text: str = "Code;Titel\nVM-91;Neu\n", name: str = "liste.csv") -> str:
    """The address of the preview."""
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize("role", [None, "citizen", "moderator", "planner", "council", "office_lead", "administrator"])
def test_files_are_for_those_who_edit_measures(role: str | None, as_role: Callable[..., Client]) -> None:
    client = as_role(role)
    refused = 302 if role in (None, "citizen") else 403
    for name, arguments in (("import", []), ("template", []), ("export", ["all"]), ("export", ["milestones"])):
        status = client.get(reverse(f"admin:step_measure_{name}", args=arguments)).status_code
        assert status == (200 if role in EDITORS else refused), name
    shown = client.get(LIST)
    if shown.status_code == 200:
        assert (IMPORT in shown.content.decode()) is (role in EDITORS)


def test_upload_look_confirm(lead: Client) -> None:
    make_measure("VM-91")
    preview = upload(lead)
    page = lead.get(preview)
    assert "<ins>Neu</ins>" in page.content.decode()
    assert Measure.objects.get().title_de != "Neu"
    answer = lead.post(f"{preview}confirm/", {"seen": page.context["seen"]})
    assert answer.status_code == 302
    assert Measure.objects.get().title_de == "Neu"
    assert lead.post(f"{preview}confirm/", {"seen": page.context["seen"]}).status_code == 404  # a second click


def test_what_changed_since_the_preview_is_shown_again(lead: Client) -> None:
    make_measure("VM-91")
    preview = upload(lead)
    seen = lead.get(preview).context["seen"]
    Measure.objects.update(title_de="Anders")
    page = lead.post(f"{preview}confirm/", {"seen": seen})
    assert page.context["is_outdated"]
    assert Measure.objects.get().title_de == "Anders"
    assert lead.post(f"{preview}confirm/", {}).context["is_outdated"]  # nothing was looked at


def test_problems_are_named_and_cannot_be_confirmed(lead: Client) -> None:
    make_measure("VM-91")
    preview = upload(lead, "Code;Titel;Status\nVM-91;Neu;<script>alert(1)</script>\n")
    page = lead.get(preview)
    assert [problem.row for problem in page.context["problems"]] == [2]
    assert "<script>alert" not in page.content.decode()
    assert lead.post(f"{preview}confirm/", {"seen": page.context["seen"]}).context["failures"]
    assert Measure.objects.get().title_de != "Neu"


def test_a_file_that_is_none_is_refused_at_the_form(lead: Client) -> None:
    for name, data in (("a.xlsx", b"PK broken"), ("a.csv", b"\0\0"), ("a.csv", b"")):
        page = lead.post(IMPORT, {"file": SimpleUploadedFile(name, data)})
        assert page.context["form"].errors
    assert lead.post(IMPORT, {}).context["form"].errors
    assert not ImportUpload.objects.exists()


def test_nobody_confirms_the_upload_of_another_or_an_old_one(lead: Client, as_role: Callable[..., Client]) -> None:
    make_measure("VM-91")
    preview = upload(lead)
    assert as_role(Role.ADMINISTRATOR).get(preview).status_code == 404
    ImportUpload.objects.update(created_at=timezone.now() - KEPT - timedelta(seconds=1))
    assert lead.get(preview).status_code == 404
    upload(lead)
    assert ImportUpload.objects.count() == 1  # the old one is thrown away


def test_a_planner_sees_which_rows_are_not_theirs(planner: User, as_role: Callable[..., Client]) -> None:
    make_plan("VM").planners.add(planner)
    make_measure("VM-91"), make_measure("KN-91", lead_plan=make_plan("KN"), visibility=Visibility.DRAFT)
    page = as_role(Role.PLANNER).get(upload(as_role(Role.PLANNER), "Code;Titel\nVM-91;Neu\nKN-91;Neu\n"))
    assert [problem.row for problem in page.context["problems"]] == [3]


def test_an_unknown_sheet_is_not_found(lead: Client) -> None:
    assert lead.get(reverse("admin:step_measure_export", args=["users"])).status_code == 404
