"""The filters of the list of contributions. They live in the URL; the dashboard links each of its numbers to them.

| name     | values                       | meaning                                                              |
|----------|------------------------------|----------------------------------------------------------------------|
| dialogue | short address                | in the dialogue                                                      |
| question | number of the record         | answers to the question                                              |
| plan     | code of a StEP, `vm`         | on the plan, its measures, their dialogues, or changed one of them   |
| locality | short address                | about the locality                                                   |
| answered | `yes`, `no`                  | every point has its answer, or not                                   |
| changed  | `yes`                        | an answer names a measure as changed                                 |
| audience | `public`, `council`          | what a page for them counts                                          |
| q        | text                         | in title and text                                                    |
| sort     | `newest`, `oldest`           |                                                                      |
"""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from participation.models import Contribution, Dialogue, Question
from participation.models.contributions import ContributionQuerySet
from step.filters import PlanFilter
from step.models import Locality, Measure, Plan
from step.models.access import Reader

MAX_TEXT = 100


class ContributionFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Text"), method="contains", max_length=MAX_TEXT, widget=forms.TextInput(attrs={"type": "search"})
    )
    dialogue = filters.ModelChoiceFilter(
        label=_("Dialogue"),
        field_name="loop__dialogue",
        queryset=lambda request: Dialogue.objects.visible_to(request.user),
        to_field_name="slug",
        empty_label=_("All dialogues"),
    )
    question = filters.ModelChoiceFilter(
        label=_("Question"), queryset=Question.objects.all(), empty_label=_("All questions")
    )
    plan = PlanFilter(
        label=_("StEP"), queryset=Plan.objects.all(), to_field_name="code", method="of_plan", empty_label=_("All StEP")
    )
    locality = filters.ModelChoiceFilter(
        label=_("Locality"), queryset=Locality.objects.all(), to_field_name="slug", empty_label=_("Everywhere")
    )
    answered = filters.ChoiceFilter(
        label=_("Answer"),
        choices=[("yes", _("Answered")), ("no", _("Without an answer"))],
        method="with_answer",
        empty_label=_("With or without an answer"),
    )
    changed = filters.ChoiceFilter(
        label=_("Effect"),
        choices=[("yes", _("Changed a measure"))],
        method="that_changed",
        empty_label=_("Any effect"),
    )
    audience = filters.ChoiceFilter(
        label=_("Visible to"),
        choices=[("public", _("Everyone")), ("council", _("Council"))],
        method="for_audience",
        empty_label=_("Everything that I may see"),
    )
    sort = filters.ChoiceFilter(
        label=_("Sort by"),
        choices=[("newest", _("Newest first")), ("oldest", _("Oldest first"))],
        method="sorted_by",
        empty_label=None,
    )

    class Meta:
        model = Contribution
        fields: list[str] = []

    def contains(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        for word in value.split():
            rows = rows.filter(title__icontains=word) | rows.filter(text__icontains=word)
        return rows

    def _measures(self) -> Any:
        """The measures that count: those of the audience asked for, else those that the reader may see."""
        audience = self.data.get("audience")
        if audience in {"public", "council"}:
            return Measure.objects.visible_to(self.request.user).for_audience(audience)
        return Measure.objects.visible_to(self.request.user)

    def of_plan(self, rows: ContributionQuerySet, name: str, value: Plan) -> ContributionQuerySet:
        return rows.of_plan(value, self._measures())

    def with_answer(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.treated() if value == "yes" else rows.untreated()

    def that_changed(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.that_changed(self._measures())

    def for_audience(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.for_audience(value)

    def sorted_by(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.order_by("created_at", "pk") if value == "oldest" else rows.order_by("-created_at", "-pk")


def contributions_for(request: Any, rows: ContributionQuerySet | None = None) -> ContributionFilter:
    """The filters of a request over the published contributions that its reader may see."""
    reader: Reader = request.user
    visible = Contribution.objects.visible_to(reader).published() if rows is None else rows
    filters = ContributionFilter(request.GET, queryset=visible, request=request)
    filters.form.auto_id = "filter_%s"  # the form for a contribution stands on the same page
    return filters
