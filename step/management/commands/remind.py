"""Remind the people who look after measures of what is late, due, stale or incomplete: one calm mail to each.

Run it once a day. Nobody gets more than one mail in five days; running it again on the same day sends nothing. The
mails go to the outbox, from where they are sent. The rules stand at the top of `step/reminders.py`.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from step.reminders import digests, send


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say who would be reminded of what, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now, number = timezone.now(), 0
        for digest in digests(now):
            if options["dry_run"] or options["verbosity"] > 1:
                codes = ", ".join(f"{item.measure.code} ({', '.join(item.reasons)})" for item in digest.items)
                self.stdout.write(f"{digest.person.email}: {codes}")
            number += options["dry_run"] or send(digest, now)
        done = "would be written" if options["dry_run"] else "written to the outbox"
        self.stdout.write(self.style.SUCCESS(f"{number} reminders {done}"))
