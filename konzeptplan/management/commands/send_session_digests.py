"""Put the digests of the coming sessions into the outbox, for those who follow measures. Made for a scheduler.

Each session tells each person once, however often this runs.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from konzeptplan.services import enqueue_digests
from konzeptplan.services.sessions import DAYS_BEFORE


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="begins the links of the mails: https://portal.example")
        parser.add_argument("--days", type=int, default=DAYS_BEFORE, help="before the session (default %(default)s)")
        parser.add_argument("--dry-run", action="store_true", help="say how many, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        told = enqueue_digests(
            today=timezone.localdate(), site=options["site"], days=options["days"], dry_run=options["dry_run"]
        )
        self.stdout.write(f"{len(told)} digests" + (" would be sent" if options["dry_run"] else " in the outbox"))
