"""The three main jobs, played in a real browser: with and without scripts, at phone and desktop width."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
WAYS = pytest.mark.parametrize(
    ("phone", "scripts"), [(True, True), (True, False), (False, True), (False, False)], ids=str
)
PAGES = [
    "/de/",
    "/de/leitbild/",
    "/de/leitbild/kapitel/08.3/",
    "/de/step/",
    "/de/step/klima-nachhaltigkeit/",
    "/de/massnahmen/",
    "/de/massnahmen/KN-01/",
    "/de/karte/",
    "/de/orte/niederkorn/",
    "/de/dialog/",
    "/de/dialog/leitbild-fragen/",
    "/de/konzeptplan/",
    "/de/suche/?q=Rad",
    "/de/konto/login/",
]


def follow(page: Page, href: str) -> None:
    """Click the first visible link of the main content whose address contains `href`."""
    page.locator(f"main a[href*='{href}']:visible").first.click()


@WAYS
def test_a_citizen_walks_the_chain_from_measure_to_chapter_and_back(visit: Visit, phone: bool, scripts: bool) -> None:
    page = visit("/de/massnahmen/VM-01/", phone=phone, scripts=scripts)
    follow(page, "/de/step/verkehr")
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    follow(page, "/de/leitbild/ziele/")
    expect(page).to_have_url(re.compile("/leitbild/ziele/"))
    follow(page, "/de/leitbild/kapitel/08.3")
    expect(page).to_have_url(re.compile("/kapitel/08.3"))
    follow(page, "/de/leitbild/ziele/")  # and back again
    follow(page, "/de/massnahmen/")
    expect(page).to_have_url(re.compile("/massnahmen/"))


@WAYS
def test_a_citizen_is_published_answered_and_sees_what_became_of_it(visit: Visit, phone: bool, scripts: bool) -> None:
    words = f"Mehr Bäume am Bahnhof, phone={phone}, scripts={scripts}"
    citizen = visit("/de/", phone=phone, scripts=scripts)
    follow(citizen, "/de/dialog/leitbild-fragen/")
    citizen.get_by_label("Was wollen wir sein?").check()
    citizen.locator("#id_text").fill(words)
    citizen.locator("#mitmachen button").click()
    code = citizen.locator(".receipt-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)

    moderator = visit("/de/dialog/moderation/", role="moderator", phone=phone, scripts=scripts)
    waiting = moderator.locator("article", has_text=words)
    waiting.locator("button[value=publish]").click()
    expect(moderator.locator("article", has_text=words)).to_have_count(0)

    planner = visit("/de/dialog/antworten/", role="planner", phone=phone, scripts=scripts)
    planner.locator("article", has_text=words).locator("a.btn").click()
    planner.locator("input[value=adopted]").check()
    planner.locator("#id_reason").fill("Wir pflanzen zwölf Bäume.")
    planner.locator("#id_unit").select_option(index=1)
    planner.locator("#id_measure").select_option(
        label=planner.locator("#id_measure option", has_text="KN-01").inner_text()
    )
    planner.locator("main form button").last.click()

    citizen.goto("/de/dialog/beleg/")
    citizen.locator("#id_code").fill(code.lower())
    citizen.locator("main form button").click()
    expect(citizen.locator("main")).to_contain_text("Wir pflanzen zwölf Bäume.")
    follow(citizen, "/de/massnahmen/KN-01/")
    expect(citizen.locator("main")).to_contain_text(words)  # and the measure names the voice


@WAYS
def test_a_planner_maintains_a_measure_and_cannot_publish_it(visit: Visit, phone: bool, scripts: bool) -> None:
    page = visit("/admin/step/measure/?q=VM-02", role="planner", phone=phone, scripts=scripts)
    page.get_by_role("link", name="VM-02").first.click()
    title = page.locator("#id_title_de")
    was = title.input_value()
    title.fill(f"{was} (neu)")
    page.locator("input[name=_continue]").first.click()
    expect(page.locator("#id_title_de")).to_have_value(f"{was} (neu)")
    page.locator("#id_title_de").fill(was)
    page.locator("input[name=_save]").first.click()
    page.goto("/admin/step/measure/?q=LW-01")  # a plan to which she is not bound: she reads it
    page.get_by_role("link", name="LW-01").first.click()
    expect(page.locator("input[name=_save]")).to_have_count(0)


@WAYS
def test_a_council_member_opens_a_number_and_finds_the_list_behind_it(visit: Visit, phone: bool, scripts: bool) -> None:
    page = visit("/de/konzeptplan/rat/", role="council", phone=phone, scripts=scripts)
    number = page.locator(".matrix tfoot td.total a")
    total = number.inner_text().strip()
    number.click()
    expect(page).to_have_url(re.compile("audience=council"))
    expect(page.locator("main")).to_contain_text(total)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit("/de/")
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = []
    for path in PAGES:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)
    assert not too_wide


def test_the_map_draws_places_with_no_tile_server_and_asks_no_other_host(visit: Visit, portal: str) -> None:
    page = visit("/de/")
    foreign: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith((portal, "data:")) else foreign.append(request.url)
    )
    page.goto("/de/karte/")
    page.wait_for_selector(".leaflet-interactive")
    assert page.locator("path.leaflet-interactive").count() >= 4
    assert not foreign


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(visit: Visit) -> None:
    page = visit("/de/massnahmen/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_the_menu_opens_by_keyboard_on_a_phone(visit: Visit) -> None:
    page = visit("/de/", phone=True)
    menu = page.locator(".menu-main summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.locator(".menu-main a[href='/de/karte/']").click()
    expect(page).to_have_url(re.compile("/karte/"))


def test_what_was_typed_is_still_there_after_an_error(visit: Visit) -> None:
    page = visit("/de/dialog/leitbild-fragen/")
    page.locator("#id_text").evaluate("field => field.removeAttribute('maxlength')")
    page.locator("#id_text").fill("x" * 6000)
    page.locator("#mitmachen button").click()
    expect(page.locator("#form-errors")).to_be_visible()
    assert len(page.locator("#id_text").input_value()) == 6000
