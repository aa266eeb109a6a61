"""What the roll-up reads of the participation: every published contribution once, in two queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils import timezone

from konzeptplan.records import Audience, Voice
from participation.models import Contribution, Loop, Result

TAKEN_UP = {Result.ADOPTED.value, Result.PARTLY.value}
FIELDS = ("pk", "published_at", "plan__code", "measure", "loop", "locality__slug", "points",
          "points__treatment__answered_at", "points__treatment__measure", "points__treatment__result")  # fmt: skip


class Answer(NamedTuple):
    """What became of one point by the day; all None while nothing did."""

    at: dt.datetime | None = None
    measure: int | None = None
    result: str | None = None


def read_voices(
    at: dt.date, audience: Audience, code_of: dict[int, str], plans_of: dict[int, set[str]]
) -> tuple[tuple[Voice, ...], dict[int, int]]:
    """The voices, and how many of them concern each measure (by primary key, as `code_of` and `plans_of`)."""
    end = timezone.make_aware(dt.datetime.combine(at, dt.time.max))
    loops = {
        pk: (plan or "", measure)
        for pk, plan, measure in Loop.objects.order_by().values_list("pk", "dialogue__plan__code", "dialogue__measure")
    }
    voices_of: dict[int, int] = defaultdict(int)
    voices = []
    for row, answers in _heard(audience, end):
        key, published_at, plan, measure, loop, place = row
        loop_plan, loop_measure = loops.get(loop, ("", None))
        changed = {answer.measure for answer in answers if answer.measure in code_of}
        concerned = {pk for pk in (measure, loop_measure) if pk in code_of} | changed
        plans = {code.lower() for code in (plan, loop_plan) if code}.union(*(plans_of[pk] for pk in concerned))
        last = max((answer.at for answer in answers if answer.at), default=None)
        answered = bool(answers) and all(answer.at for answer in answers)
        for pk in concerned:
            voices_of[pk] += 1
        voices.append(
            Voice(
                key=str(key),
                plans=frozenset(plans),
                answered=answered,
                days_to_answer=(last - published_at).days if answered and last else None,
                changed_measure=bool(changed),
                measures=frozenset(code_of[pk] for pk in concerned),
                locality=place or "",
                unmet=measure is None and loop_measure is None and any(map(_is_unmet, answers)),
            )
        )
    return tuple(voices), dict(voices_of)


def _is_unmet(answer: Answer) -> bool:
    return answer.result in TAKEN_UP and answer.measure is None


def _heard(audience: Audience, end: dt.datetime) -> Iterator[tuple[tuple[Any, ...], list[Answer]]]:
    """Each contribution with the answers to its points; an answer after the day is not yet given."""
    rows = Contribution.objects.for_audience(audience.value).filter(published_at__lte=end).order_by("pk")
    joined: Iterable[tuple[Any, ...]] = rows.values_list(*FIELDS)
    for _key, group in groupby(joined, key=itemgetter(0)):
        lines = list(group)
        answers = [
            Answer(at, measure, result) if at and at <= end else Answer()
            for *_row, point, at, measure, result in lines
            if point is not None
        ]
        yield lines[0][:6], answers
