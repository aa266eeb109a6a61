"""Export all measures, milestones, budget lines, indicators and values; importing the file again changes nothing.

FILE.xlsx holds all sheets, FILE.csv one of them (--sheet). `-` writes CSV to the standard output. Drafts and internal
notes are in it: keep the file where only the office reads it.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import ProgressBar

from step.exchange import export, records
from step.exchange.columns import BY_KEY


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="where to write: NAME.xlsx, NAME.csv, or - for CSV on the standard output")
        parser.add_argument("--sheet", choices=list(BY_KEY), default="measures", help="which sheet a CSV file holds")

    def handle(self, *args: Any, **options: Any) -> None:
        name, sheet = options["file"], BY_KEY[options["sheet"]]
        if name.lower().endswith(".xlsx"):
            data = export.as_workbook(records.all_measures(), records.all_indicators(), self._progress())
        elif name == "-" or name.lower().endswith(".csv"):
            data = export.as_csv(sheet, records.all_measures(), records.all_indicators())
        else:
            raise CommandError("The name must end with .xlsx or .csv.")
        if name == "-":
            self.stdout.write(data.decode("utf-8-sig"), ending="")
            return
        try:
            Path(name).write_bytes(data)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error
        self.stdout.write(self.style.SUCCESS(f"{len(data)} bytes written to {name}"))

    def _progress(self) -> Any:
        bar = ProgressBar(sys.stdout if sys.stdout.isatty() else None, len(export.SHEETS))
        return lambda done, total: bar.update(done)
