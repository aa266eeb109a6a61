"""Do what is to be done in the background: tell the news, write the mails, send them.

With --loop it goes on until SIGTERM and finishes what is under way. Any number may run at once, on any number of
machines.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.sending import send_due
from common.loop import Stopper, repeat
from participation.services import mail_news, tell_news


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", type=int, default=0, metavar="SECONDS", help="again after so many seconds")
        parser.add_argument("--limit", type=int, default=200, help="mails sent in one go (default 200)")

    def handle(self, *args: Any, **options: Any) -> None:
        with Stopper() as stop:
            repeat(lambda: self._work(options["limit"], stop), seconds=options["loop"], stop=stop)

    def _work(self, limit: int, stop: Stopper) -> None:
        told = tell_news()
        written = mail_news(timezone.now())
        tally = send_due(limit=limit, stop=stop)
        if told or written or tally.sent or tally.failed or tally.unclear:
            self.stdout.write(
                f"{told} news told, {written} mails written, "
                f"{tally.sent} sent, {tally.failed} failed, {tally.unclear} unclear"
            )
