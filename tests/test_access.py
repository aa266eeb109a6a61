"""One table: every address × role → status. An address that is missing here fails.

200 the page opens · 302 it leads elsewhere, mostly to the login · 403 not allowed · 404 no trace of it.
"""

from collections.abc import Callable, Iterator

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_records import Records, make_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]
ROLES = [None, "citizen", "moderator", "planner", "council", "office_lead", "administrator"]
Row = dict[str | None, int]


def everyone(status: int = 200) -> Row:
    return dict.fromkeys(ROLES, status)


def only(*roles: str, others: int = 403, nobody: int = 302) -> Row:
    return {role: 200 if role in roles else nobody if role is None else others for role in ROLES}


def seen_by(*roles: str) -> Row:
    """What others may not see leaves no trace: 404, not 403."""
    return only(*roles, others=404, nobody=404)


COUNCIL = ("planner", "council", "office_lead", "administrator")
OFFICE = ("planner", "office_lead", "administrator")
DIALOGUE = ("moderator", *OFFICE)
MODERATORS = ("moderator", "administrator")
MEMBERS = tuple(role for role in ROLES if role)

# (name, arguments, row); an argument that begins with @ is taken from the records of the test.
PAGES: list[tuple[str, list[str | int], Row]] = [
    # The roof
    ("root", [], everyone(302)),
    ("healthz", [], everyone()),
    ("readyz", [], everyone()),
    ("robots", [], everyone()),
    ("favicon", [], everyone(302)),
    ("home", [], everyone()),
    ("search", [], everyone()),
    ("accessibility", [], everyone()),
    ("privacy", [], everyone()),
    ("imprint", [], everyone()),
    # The guideline
    *[(f"leitbild:{name}", [], everyone()) for name in (
        "index", "glossary", "references", "goals", "action_fields", "brand", "sdgs", "leipzig", "instruments",
        "organisation", "colours",
    )],
    ("leitbild:chapter", ["08.3"], everyone()),
    ("leitbild:chapter", ["99"], everyone(404)),
    ("leitbild:goal", ["@goal"], everyone()),
    ("leitbild:goal", ["gibt-es-nicht"], everyone(404)),
    ("leitbild:sdg", [11], everyone()),
    ("leitbild:sdg", [18], everyone(404)),
    # The plans
    *[(f"step:{name}", [], everyone()) for name in ("plans", "measures", "map", "map_data", "localities", "colours")],
    ("step:plan", ["verkehr-mobilitaet"], everyone()),
    ("step:plan", ["gibt-es-nicht"], everyone(404)),
    ("step:locality", ["niederkorn"], everyone()),
    ("step:locality", ["gibt-es-nicht"], everyone(404)),
    ("step:measure", ["LW-01"], everyone()),
    ("step:measure", ["XX-99"], everyone(404)),
    ("step:measure", ["@internal"], seen_by(*COUNCIL)),
    ("step:measure", ["@draft"], seen_by(*OFFICE)),
    # The dialogue
    *[(f"participation:{name}", [], everyone()) for name in ("dialogues", "contributions", "receipt")],
    ("participation:dialogue", ["leitbild-fragen"], everyone()),
    ("participation:dialogue", ["gibt-es-nicht"], everyone(404)),
    ("participation:dialogue", ["@hidden_dialogue"], seen_by(*DIALOGUE)),
    ("participation:contribution", ["@published"], everyone()),
    ("participation:contribution", ["@waiting"], seen_by(*DIALOGUE)),
    ("participation:contribution", ["@hidden"], seen_by(*DIALOGUE)),
    ("participation:contribution", [987654], everyone(404)),
    ("participation:story", ["@receipt"], everyone()),
    ("participation:story", ["AAAA-AAAA-AAAA"], everyone(404)),
    ("participation:withdraw", ["@receipt"], everyone(405)),  # POST only
    ("participation:comment_measure", ["LW-01"], everyone()),
    ("participation:comment_measure", ["@internal"], seen_by(*COUNCIL)),
    ("participation:comment_measure", ["@draft"], seen_by(*OFFICE)),
    ("participation:comment_chapter", ["08.3"], everyone()),
    ("participation:comment_chapter", ["99"], everyone(404)),
    ("participation:comment_plan", ["soziales"], everyone()),
    ("participation:comment_plan", ["gibt-es-nicht"], everyone(404)),
    ("participation:mine", [], only(*MEMBERS)),
    ("participation:moderation", [], only(*MODERATORS)),
    ("participation:moderate", ["@waiting"], only(*MODERATORS)),
    ("participation:answers", [], only(*OFFICE)),
    ("participation:answer", ["@published"], only(*OFFICE)),
    ("participation:close", ["@loop"], everyone(405)),
    # The Konzeptplan
    ("konzeptplan:dashboard", [], everyone()),
    ("konzeptplan:council", [], only(*COUNCIL)),
]  # fmt: skip

