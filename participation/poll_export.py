"""The ballots of a poll as a table for staff: a row per ballot in no meaningful order, nothing about the voter."""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from common.spreadsheet import safe_cell
from participation.models import Poll, PollAnswer, PollQuestion, QuestionKind

Column = tuple[int, int | None]  # question, and the row or option that has a column of its own
BY_OPTION = {QuestionKind.RANKING, QuestionKind.BUDGET}


def table(poll: Poll) -> Iterator[list[Any]]:
    """The head, then a row per ballot; several choices in one cell are parted by semicolons."""
    columns: dict[Column, str] = {}
    for question in poll.in_order():
        columns.update(_columns(question))
    yield [safe_cell(head) for head in columns.values()]
    cells: dict[UUID, dict[Column, list[Any]]] = defaultdict(lambda: defaultdict(list))
    answers = PollAnswer.objects.filter(ballot__poll=poll).select_related("question", "option")
    for answer in answers.order_by("ballot", "option__position"):
        column, value = _cell(answer)
        cells[answer.ballot_id][column].append(value)
    for ballot in cells.values():
        yield [safe_cell(_joined(ballot.get(column, []))) for column in columns]


def _columns(question: PollQuestion) -> dict[Column, str]:
    kind = question.kind_enum
    parts = question.rows if kind.has_rows else question.choices if kind in BY_OPTION else []
    if not parts:
        return {(question.pk, None): question.text}
    return {(question.pk, part.pk): f"{question.text}: {part.label}" for part in parts}


def _cell(answer: PollAnswer) -> tuple[Column, Any]:
    kind = answer.question.kind_enum
    if kind in BY_OPTION:
        return (answer.question_id, answer.option_id), answer.value
    if kind is QuestionKind.SCALE:
        return (answer.question_id, None), answer.value
    if kind is QuestionKind.TEXT:
        return (answer.question_id, None), answer.text
    return (answer.question_id, answer.row_id), answer.option.label if answer.option else ""


def _joined(values: list[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    return "; ".join(str(value) for value in values) or None


def as_csv(poll: Poll) -> bytes:
    """UTF-8 with a mark that spreadsheet programs understand."""
    out = io.StringIO()
    csv.writer(out).writerows(table(poll))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(poll: Poll) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Ballots")
    for row in table(poll):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Poll], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX, as_xlsx),
}
