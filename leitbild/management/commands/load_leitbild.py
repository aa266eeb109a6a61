"""Load the city's real content from the YAML of every app, without overwriting what staff changed.

Idempotent: a second run changes nothing. Reports per kind of record how many were created, updated, unchanged, or left
alone because staff changed or deleted them (by name with --verbosity 2). Where the YAML has a fault it names file,
record and field of each, changes nothing and ends with exit code 1.
"""

from argparse import ArgumentParser
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from leitbild.loading import ContentError, Loader, Outcome, Source


def all_sources() -> list[Source]:
    """The sources of every app with a module `content_sources`, from the ground to the roof.

    INSTALLED_APPS lists the apps of the portal from the roof to the ground.
    """
    sources: list[Source] = []
    for app in reversed(list(apps.get_app_configs())):
        name = f"{app.name}.content_sources"
        if find_spec(name):
            sources += import_module(name).SOURCES
    return sources


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report only, change nothing")
        parser.add_argument("--force", action="store_true", help="overwrite what staff changed or deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        loader = Loader(all_sources(), force=options["force"], dry_run=options["dry_run"])
        try:
            loader.load()
        except ContentError as error:
            raise CommandError(f"Nothing was changed.\n{error}") from error
        if options["verbosity"]:
            self._tell(loader, options["verbosity"])

    def _tell(self, loader: Loader, verbosity: int) -> None:
        for label, counts in loader.report.items():
            if verbosity > 1 or set(counts) - {Outcome.UNCHANGED}:
                self.stdout.write(f"{label}: {_counted(counts)}")
        if verbosity > 1:
            for name in loader.left_alone:
                self.stdout.write(f"left to staff: {name}")
        total = sum(loader.report.values(), Counter[Outcome]())
        start = "Content, tried without writing" if loader.dry_run else "Content"
        self.stdout.write(self.style.SUCCESS(f"{start}: {_counted(total)}"))


def _counted(counts: Counter[Outcome]) -> str:
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "nothing"