# Change lists of the administration: who may open which desk.
READERS = ("moderator", *COUNCIL)
DESKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["step.measure", "step.plan", "step.locality", "step.interventionarea", "step.timehorizon"], READERS
    ),
    **dict.fromkeys(["participation.dialogue", "participation.loop", "participation.question"], READERS),
    "participation.contribution": DIALOGUE,
    "participation.treatment": READERS,
    "participation.moderationdecision": ("moderator", "office_lead", "administrator"),
    **dict.fromkeys(
        [
            "leitbild.chapter", "leitbild.reference", "leitbild.glossaryterm", "leitbild.sdg",
            "leitbild.leipzigprinciple", "leitbild.instrument", "leitbild.pillar", "leitbild.actionfield",
            "leitbild.theme", "leitbild.goal", "leitbild.brandstatement", "leitbild.organisationunit",
        ],
        READERS,
    ),
    "leitbild.loadedrecord": ("administrator",),
    "accounts.user": ("administrator",),
    "accounts.auditentry": ("office_lead", "administrator"),
    "auth.group": (),
}  # fmt: skip


@pytest.fixture
def records() -> Records:
    return make_records()


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_page_answers_each_role_as_the_table_says(
    records: Records, as_role: Callable[[str | None], Client], role: str | None
) -> None:
    client = as_role(role)
    client.checks = role in (None, "administrator")  # the least and the most that a page shows
    wrong = []
    for name, arguments, row in PAGES:
        filled = [getattr(records, str(a)[1:]) if str(a).startswith("@") else a for a in arguments]
        status = client.get(reverse(name, args=filled)).status_code
        if status != row[role]:
            wrong.append(f"{name}{filled}: {status} instead of {row[role]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_desk_opens_for_the_roles_of_the_table_only(
    records: Records, as_role: Callable[[str | None], Client], role: str | None
) -> None:
    client = as_role(role)
    wrong = []
    for model in admin.site._registry:
        status = client.get(_desk(model)).status_code
        refused = 302 if role in (None, "citizen") else 403
        expected = 200 if role in DESKS[model._meta.label_lower] else refused
        if status != expected:
            wrong.append(f"{model._meta.label_lower}: {status} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def _desk(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("role", ["moderator", "planner", "council", "office_lead", "administrator"])
def test_whoever_may_open_a_desk_may_open_its_forms(as_role: Callable[[str | None], Client], role: str) -> None:
    """Whatever the role, no form of the administration ends in an error."""
    client = as_role(role)
    for model in admin.site._registry:
        record = model._default_manager.first()
        if role not in DESKS[model._meta.label_lower] or record is None:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
        assert client.get(address).status_code == 200, address
        add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        assert client.get(add).status_code in {200, 403}, add


def test_no_address_is_missing_from_the_table() -> None:
    listed = {name for name, _arguments, _row in PAGES}
    missing = {name for name in _names(get_resolver().url_patterns) if not name.startswith(("admin:", "account_"))}
    assert missing == listed
    assert {model._meta.label_lower for model in admin.site._registry} == set(DESKS)


def _names(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


ACCOUNT_PAGES = ["login", "signup", "reset_password", "logout"]


@pytest.mark.parametrize("name", ACCOUNT_PAGES)
def test_the_pages_of_an_account_look_like_the_portal(as_role: Callable[[str | None], Client], name: str) -> None:
    client = as_role("citizen" if name == "logout" else None)
    response = client.get(reverse(f"account_{name}"))
    assert response.status_code == 200
    assert "site-header" in response.content.decode()
