"""The outbox is drained: nothing twice, nothing lost, whatever happens on the way."""

import datetime as dt
import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import desk, sending
from accounts.models import AuditEntry, MailState, OutboxMail, User
from accounts.outbox import enqueue, forget
from accounts.sending import send_due

MAIL = {"to": "ana@example.lu", "language": "pt", "subject": "Resposta", "body": "Obrigado."}
NOW = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC)
db = pytest.mark.django_db


class BrokenBackend(EmailBackend):
    """A mail server that refuses, breaks off or is away, as the test says."""

    refuses: Exception | None = None
    away: Exception | None = None

    def open(self) -> bool:
        if self.away:
            raise self.away
        return True

    def send_messages(self, messages: Any) -> int:
        if self.refuses:
            raise self.refuses
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    monkeypatch.setattr(BrokenBackend, "refuses", None)
    monkeypatch.setattr(BrokenBackend, "away", None)
    return BrokenBackend


@db
def test_a_mail_goes_out_once_with_its_language_and_the_way_to_unsubscribe() -> None:
    enqueue(key="k", unsubscribe_url="https://portal.lu/ab/1", **MAIL)
    assert send_due().sent == 1
    assert send_due().sent == 0
    (sent,) = mail.outbox
    headers = sent.message()
    assert headers["List-Unsubscribe"] == "<https://portal.lu/ab/1>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Content-Language"] == "pt"
    assert OutboxMail.objects.get().state == MailState.SENT


@db
def test_the_message_id_is_the_same_each_time_and_tells_no_address() -> None:
    first = sending.message_id("answered:1:ana@example.lu")
    assert first == sending.message_id("answered:1:ana@example.lu") != sending.message_id("answered:2:ana@example.lu")
    assert "ana" not in first


@db
def test_a_mail_that_another_worker_holds_is_left_alone_until_its_claim_expires() -> None:
    enqueue(key="k", **MAIL)
    OutboxMail.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=9))
    assert send_due().sent == 0
    OutboxMail.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=11))
    assert send_due().sent == 1


@db
def test_a_worker_that_lost_its_claim_while_it_slept_does_not_send(monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue(key="k", **MAIL)
    write = sending.message_of

    def sleep_for_an_hour(row: OutboxMail, connection: Any = None) -> Any:
        OutboxMail.objects.update(claimed_at=timezone.now())  # another worker took it meanwhile
        return write(row, connection)

    monkeypatch.setattr(sending, "message_of", sleep_for_an_hour)
    assert send_due().sent == 0
    assert not mail.outbox


@db
def test_a_refused_mail_is_tried_again_later_and_later_and_then_given_up_with_the_reason(server: Any) -> None:
    enqueue(key="k", **MAIL)
    server.refuses = smtplib.SMTPDataError(451, b"greylisted")
    waits = []
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=1), tick=False) as clock:
        for _attempt in range(sending.MAX_ATTEMPTS):
            assert send_due().failed == 1
            row = OutboxMail.objects.get()
            waits.append(row.not_before - timezone.now())
            assert send_due().failed == 0  # not before its time
            clock.move_to(row.not_before + dt.timedelta(seconds=1))
        assert waits[:-1] == sorted(waits[:-1])
        assert waits[-2] == sending.LONGEST_DELAY
        row = OutboxMail.objects.get()
        assert (row.state, row.attempts) == (MailState.GIVEN_UP, sending.MAX_ATTEMPTS)
        assert "greylisted" in row.last_error
        server.refuses = None
        assert send_due().sent == 0


@db
def test_while_the_mail_server_is_away_mails_wait_and_lose_no_attempt(server: Any) -> None:
    enqueue(key="k", **MAIL)
    enqueue(key="l", **MAIL)
    server.away = ConnectionRefusedError("nobody listens")
    for _try in range(20):
        assert send_due().server_away
        OutboxMail.objects.update(not_before=timezone.now())
    row = OutboxMail.objects.get(key="k")
    assert (row.attempts, row.state) == (0, MailState.WAITING)
    assert "nobody listens" in row.last_error
    server.away = None
    assert send_due().sent == 2


@db
@pytest.mark.parametrize("error", [TimeoutError("slow"), smtplib.SMTPServerDisconnected("gone"), RuntimeError("odd")])
def test_a_mail_whose_fate_is_unknown_is_not_sent_again_by_itself(server: Any, error: Exception) -> None:
    enqueue(key="k", **MAIL)
    server.refuses = error
    assert send_due().unclear == 1
    server.refuses = None
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        assert send_due().sent == 0
        assert OutboxMail.objects.get().state == MailState.UNCLEAR


@db
def test_a_mail_that_cannot_be_written_does_not_stop_the_others() -> None:
    enqueue(key="k", **{**MAIL, "to": "ana@example.lu\nBcc: all@example.lu"})
    enqueue(key="l", **MAIL)
    tally = send_due()
    assert (tally.failed, tally.sent) == (1, 1)


@db
def test_what_is_deleted_is_not_sent_any_more(citizen: User) -> None:
    enqueue(key="k", about=citizen, **MAIL)
    forget(citizen)
    assert send_due().sent == 0
    assert not OutboxMail.objects.exists()


@db
def test_the_command_says_what_it_would_send_and_sends_as_many_as_it_may(capsys: pytest.CaptureFixture) -> None:
    for number in range(3):
        enqueue(key=f"k{number}", **MAIL)
    call_command("send_outbox", "--dry-run")
    assert "3 mails wait" in capsys.readouterr().out
    assert not mail.outbox
    call_command("send_outbox", "--limit", "2")
    assert len(mail.outbox) == 2


