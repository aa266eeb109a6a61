"""What the office sends: answers, points, groups."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.models import Chapter, OrganisationUnit
from participation.models import Contribution, Dialogue, Result
from participation.models.contributions import ContributionQuerySet
from participation.services import Verdict
from step.models import Measure, Milestone
from step.models.access import Reader

MAX_TEXT = 100


class AnswerForm(forms.Form):
    """The reasoned answer of an office."""

    result = forms.ChoiceField(label=_("Result"), choices=Result.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In plain words, if possible in the language of the author. It is published."),
    )
    unit: forms.ModelChoiceField = forms.ModelChoiceField(OrganisationUnit.objects.all(), label=_("Answering unit"))
    passed_on_to = forms.CharField(
        label=_("Passed on to"),
        required=False,
        max_length=160,
        help_text=_("Only where the result is “passed on”: an office, the State, a syndicate."),
    )
    measure: forms.ModelChoiceField = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Measure that it changed"),
        required=False,
        empty_label=_("No measure"),
        help_text=_("Links the contribution and the measure in both directions."),
    )
    milestone: forms.ModelChoiceField = forms.ModelChoiceField(
        Milestone.objects.none(), label=_("Milestone that it changed"), required=False, empty_label=_("No milestone")
    )
    chapter: forms.ModelChoiceField = forms.ModelChoiceField(
        Chapter.objects.all(),
        label=_("Chapter of the guideline that it changed"),
        required=False,
        empty_label=_("No chapter"),
    )

    def __init__(self, *args: Any, person: Reader, near: Iterable[Measure] = (), **kwargs: Any) -> None:
        """`near`: measures whose milestones are offered; those of all would be too many to choose from."""
        super().__init__(*args, **kwargs)
        measures = Measure.objects.visible_to(person).only("code", "title", "title_de")
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]
        milestones = Milestone.objects.filter(measure__in=[measure.pk for measure in near]).select_related("measure")
        if milestones:
            self.fields["milestone"].queryset = milestones  # type: ignore[attr-defined]
        else:
            del self.fields["milestone"]

    def verdict(self) -> Verdict:
        fields = {**self.cleaned_data, "result": Result(self.cleaned_data["result"])}
        return Verdict(**fields)


class AnswersForm(forms.Form):
    """The filters of what waits for an answer; they live in the URL."""

    dialogue: forms.ModelChoiceField = forms.ModelChoiceField(
        Dialogue.objects.none(),
        label=_("Dialogue"),
        to_field_name="slug",
        required=False,
        empty_label=_("All dialogues"),
    )
    show = forms.ChoiceField(
        label=_("Show"), choices=[("", _("Everything that waits")), ("overdue", _("Overdue"))], required=False
    )
    topic = forms.CharField(label=_("Group"), required=False, max_length=80)
    q = forms.CharField(
        label=_("Text"), required=False, max_length=MAX_TEXT, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, person: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        self.fields["dialogue"].queryset = Dialogue.objects.visible_to(person)  # type: ignore[attr-defined]

    def apply(self, rows: ContributionQuerySet, overdue: ContributionQuerySet) -> ContributionQuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("show") == "overdue":
            rows = rows.filter(pk__in=overdue.order_by().values("pk"))
        if wanted.get("dialogue"):
            rows = rows.filter(loop__dialogue=wanted["dialogue"])
        if wanted.get("topic"):
            rows = rows.filter(points__topic=wanted["topic"], points__treatment=None).distinct()
        for word in wanted.get("q", "").split():
            rows = rows.filter(text__icontains=word)
        return rows


class SplitForm(forms.Form):
    """The open points of a contribution, one box each, and some empty ones below."""

    SPARE = 3

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = list(contribution.points.filter(treatment=None))
        texts = [point.text for point in points]
        if not contribution.points.exists():
            texts = [contribution.text]
        number = max(len(texts) + self.SPARE, len([name for name in self.data if name.startswith("point_")]))
        for index in range(min(number, 40)):
            self.fields[f"point_{index}"] = forms.CharField(
                label=_("Point %(number)d") % {"number": index + 1},
                required=False,
                max_length=5000,
                initial=texts[index] if index < len(texts) else "",
                widget=forms.Textarea(attrs={"rows": 3 if index < len(texts) else 2}),
            )

    def texts(self) -> list[str]:
        return [str(text) for text in self.cleaned_data.values()]


class DueForm(forms.Form):
    """What is known about a project, to see whether participation is due."""

    dwellings = forms.IntegerField(label=_("Dwellings"), required=False, min_value=0, max_value=100_000)
    floor_area = forms.IntegerField(
        label=_("Gross floor area in m²"), required=False, min_value=0, max_value=10_000_000
    )
    high_rise = forms.BooleanField(label=_("A high-rise building is planned"), required=False)
    heritage = forms.BooleanField(label=_("It lies in the core zone of a heritage site"), required=False)
    green_land = forms.BooleanField(label=_("Green land becomes building land"), required=False)
    environmental_assessment = forms.BooleanField(
        label=_("A strategic environmental assessment (SUP) is required"), required=False
    )
