"""The filters of the list of contributions. They live in the URL; the dashboard links each of its numbers to them.

| name     | values                       | meaning                                                              |
|----------|------------------------------|----------------------------------------------------------------------|
| dialogue | short address                | in the dialogue                                                      |
| question | number of the record         | answers to the question                                              |
| plan     | code of a StEP, `vm`         | on the plan, its measures, their dialogues, or changed one of them   |
| locality | short address                | about the locality                                                   |
| goal     | number of an overall goal    | concerns a measure that serves the goal                              |
| horizon  | `short`, `medium`, `long`    | concerns a measure of the horizon                                    |
| unit     | short address of a unit      | concerns a measure for which the unit is responsible                 |
| answered | `yes`, `no`                  | every point has its answer, or not                                   |
| changed  | `yes`                        | an answer names a measure as changed                                 |
| demand   | `unmet`                      | adopted, and no measure takes it up                                  |
| audience | `public`, `council`          | what a page for them counts                                          |
| q        | text                         | in title and text                                                    |
| sort     | see `SORTS`                  |                                                                      |

The list of measures gets a filter too: `voices=none`, measures that no published contribution concerns.
"""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.models import Goal, OrganisationUnit
from participation.models import Contribution, Dialogue, Question
from participation.models.contributions import ContributionQuerySet
from step.filters import PlanFilter, add_filter
from step.models import Locality, Measure, MeasureQuerySet, Plan, TimeHorizon
from step.models.access import Reader

MAX_TEXT = 100
SORTS = {
    "newest": (_("Newest first"), ["-created_at", "-pk"]),
    "oldest": (_("Oldest first"), ["created_at", "pk"]),
    "supported": (_("Most supported first"), ["-support_count", "-created_at", "-pk"]),
    "discussed": (_("Most discussed first"), ["-comment_count", "-created_at", "-pk"]),
}
MEASURE_FIELDS = {"goal": "goals", "horizon": "horizon", "unit": "responsible_unit"}


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
    goal = filters.ModelChoiceFilter(
        label=_("Goal"),
        queryset=Goal.objects.all(),
        to_field_name="number",
        method="on_measures",
        empty_label=_("All goals"),
    )
    horizon = filters.ModelChoiceFilter(
        label=_("Time horizon"),
        queryset=TimeHorizon.objects.all(),
        to_field_name="code",
        method="on_measures",
        empty_label=_("Any time"),
    )
    unit = filters.ModelChoiceFilter(
        label=_("Responsible unit"),
        queryset=OrganisationUnit.objects.all(),
        to_field_name="slug",
        method="on_measures",
        empty_label=_("All units"),
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
    demand = filters.ChoiceFilter(
        label=_("Demand"),
        choices=[("unmet", _("Adopted, in no measure"))],
        method="with_demand",
        empty_label=_("Met or not"),
    )
    audience = filters.ChoiceFilter(
        label=_("Visible to"),
        choices=[("public", _("Everyone")), ("council", _("Council"))],
        method="for_audience",
        empty_label=_("Everything that I may see"),
    )
    sort = filters.ChoiceFilter(
        label=_("Sort by"),
        choices=[(name, label) for name, (label, _order) in SORTS.items()],
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

    def on_measures(self, rows: ContributionQuerySet, name: str, value: Any) -> ContributionQuerySet:
        return rows.concerning(self._measures().filter(**{MEASURE_FIELDS[name]: value}))

    def with_demand(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.unmet()

    def with_answer(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.treated() if value == "yes" else rows.untreated()

    def that_changed(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.that_changed(self._measures())

    def for_audience(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.for_audience(value)

    def sorted_by(self, rows: ContributionQuerySet, name: str, value: str) -> ContributionQuerySet:
        return rows.order_by(*SORTS[value][1])


class VoicesFilter(filters.ChoiceFilter):
    """Of the list of measures: those that nobody has spoken about, as far as the reader or the audience can know."""

    def filter(self, qs: MeasureQuerySet, value: str) -> MeasureQuerySet:
        if not value:
            return qs
        audience = self.parent.data.get("audience")
        heard = Contribution.objects.visible_to(self.parent.reader).published()
        if audience in {"public", "council"}:
            heard = heard.for_audience(audience)
        return qs.exclude(pk__in=heard.measures_concerned())


add_filter(
    "voices",
    VoicesFilter(
        label=_("Participation"), choices=[("none", _("Nobody has spoken about it"))], empty_label=_("With or without")
    ),
)


def contributions_for(request: Any, rows: ContributionQuerySet | None = None) -> ContributionFilter:
    """The filters of a request over the published contributions that its reader may see."""
    reader: Reader = request.user
    visible = Contribution.objects.visible_to(reader).published() if rows is None else rows
    filters = ContributionFilter(request.GET, queryset=visible, request=request)
    filters.form.auto_id = "filter_%s"  # the form for a contribution stands on the same page
    return filters
