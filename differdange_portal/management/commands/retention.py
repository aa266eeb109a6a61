"""Delete what has been kept long enough. To be run once a day.

The rules stand in `*/retention.py`, their times in the settings RETENTION_*, the register in docs/privacy.md.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import retention as accounts
from common.retention import Rule
from participation import retention as participation

RULES: list[Rule] = [*participation.RULES, *accounts.RULES]


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for rule in RULES:
            rows = rule.due(now)
            count = rows.count()
            if count and not options["dry_run"]:
                rule.apply(rows)
            self.stdout.write(f"{count:6} {rule.what} ({rule.after})")
        self.stdout.write("Nothing was deleted." if options["dry_run"] else "Deleted.")
