"""The form of a poll: one group of plain inputs per question, so that every kind works without a script."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participation.models import Poll, PollOption, PollQuestion, QuestionKind
from participation.services.polls import Mark

MAX_TEXT = 2000
CHECK = {"class": "form-check-input"}
Data = dict[str, Any]


class Group:
    """A question in the form: its fields, what is wrong with what was typed, and the marks that it gives."""

    def __init__(self, question: PollQuestion) -> None:
        self.question = question
        self.name = f"q{question.pk}"
        self.errors: list[str] = []
        self.bound: dict[str, BoundField] = {}

    def fields(self) -> dict[str, forms.Field]:
        """Form fields by name. None is required by itself: the group says in one message what is missing."""
        raise NotImplementedError

    def marks(self, data: Data) -> list[Mark]:
        """The marks of cleaned data; nothing answered gives none."""
        raise NotImplementedError

    def complaint(self, marks: list[Mark]) -> str:
        """What is wrong with an answer, or nothing. Only asked where there is one."""
        return ""

    def check(self, data: Data) -> None:
        marks = self.marks(data)
        if marks and (complaint := self.complaint(marks)):
            self.errors.append(complaint)
        elif not marks and self.question.is_required:
            self.errors.append(_("This question must be answered."))

    @property
    def template(self) -> str:
        return f"participation/polls/{self.question.kind}.html"

    @property
    def inputs(self) -> list[BoundField]:
        return list(self.bound.values())

    def _name(self, option: PollOption) -> str:
        return f"{self.name}-{option.pk}"

    def _labels(self) -> list[tuple[str, str]]:
        return [(str(option.pk), option.label) for option in self.question.choices]

    def _option(self, key: str) -> PollOption:
        return next(option for option in self.question.choices if str(option.pk) == key)


class Single(Group):
    def fields(self) -> dict[str, forms.Field]:
        return {self.name: _radios(self.question.text, self._labels())}

    def marks(self, data: Data) -> list[Mark]:
        chosen = data.get(self.name)
        return [Mark(self.question, option=self._option(chosen))] if chosen else []


class Multiple(Group):
    def fields(self) -> dict[str, forms.Field]:
        widget = forms.CheckboxSelectMultiple(attrs=CHECK)
        field = forms.MultipleChoiceField(
            label=self.question.text, choices=self._labels(), required=False, widget=widget
        )
        return {self.name: field}

    def marks(self, data: Data) -> list[Mark]:
        return [Mark(self.question, option=self._option(key)) for key in data.get(self.name) or []]

    def complaint(self, marks: list[Mark]) -> str:
        least, most = self.question.min_choices, self.question.max_choices
        if len(marks) < least:
            return ngettext("Please choose at least %(n)d.", "Please choose at least %(n)d.", least) % {"n": least}
        if most and len(marks) > most:
            return ngettext("Please choose at most %(n)d.", "Please choose at most %(n)d.", most) % {"n": most}
        return ""


class Ranking(Group):
    def fields(self) -> dict[str, forms.Field]:
        ranks = [("", _("no rank")), *((str(n), str(n)) for n in range(1, len(self.question.choices) + 1))]
        select = forms.Select(attrs={"class": "form-select"})
        return {
            self._name(option): forms.ChoiceField(label=option.label, choices=ranks, required=False, widget=select)
            for option in self.question.choices
        }

    def marks(self, data: Data) -> list[Mark]:
        given = [(option, data.get(self._name(option))) for option in self.question.choices]
        return [Mark(self.question, option=option, value=int(rank)) for option, rank in given if rank]

    def complaint(self, marks: list[Mark]) -> str:
        if sorted(mark.value or 0 for mark in marks) != list(range(1, len(marks) + 1)):
            return _("Give each rank once, from 1 on and without gaps.")
        return ""


class Scale(Group):
    def fields(self) -> dict[str, forms.Field]:
        return {self.name: _radios(self.question.text, [(str(n), str(n)) for n in self.question.steps])}

    def marks(self, data: Data) -> list[Mark]:
        step = data.get(self.name)
        return [Mark(self.question, value=int(step))] if step else []


class Text(Group):
    def fields(self) -> dict[str, forms.Field]:
        area = forms.Textarea(attrs={"rows": 4, "class": "form-control"})
        return {self.name: forms.CharField(label=self.question.text, max_length=MAX_TEXT, required=False, widget=area)}

    def marks(self, data: Data) -> list[Mark]:
        text = data.get(self.name, "")
        return [Mark(self.question, text=text)] if text else []


class Matrix(Group):
    def fields(self) -> dict[str, forms.Field]:
        return {self._name(row): _radios(row.label, self._labels()) for row in self.question.rows}

    def marks(self, data: Data) -> list[Mark]:
        given = [(row, data.get(self._name(row))) for row in self.question.rows]
        return [Mark(self.question, row=row, option=self._option(key)) for row, key in given if key]

    def complaint(self, marks: list[Mark]) -> str:
        if self.question.is_required and len(marks) < len(self.question.rows):
            return _("Please choose in every row.")
        return ""


class Budget(Group):
    def fields(self) -> dict[str, forms.Field]:
        total = self.question.budget_total
        return {
            self._name(option): forms.IntegerField(
                label=option.label,
                min_value=0,
                max_value=total,
                required=False,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )
            for option in self.question.choices
        }

    def marks(self, data: Data) -> list[Mark]:
        given = [(option, data.get(self._name(option))) for option in self.question.choices]
        if not any(amount for _option, amount in given):
            return []
        return [Mark(self.question, option=option, value=amount or 0) for option, amount in given]

    def complaint(self, marks: list[Mark]) -> str:
        spent, total = sum(mark.value or 0 for mark in marks), self.question.budget_total
        if spent != total:
            values = {"spent": spent, "total": total}
            return _("Please distribute the whole sum: so far it is %(spent)d of %(total)d.") % values
        return ""


GROUPS: dict[QuestionKind, type[Group]] = {
    QuestionKind.SINGLE: Single,
    QuestionKind.MULTIPLE: Multiple,
    QuestionKind.RANKING: Ranking,
    QuestionKind.SCALE: Scale,
    QuestionKind.TEXT: Text,
    QuestionKind.MATRIX: Matrix,
    QuestionKind.BUDGET: Budget,
}


def _radios(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect(attrs=CHECK))


class BallotForm(forms.Form):
    """All questions of a poll; `marks` after a successful validation."""

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = [GROUPS[q.kind_enum](q) for q in poll.in_order()]
        for group in self.groups:
            fields = group.fields()
            self.fields.update(fields)
            group.bound = {name: self[name] for name in fields}

    def clean(self) -> Data:
        for group in self.groups:
            wrong = [text for name in group.bound for text in self.errors.get(name, [])]
            if wrong:
                group.errors = list(dict.fromkeys(str(text) for text in wrong))
            else:
                group.check(self.cleaned_data)
            if group.errors and not wrong:
                self.add_error(next(iter(group.bound), None), group.errors)
        return self.cleaned_data

    def marks(self) -> list[Mark]:
        return [mark for group in self.groups for mark in group.marks(self.cleaned_data)]

    @property
    def typed_texts(self) -> str:
        """What was written in own words, to give it back when the poll has closed in the meantime."""
        texts = (self.data.get(g.name, "") for g in self.groups if g.question.kind == QuestionKind.TEXT)
        return "\n\n".join(text for text in texts if text)[:10_000]


class LinkForm(forms.Form):
    """An address to which the link for voting goes."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Only to send you the link. It is not stored with your vote."),
    )
