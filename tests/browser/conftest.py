"""A real portal on a database of its own, and a real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "correct horse battery"
PEOPLE = """
import datetime as dt
from django.utils import timezone
from participation.models import Loop
from tests.conftest import make_person
from accounts.roles import Role
from allauth.account.models import EmailAddress
from step.models import Plan
for role in Role:
    person = make_person(role)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if role == Role.PLANNER:
        person.plans.set(Plan.objects.filter(code="VM"))
# The first dialogue is open today, whenever the tests run.
today, days = timezone.localdate(), dt.timedelta(days=1)
dates = {"invite_from": -9, "participate_from": -1, "feedback_from": 9, "ends_on": 19}
Loop.objects.update(**{name: today + offset * days for name, offset in dates.items()})
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a portal with the city's content and one person per role."""
    folder = tmp_path_factory.mktemp("portal")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "EMAIL_URL": "consolemail://",
    }
    for command in (["migrate", "-v0"], ["load_leitbild", "-v0"], ["shell", "-v0", "-c", PEOPLE]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "differdange_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
        cwd=ROOT,
        env=environment,
        stderr=(folder / "server.log").open("w"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/readyz")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=os.environ["CHROMIUM_PATH"], args=["--no-sandbox", "--disable-background-networking"]
    )
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """Open a page as a visitor or as somebody with a role; complaints of the console fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/de/", *, role: str | None = None, phone: bool = False, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=portal, viewport=PHONE if phone else DESKTOP, java_script_enabled=scripts, locale="de-LU"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(f"{page.url}: {m.text}") if _complains(m) else None)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        if role:
            page.goto("/de/konto/login/")
            page.get_by_label("E-Mail").fill(f"{role}@example.lu")
            page.get_by_label("Passwort", exact=False).first.fill(PASSWORD)
            page.locator("main form button[type=submit]").click()
            page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _complains(message: object) -> bool:
    """Errors of scripts and of the Content-Security-Policy, not the 404 that a test asked for."""
    return getattr(message, "type", "") == "error" and "status of 404" not in getattr(message, "text", "")
