"""What a poll says: pure arithmetic over counted answers, in a fixed number of queries.

Counts come before percentages; a percentage is given only from `MIN_FOR_SHARES` answers on, and its whole is stated.
While people still vote, nothing is shown before `MIN_WHILE_OPEN` ballots: from fewer, single votes could be read.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from common.charts.bars import BarChart, bars
from participation.models import Poll, PollAnswer, PollQuestion, Publication, QuestionKind, ResultsFrom

MIN_FOR_SHARES = 20
MIN_WHILE_OPEN = 5
SHOWN_TEXTS = 100


@dataclass(frozen=True)
class Tally:
    """How often one mark was made."""

    option: int | None
    row: int | None
    value: int | None
    number: int


@dataclass(frozen=True)
class QuestionResult:
    """A question with `answered`, the number of ballots that answer it, and its charts or texts."""

    question: PollQuestion
    answered: int
    charts: list[BarChart] = field(default_factory=list)
    note: str = ""
    texts: list[str] = field(default_factory=list)
    published: int = 0


@dataclass(frozen=True)
class PollResult:
    ballots: int
    questions: list[QuestionResult]

    @property
    def is_small(self) -> bool:
        return self.ballots < MIN_FOR_SHARES


def are_shown(poll: Poll, ballots: int, day: dt.date) -> bool:
    """Whether everyone may see the results on that day."""
    if poll.is_over(day):
        return True
    return poll.results_from == ResultsFrom.ONCE and ballots >= MIN_WHILE_OPEN


def tally(poll: Poll) -> PollResult:
    """Count all answers of a poll."""
    answers = PollAnswer.objects.filter(question__poll=poll)
    marks: dict[int, list[Tally]] = defaultdict(list)
    for row in answers.values_list("question", "option", "row", "value").annotate(n=Count("pk")).order_by():
        marks[row[0]].append(Tally(*row[1:]))
    by_question = answers.values_list("question").annotate(n=Count("ballot", distinct=True)).order_by()
    answered = dict(by_question.values_list("question", "n"))
    texts: dict[int, list[str]] = defaultdict(list)
    published = answers.filter(status=Publication.PUBLISHED).exclude(text="")
    for question, text in published.order_by("pk").values_list("question", "text"):
        texts[question].append(text)
    results = [
        _RESULTS[q.kind_enum](q, answered.get(q.pk, 0), marks[q.pk])
        if q.kind != QuestionKind.TEXT
        else QuestionResult(q, answered.get(q.pk, 0), texts=texts[q.pk][:SHOWN_TEXTS], published=len(texts[q.pk]))
        for q in poll.in_order()
    ]
    return PollResult(poll.ballots.count(), results)


def _whole(answered: int) -> int | None:
    return answered if answered >= MIN_FOR_SHARES else None


def _choices(question: PollQuestion, answered: int, marks: list[Tally]) -> QuestionResult:
    chosen = {mark.option: mark.number for mark in marks}
    rows = [(option.label, chosen.get(option.pk, 0)) for option in question.choices]
    chart = bars(rows, title=question.text, unit=_("votes"), whole=_whole(answered))
    several = question.kind == QuestionKind.MULTIPLE
    note = _("Several choices were possible, so the shares add up to more than 100 %.") if several else ""
    return QuestionResult(question, answered, [chart], note)


def _ranking(question: PollQuestion, answered: int, marks: list[Tally]) -> QuestionResult:
    """Points: with k options the first rank gives k, the last one 1, no rank none."""
    size, points = len(question.choices), Counter[int | None]()
    for mark in marks:
        points[mark.option] += (size + 1 - (mark.value or 0)) * mark.number
    rows = sorted(((o.label, points[o.pk]) for o in question.choices), key=lambda row: -row[1])
    chart = bars(rows, title=question.text, unit=_("points"))
    note = _("Rank 1 gives %(most)d points, each further rank one less, no rank none.") % {"most": size}
    return QuestionResult(question, answered, [chart], note)


def _scale(question: PollQuestion, answered: int, marks: list[Tally]) -> QuestionResult:
    chosen = {mark.value: mark.number for mark in marks}
    ends = {1: question.low_label, question.scale_steps: question.high_label}
    rows = [(f"{n} – {ends[n]}" if ends.get(n) else str(n), chosen.get(n, 0)) for n in question.steps]
    chart = bars(rows, title=question.text, unit=_("votes"), whole=_whole(answered))
    total = sum((value or 0) * number for value, number in chosen.items())
    note = _("On average %(mean)s.") % {"mean": round(total / answered, 1)} if answered >= MIN_FOR_SHARES else ""
    return QuestionResult(question, answered, [chart], note)


def _matrix(question: PollQuestion, answered: int, marks: list[Tally]) -> QuestionResult:
    chosen = {(mark.row, mark.option): mark.number for mark in marks}
    charts = []
    for row in question.rows:
        cells = [(option.label, chosen.get((row.pk, option.pk), 0)) for option in question.choices]
        whole = _whole(sum(number for _label, number in cells))
        charts.append(bars(cells, title=row.label, unit=_("votes"), whole=whole))
    return QuestionResult(question, answered, charts)


def _budget(question: PollQuestion, answered: int, marks: list[Tally]) -> QuestionResult:
    spent = Counter[int | None]()
    for mark in marks:
        spent[mark.option] += (mark.value or 0) * mark.number
    rows = [(o.label, round(spent[o.pk] / answered, 1) if answered else 0) for o in question.choices]
    unit = question.budget_unit or _("on average")
    note = _("On average of all who answered; each distributed %(total)s.") % {
        "total": f"{question.budget_total} {question.budget_unit}".strip()
    }
    return QuestionResult(question, answered, [bars(rows, title=question.text, unit=unit)], note)


_RESULTS: dict[QuestionKind, Callable[[PollQuestion, int, list[Tally]], QuestionResult]] = {
    QuestionKind.SINGLE: _choices,
    QuestionKind.MULTIPLE: _choices,
    QuestionKind.RANKING: _ranking,
    QuestionKind.SCALE: _scale,
    QuestionKind.MATRIX: _matrix,
    QuestionKind.BUDGET: _budget,
}
