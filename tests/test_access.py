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
    *[(name, [], only(*MEMBERS)) for name in ("my_data", "my_data_json", "my_data_html", "delete_account")],
    # The guideline
    *[(f"leitbild:{name}", [], everyone()) for name in (
        "index", "glossary", "references", "goals", "action_fields", "brand", "sdgs", "leipzig", "instruments",
        "organisation", "colours",
    )],
    ("leitbild:chapter", ["08.3"], everyone()),
    ("leitbild:chapter", ["99"], everyone(404)),
    ("leitbild:goal", ["@goal"], everyone()),
    ("leitbild:goal", ["gibt-es-nicht"], everyone(404)),
    ("leitbild:indicator", ["einwohner"], everyone()),
    ("leitbild:indicator", ["gibt-es-nicht"], everyone(404)),
    ("leitbild:indicator", ["@internal_indicator"], seen_by(*COUNCIL)),
    ("leitbild:indicator", ["@draft_indicator"], seen_by(*OFFICE)),
    ("leitbild:sdg", [11], everyone()),
    ("leitbild:sdg", [18], everyone(404)),
    # The plans
    *[(f"step:{name}", [], everyone()) for name in ("plans", "measures", "map", "map_data", "localities", "colours")],
    *[(f"step:{name}", [], everyone()) for name in ("swot", "indicators")],
    ("step:plan_swot", ["verkehr-mobilitaet"], everyone()),
    ("step:plan_swot", ["gibt-es-nicht"], everyone(404)),
    ("step:locality_swot", ["niederkorn"], everyone()),
    ("step:locality_swot", ["gibt-es-nicht"], everyone(404)),
    ("step:plan", ["verkehr-mobilitaet"], everyone()),
    ("step:plan", ["gibt-es-nicht"], everyone(404)),
    ("step:locality", ["niederkorn"], everyone()),
    ("step:locality", ["gibt-es-nicht"], everyone(404)),
    ("step:measure", ["LW-01"], everyone()),
    ("step:measure", ["XX-99"], everyone(404)),
    ("step:measure", ["@internal"], seen_by(*COUNCIL)),
    ("step:measure", ["@draft"], seen_by(*OFFICE)),
    ("step:measure_history", ["LW-01"], everyone()),
    ("step:measure_history", ["@internal"], seen_by(*COUNCIL)),
    ("step:measure_history", ["@draft"], seen_by(*OFFICE)),
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
    ("participation:events", [], everyone()),
    ("participation:event_feed", [], everyone()),
    ("participation:event_month", [2026, 11], everyone()),
    ("participation:event_month", [2026, 13], everyone(404)),
    ("participation:event", ["@event"], everyone()),
    ("participation:event", ["@hidden_event"], seen_by(*DIALOGUE)),
    ("participation:event_ics", ["@event"], everyone()),
    ("participation:event_ics", ["@hidden_event"], seen_by(*DIALOGUE)),
    ("participation:registration", ["@registration"], everyone()),  # whoever has the link
    ("participation:registration", ["forged"], everyone(404)),
    ("participation:poll", ["@poll"], everyone()),
    ("participation:poll", ["@hidden_poll"], seen_by(*DIALOGUE)),
    ("participation:poll", [987654], everyone(404)),
    ("participation:poll_link", ["@poll"], everyone(405)),  # POST only
    ("participation:poll_confirm", ["@poll", "forged"], everyone(404)),
    ("participation:poll_results", ["@poll"], everyone()),
    ("participation:poll_results", ["@hidden_poll"], seen_by(*DIALOGUE)),
    ("participation:poll_texts", ["@poll"], only(*MODERATORS)),
    ("participation:poll_export", ["@poll", "csv"], only(*OFFICE)),
    ("participation:poll_export", ["@poll", "xlsx"], only(*OFFICE)),
    ("participation:similar", [], everyone(405)),  # POST only
    ("participation:photo", ["gibt-es-nicht"], everyone(404)),
    ("participation:photo_small", ["gibt-es-nicht"], everyone(404)),
    *[(f"participation:{name}", ["@published"], everyone()) for name in ("thread", "talk")],
    *[(f"participation:{name}", ["@waiting"], everyone(404)) for name in ("thread", "talk")],
    ("participation:support", ["@published"], everyone(405)),
    ("participation:comment", ["@comment"], everyone()),
    ("participation:comment", ["@waiting_comment"], everyone(404)),
    ("participation:support_comment", ["@comment"], everyone(405)),
    ("participation:withdraw_comment", ["@comment"], everyone(405)),
    ("participation:edit", ["@receipt"], everyone()),
    ("participation:edit", ["AAAA-AAAA-AAAA"], everyone(404)),
    ("participation:confirm_contribution", ["forged"], everyone(410)),
    ("participation:comment_moderation", [], only(*MODERATORS)),
    ("participation:moderate_comment", ["@waiting_comment"], only(*MODERATORS)),
    ("participation:mine", [], only(*MEMBERS)),
    ("participation:forget_me", ["@receipt"], everyone(405)),
    # Following and news
    ("participation:follow", ["locality", "@locality"], {None: 200, **dict.fromkeys(MEMBERS, 302)}),
    ("participation:follow", ["dialogue", 987654], everyone(404)),
    ("participation:follow", ["user", 1], everyone(404)),
    ("participation:follow", ["measure", "@draft_pk"], {**everyone(404), **dict.fromkeys(OFFICE, 302)}),
    *[(f"participation:{name}", [], only(*MEMBERS)) for name in ("subscriptions", "follow_place", "news")],
    *[(f"participation:{name}", [1], everyone(405)) for name in ("set_frequency", "unfollow")],
    ("participation:mark_read", [], everyone(405)),
    ("participation:confirm", ["forged"], everyone(404)),
    ("participation:unsubscribe", ["forged"], everyone(404)),
    ("participation:feed", [], everyone()),
    ("participation:record_feed", ["measure", "LW-01"], everyone()),
    ("participation:record_feed", ["plan", "soziales"], everyone()),
    ("participation:record_feed", ["locality", "niederkorn"], everyone()),
    ("participation:record_feed", ["dialogue", "leitbild-fragen"], everyone()),
    # Feeds are for everyone, whoever asks.
    ("participation:record_feed", ["measure", "@internal"], everyone(404)),
    ("participation:record_feed", ["measure", "@draft"], everyone(404)),
    ("participation:record_feed", ["dialogue", "@hidden_dialogue"], everyone(404)),
    ("participation:record_feed", ["chapter", "08.3"], everyone(404)),
    ("participation:moderation", [], only(*MODERATORS)),
    ("participation:moderate", ["@waiting"], only(*MODERATORS)),
    ("participation:answers", [], only(*OFFICE)),
    ("participation:answer", ["@published"], only(*OFFICE)),
    ("participation:close", ["@loop"], everyone(405)),
    *[(f"participation:{name}", [], everyone()) for name in ("register", "figures", "due")],
    *[("participation:register_file", [kind], everyone()) for kind in ("xlsx", "csv", "pdf")],
    ("participation:register_file", ["exe"], everyone(404)),
    ("participation:flag", ["@published"], everyone()),
    ("participation:flag", ["@waiting"], everyone(404)),
    ("participation:appeal", ["@hidden_receipt"], everyone()),
    ("participation:appeal", ["AAAA-AAAA-AAAA"], everyone(404)),
    ("participation:appeals", [], only(*MODERATORS)),
    ("participation:decide_appeal", ["@appeal"], only(*MODERATORS)),
    ("participation:merge", ["@published"], only(*DIALOGUE)),
    ("participation:unmerge", ["@published"], everyone(405)),
    ("participation:split", ["@published"], only(*OFFICE)),
    ("participation:group", [], everyone(405)),
    ("participation:answer_together", [], {**everyone(403), None: 302, **dict.fromkeys(OFFICE, 302)}),
    ("participation:correct", ["@treatment"], only(*OFFICE)),
    ("participation:invitation", ["leitbild-fragen"], everyone()),
    ("participation:invitation", ["@hidden_dialogue"], seen_by(*DIALOGUE)),
    ("short_dialogue", ["leitbild-fragen"], everyone(302)),
    ("short_dialogue", ["@hidden_dialogue"], {**everyone(404), **dict.fromkeys(DIALOGUE, 302)}),
    # The Konzeptplan
    ("konzeptplan:dashboard", [], everyone()),
    ("konzeptplan:council", [], only(*COUNCIL)),
    *[(f"konzeptplan:{name}", [], everyone()) for name in (
        "snapshots", "comparison", "sessions", "decisions", "exports", "presentation",
    )],
    *[(f"konzeptplan:{name}", [], only(*COUNCIL)) for name in (
        "council_comparison", "council_exports", "council_presentation", "notes",
    )],
    ("konzeptplan:snapshot", ["@snapshot"], everyone()),
    ("konzeptplan:snapshot", [987654], everyone(404)),
    ("konzeptplan:council_snapshot", ["@snapshot"], only(*COUNCIL)),
    ("konzeptplan:council_snapshot", [987654], only(others=403) | dict.fromkeys(COUNCIL, 404)),
    ("konzeptplan:snapshot_list", ["@snapshot"], everyone(404)),  # needs the query string of one of its numbers
    ("konzeptplan:council_snapshot_list", ["@snapshot"], only(others=403) | dict.fromkeys(COUNCIL, 404)),
    ("konzeptplan:session", ["@session"], everyone()),
    ("konzeptplan:session", ["@internal_session"], seen_by(*COUNCIL)),
    ("konzeptplan:session", [987654], everyone(404)),
    ("konzeptplan:agenda", ["@session"], everyone()),
    ("konzeptplan:agenda", ["@internal_session"], seen_by(*COUNCIL)),
    ("konzeptplan:freeze", ["@session"], everyone(405)),
    ("konzeptplan:decision", ["@decision"], everyone()),
    ("konzeptplan:decision", ["@internal_decision"], seen_by(*COUNCIL)),
    ("konzeptplan:decision", ["@draft_decision"], seen_by(*OFFICE)),
    ("konzeptplan:decision", [987654], everyone(404)),
    ("konzeptplan:export", ["massnahmen.csv"], everyone()),
    ("konzeptplan:export", ["gibt-es-nicht.pdf"], everyone(404)),
    ("konzeptplan:council_export", ["massnahmen.csv"], only(*COUNCIL)),
    ("konzeptplan:note_measure", ["LW-01"], only(*COUNCIL)),
    ("konzeptplan:note_measure", ["@draft"], only(*OFFICE) | {"council": 404}),
    ("konzeptplan:note_tile", ["money"], only(*COUNCIL)),
    ("konzeptplan:note_tile", ["gibt-es-nicht"], only(others=403) | dict.fromkeys(COUNCIL, 404)),
    ("konzeptplan:follow", ["LW-01"], everyone(405)),
    ("konzeptplan:share", [], everyone(405)),
    ("konzeptplan:link", ["@link"], everyone(302)),
    ("konzeptplan:link", ["gibtesnicht"], everyone(404)),
]  # fmt: skip

