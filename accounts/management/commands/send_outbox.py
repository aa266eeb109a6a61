"""Send the mails that wait in the outbox.

Any number of these may run at once, on any number of machines: a mail is claimed before it is sent. SIGTERM lets the
mail under way finish. `work` does the same and also writes the news; one of the two has to run.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import OutboxMail
from accounts.sending import send_due
from common.loop import Stopper, repeat


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be sent")
        parser.add_argument("--limit", type=int, default=200, help="mails in one go (default 200)")
        parser.add_argument("--loop", type=int, default=0, metavar="SECONDS", help="again after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._tell(options["limit"])
            return
        with Stopper() as stop:
            repeat(lambda: self._send(options["limit"], stop), seconds=options["loop"], stop=stop)

    def _send(self, limit: int, stop: Stopper) -> None:
        tally = send_due(limit=limit, stop=stop)
        if tally.sent or tally.failed or tally.unclear:
            self.stdout.write(f"{tally.sent} sent, {tally.failed} failed, {tally.unclear} unclear")

    def _tell(self, limit: int) -> None:
        due = OutboxMail.objects.due(timezone.now())
        for mail in due[:limit]:
            self.stdout.write(f"{mail.key}: {mail.subject}")
        self.stdout.write(f"{due.count()} mails wait; nothing was sent")
