"""Delete who had registered for events that are long over, give on places that nobody confirmed, seal ended polls.

For a daily job; repeating it changes nothing. With --dry-run it only says what it would delete.
"""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from participation.models import Poll, Registration
from participation.services.events import purge_registrations, release_lapsed
from participation.services.polls import seal_ended


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing, only count")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["dry_run"]:
            before = now - dt.timedelta(days=settings.REGISTRATION_DAYS)
            due = Registration.objects.to_purge(before).count()
            ended = Poll.objects.ended_on(timezone.localdate(now)).filter(sealed_on=None).count()
            self.stdout.write(f"would delete {due} registrations and seal {ended} polls")
            return
        release_lapsed(now)
        deleted, sealed = purge_registrations(now), seal_ended(timezone.localdate(now))
        self.stdout.write(f"deleted {deleted} registrations, sealed {sealed} polls")
