"""Generate labelled sample data on top of the real content, for demonstrations and measurements.

Refuses to run unless SAMPLE_DATA is on, so that it never reaches a city's portal by mistake. The same seed makes the
same data on the same day. One person per role is made too, to try every part of the portal.
"""

import sys
from argparse import ArgumentParser
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import ProgressBar
from django.db import transaction
from django.utils import timezone, translation

from differdange_portal.sample.measures import MeasureMaker
from differdange_portal.sample.people import PASSWORD, make_people
from differdange_portal.sample.voices import VoiceMaker
from step.models import Measure, Plan

BATCH = 500


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--measures", type=int, default=64, help="how many (default 64)")
        parser.add_argument("--contributions", type=int, default=300, help="how many (default 300)")
        parser.add_argument("--years", type=int, default=4, help="span of dates and budgets (default 4)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same data")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where sample data is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        if options["if_empty"] and Measure.objects.filter(is_sample=True).exists():
            self._tell_people()
            return
        with translation.override("de"), transaction.atomic():
            self._make(**{key: options[key] for key in ("measures", "contributions", "years", "seed")})
        self._tell_people()

    def _check(self, options: dict[str, Any]) -> None:
        if not settings.SAMPLE_DATA:
            raise CommandError("Sample data needs SAMPLE_DATA=true and a database of its own. Use `make demo`.")
        if not Plan.objects.exists():
            raise CommandError("Load the real content first: manage.py load_leitbild")
        if min(options["measures"], options["contributions"]) < 0 or options["years"] < 1:
            raise CommandError("--measures and --contributions count from 0, --years from 1.")

    def _make(self, *, measures: int, contributions: int, years: int, seed: int) -> None:
        if Measure.objects.filter(is_sample=True).exists():
            raise CommandError("Sample data is there already. Start from an empty database, or pass --if-empty.")
        rng = Random(seed)  # noqa: S311 -- reproducible samples, nothing secret
        today = timezone.localdate()
        people = make_people()
        made = MeasureMaker(rng, today, years).make(measures)
        self.stdout.write(f"{len(made)} sample measures")
        voices = VoiceMaker(rng, timezone.now(), years, people)
        progress = ProgressBar(sys.stdout if sys.stdout.isatty() else None, contributions)
        for done in range(0, contributions, BATCH):
            voices.make(min(BATCH, contributions - done))
            progress.update(min(done + BATCH, contributions))
        self.stdout.write(f"{contributions} sample contributions")

    def _tell_people(self) -> None:
        self.stdout.write("Log in as citizen, moderator, planner, council, office_lead or administrator")
        self.stdout.write(f"  e-mail <role>@beispiel.example, password {PASSWORD}")