# Change lists of the administration: who may open which desk.
READERS = ("moderator", *COUNCIL)
DESKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["step.measure", "step.plan", "step.locality", "step.interventionarea", "step.timehorizon", "step.swotentry"],
        READERS,
    ),
    **dict.fromkeys([f"participation.{name}" for name in ("dialogue", "loop", "question", "poll", "event")], READERS),
    "participation.registration": OFFICE,
    "participation.contribution": DIALOGUE,
    "participation.treatment": READERS,
    **dict.fromkeys(
        ["participation.moderationdecision", "participation.flag", "participation.appeal"],
        ("moderator", "office_lead", "administrator"),
    ),
    "participation.address": OFFICE,
    "participation.comment": ("moderator", "office_lead", "administrator"),
    **dict.fromkeys(
        [
            "leitbild.chapter", "leitbild.reference", "leitbild.glossaryterm", "leitbild.sdg",
            "leitbild.leipzigprinciple", "leitbild.instrument", "leitbild.pillar", "leitbild.actionfield",
            "leitbild.theme", "leitbild.goal", "leitbild.brandstatement", "leitbild.organisationunit",
            "leitbild.indicator", "leitbild.indicatorvalue", "leitbild.evaluation",
        ],
        READERS,
    ),
    **dict.fromkeys(["konzeptplan.session", "konzeptplan.decision", "konzeptplan.snapshot"], COUNCIL),
    "leitbild.loadedrecord": ("administrator",),
    "accounts.user": ("administrator",),
    "accounts.auditentry": ("office_lead", "administrator"),
    "accounts.outboxmail": ("administrator",),
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