@db
def test_administrators_see_stuck_mails_at_their_desk_and_decide_about_them(
    as_role: Callable[..., Client], administrator: User, moderator: User
) -> None:
    for key in ("unclear", "given-up", "waiting"):
        enqueue(key=key, **MAIL)
    long_ago = timezone.now() - dt.timedelta(hours=2)
    OutboxMail.objects.filter(key="unclear").update(handed_at=long_ago, claimed_at=long_ago)
    OutboxMail.objects.filter(key="given-up").update(given_up_at=long_ago, attempts=8)
    assert [waiting.count for waiting in desk.waiting_for(administrator, NOW.date())] == [1, 1]
    assert desk.waiting_for(moderator, NOW.date()) == []
    client = as_role("administrator")
    listed = "/admin/accounts/outboxmail/"
    assert client.get(listed + "?state=unclear").content.decode().count('class="action-select"') == 1
    chosen = {"_selected_action": list(OutboxMail.objects.values_list("pk", flat=True))}
    client.post(listed, {"action": "send_again", **chosen})
    assert AuditEntry.objects.filter(action="outbox.again").count() == 2  # the waiting one is in good hands
    assert send_due().sent == 3
    OutboxMail.objects.filter(key="unclear").update(sent_at=None, handed_at=long_ago)
    client.post(listed, {"action": "mark_as_sent", **chosen})
    assert OutboxMail.objects.get(key="unclear").state == MailState.SENT
    assert client.get(f"/admin/accounts/outboxmail/{chosen['_selected_action'][0]}/delete/").status_code == 403


# --- Killed for real: a process of its own on a database of its own


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process with a database in a file and mails in a folder."""
    folder = tmp_path_factory.mktemp("killed")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "EMAIL_FILES": str(folder / "mails"),
        "DJANGO_SETTINGS_MODULE": "tests.accounts.killed.settings",
        "KILLED": "",
    }
    (folder / "mails").mkdir()
    run(environment, "migrate", "--verbosity", "0")
    return environment


def run(environment: dict[str, str], *command: str, killed: str = "") -> int:
    started = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env={**environment, "KILLED": killed},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert killed or started.returncode == 0, started.stderr.decode()
    return started.returncode


def write(environment: dict[str, str], key: str) -> None:
    line = f"from accounts.outbox import enqueue; enqueue(key={key!r}, **{MAIL!r})"
    run(environment, "shell", "-c", line)


def sent_files(environment: dict[str, str]) -> list[str]:
    """Message-IDs of what went out. Mails of one second may stand in one file."""
    files = sorted(Path(environment["EMAIL_FILES"]).iterdir())
    return [number for file in files for number in re.findall(r"^Message-ID: (\S+)", file.read_text(), re.MULTILINE)]


def expire(environment: dict[str, str]) -> None:
    line = (
        "import datetime as dt; from django.db.models import F; from accounts.models import OutboxMail;"
        "hour = dt.timedelta(hours=1);"
        "OutboxMail.objects.update(claimed_at=F('claimed_at') - hour, handed_at=F('handed_at') - hour)"
    )
    run(environment, "shell", "-c", line)


def test_killed_between_sending_and_marking_no_mail_goes_out_twice_and_staff_see_it(elsewhere: dict[str, str]) -> None:
    write(elsewhere, "after")
    assert run(elsewhere, "send_outbox", killed="after sending") == -signal.SIGKILL
    assert sent_files(elsewhere) == [sending.message_id("after")]
    expire(elsewhere)
    run(elsewhere, "send_outbox")
    assert len(sent_files(elsewhere)) == 1
    line = "from accounts.models import OutboxMail as O; assert [m.state.value for m in O.objects.all()] == ['unclear']"
    run(elsewhere, "shell", "-c", line)
    run(elsewhere, "shell", "-c", "from accounts.models import OutboxMail; OutboxMail.objects.all().delete()")
    for file in Path(elsewhere["EMAIL_FILES"]).iterdir():
        file.unlink()


def test_killed_between_claiming_and_sending_the_mail_is_sent_by_the_next_run(elsewhere: dict[str, str]) -> None:
    write(elsewhere, "before")
    assert run(elsewhere, "send_outbox", killed="before handing") == -signal.SIGKILL
    assert sent_files(elsewhere) == []
    expire(elsewhere)
    run(elsewhere, "send_outbox")
    run(elsewhere, "send_outbox")
    assert sent_files(elsewhere) == [sending.message_id("before")]


def test_workers_that_run_at_once_send_each_mail_once(elsewhere: dict[str, str]) -> None:
    before = set(sent_files(elsewhere))
    line = f"from accounts.outbox import enqueue; [enqueue(key=f'at-once-{{n}}', **{MAIL!r}) for n in range(30)]"
    run(elsewhere, "shell", "-c", line)
    command = [sys.executable, "manage.py", "send_outbox"]
    workers = [subprocess.Popen(command, cwd=settings.BASE_DIR, env=elsewhere) for _worker in range(3)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0]
    sent = [number for number in sent_files(elsewhere) if number not in before]
    assert sorted(sent) == sorted(sending.message_id(f"at-once-{number}") for number in range(30))


def test_a_loop_ends_cleanly_when_it_is_asked_to(elsewhere: dict[str, str]) -> None:
    loop = subprocess.Popen(
        [sys.executable, "manage.py", "send_outbox", "--loop", "1"], cwd=settings.BASE_DIR, env=elsewhere
    )
    time.sleep(4)
    assert loop.poll() is None
    loop.send_signal(signal.SIGTERM)
    assert loop.wait(timeout=20) == 0
