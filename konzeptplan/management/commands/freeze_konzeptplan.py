"""Freeze the Konzeptplan of today for everyone and for the council. Made for a scheduler.

The same day and label never freeze twice, so that it may run as often as it likes.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import formats, timezone, translation

from konzeptplan.models import Snapshot
from konzeptplan.services import freeze_konzeptplan


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--label", default="", help="default: the month, for example “November 2026”")
        parser.add_argument("--dry-run", action="store_true", help="say what would be frozen, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        with translation.override(settings.LANGUAGE_CODE):
            label = options["label"].strip() or formats.date_format(today, "YEAR_MONTH_FORMAT")
        if options["dry_run"]:
            there = Snapshot.objects.filter(taken_on=today, label=label).exists()
            self.stdout.write(f"{today} “{label}”: " + ("is frozen already" if there else "would be frozen"))
            return
        try:
            snapshot, is_new = freeze_konzeptplan(on=today, label=label)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{snapshot.short_id} “{label}”: " + ("frozen" if is_new else "was frozen already"))
