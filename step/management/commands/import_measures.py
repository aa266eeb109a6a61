"""Import measures, milestones, budget lines, indicators and values from XLSX or CSV: all rows or none.

Reports per sheet how many records are new, changed and unchanged, and with --verbosity 2 what changes in each row.
Where a row is wrong it names sheet, row, column and cure of each, changes nothing and ends with exit code 1.
`--as EMAIL` imports with that person's rights; without it, with those of whoever may run commands on the server.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import ProgressBar
from django.utils import translation

from accounts.models import User
from step.exchange import writing
from step.exchange.comparing import Comparison, Progress, compare
from step.exchange.guards import Actor, Machine
from step.exchange.reading import MOST_BYTES, read


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="XLSX or CSV")
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument("--as", dest="email", default="", help="e-mail of the person whose rights count")

    def handle(self, *args: Any, **options: Any) -> None:
        path, actor = Path(options["file"]), _actor(options["email"])
        with translation.override("de"):
            try:
                if path.stat().st_size > MOST_BYTES:
                    raise CommandError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
                content = read(path.read_bytes(), path.name)
                found = compare(content, actor, self._progress())
                self._tell(found, options["verbosity"])
                if found.problems:
                    raise CommandError(f"{len(found.problems)} places to correct. Nothing was stored.")
                if not options["dry_run"] and found.to_write:
                    writing.apply(content=content, actor=actor, seen=found.digest, progress=self._progress())
            except OSError as error:
                raise CommandError(f"The file cannot be read: {error}") from error
            except ValidationError as error:
                raise CommandError("\n".join([*error.messages, "Nothing was stored."])) from error
            except writing.Outdated as error:
                raise CommandError("Records changed meanwhile. Nothing was stored; please start again.") from error
        done = "would be stored" if options["dry_run"] else "stored"
        self.stdout.write(self.style.SUCCESS(f"{len(found.to_write)} rows {done}"))

    def _progress(self) -> Progress | None:
        if not sys.stdout.isatty():
            return None
        bars: dict[int, ProgressBar] = {}

        def show(done: int, total: int) -> None:
            bars.setdefault(total, ProgressBar(sys.stdout, total)).update(done)

        return show

    def _tell(self, found: Comparison, verbosity: int) -> None:
        for note in found.notes:
            self.stdout.write(note)
        for problem in found.problems:
            self.stdout.write(str(problem))
        for sheet, counts in found.counts:
            told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("created", "changed", "unchanged"))
            self.stdout.write(f"{sheet.title}: {told}")
        for row in found.to_write if verbosity > 1 else []:
            changes = "; ".join(f"{c.column.header}: {c.before or '–'} → {c.after or '–'}" for c in row.changes)
            self.stdout.write(f"{row.outcome} {row.label} ({row.title}, {row.row}): {changes}")


def _actor(email: str) -> Actor:
    if not email:
        return Machine()
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None or not person.has_perm("step.change_measure"):
        raise CommandError(f"{email} is nobody who may change measures.")
    return person
