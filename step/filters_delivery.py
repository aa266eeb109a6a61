"""Filters by how a measure moves along: the dashboard links its figures to them.

| name      | values                                                | meaning                                         |
|-----------|-------------------------------------------------------|-------------------------------------------------|
| deviation | `reported`, `overdue`, `milestone`, `forecast`, `any` | open, and departs from what was adopted         |
| fresh     | `current`, `ageing`, `stale`, `never`                 | open, and when the office last reported on it   |
| work      | `1`, `none`, `behind`                                 | work done is known; is not; less than time used |
| milestone | `ahead`                                               | open, with a milestone due from today on       |
| linked    | `prerequisite`, `synergy`, `conflict`                 | has such a link with another counting measure   |
| amount    | `planned`, `voted`, `spent`, `funded`                 | has such a figure; `funded`: others pay         |
| year      | 2000–2100                                             | has a figure in that year; narrows `amount`     |

"Today" is the day of the request. Reports count as far as the reader, and the audience asked for, may read them.
"""

from typing import Any

import django_filters as filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from step import delivery
from step.models import BudgetLine, Measure, MeasureLink, MeasureQuerySet, ProgressReport
from step.models.access import Reader

RARE = ("work", "milestone", "linked", "amount", "year")  # in the form only while they are used
Kind = MeasureLink.Kind


class YearFilter(filters.Filter):
    field_class = forms.IntegerField


class DeliveryFilter(filters.FilterSet):
    reader: Reader = AnonymousUser()  # who asks; visitors need no filter for what others may see

    deviation = filters.ChoiceFilter(
        label=_("Deviation"),
        choices=[("any", _("Any deviation")), *delivery.Drift.choices],
        method="drifting",
        empty_label=_("With or without a deviation"),
    )
    fresh = filters.ChoiceFilter(
        label=_("Last report"),
        choices=delivery.Freshness.choices,
        method="by_freshness",
        empty_label=_("Reported at any time"),
    )
    work = filters.ChoiceFilter(
        label=_("Work done"),
        choices=[("1", _("Known")), ("none", _("Not yet known")), ("behind", _("Less than the time used"))],
        method="by_work",
        empty_label=_("Known or not"),
    )
    milestone = filters.ChoiceFilter(
        label=_("Milestone"), choices=[("ahead", _("Ahead"))], method="with_milestone", empty_label=_("Any")
    )
    linked = filters.ChoiceFilter(
        label=_("Linked"),
        choices=[(kind.value, kind.label) for kind in (Kind.PREREQUISITE, Kind.SYNERGY, Kind.CONFLICT)],
        method="with_link",
        empty_label=_("Linked or not"),
    )
    amount = filters.ChoiceFilter(
        label=_("Money named"),
        choices=[
            ("planned", _("Planned")),
            ("voted", _("Voted")),
            ("spent", _("Spent")),
            ("funded", _("Paid by others than the city")),
        ],
        method="with_money",
        empty_label=_("Any figure or none"),
    )
    year = YearFilter(label=_("Money in the year"), method="with_money", min_value=2000, max_value=2100)

    def _reports(self) -> models.QuerySet[ProgressReport]:
        reports = ProgressReport.objects.visible_to(self.reader)
        return reports.filter(is_public=True) if self.data.get("audience") == "public" else reports

    def _others(self) -> MeasureQuerySet:
        """The measures that count, of the audience asked for, as far as the reader may see them."""
        rows = Measure.objects.visible_to(self.reader).counting()
        audience = self.data.get("audience")
        return rows.for_audience(audience) if audience in {"public", "council"} else rows

    def drifting(self, rows: MeasureQuerySet, name: str, value: str) -> Any:
        return delivery.drifting(rows, value, timezone.localdate())

    def by_freshness(self, rows: MeasureQuerySet, name: str, value: str) -> Any:
        return delivery.by_freshness(rows, value, self._reports(), timezone.localdate())

    def by_work(self, rows: MeasureQuerySet, name: str, value: str) -> Any:
        return delivery.by_work(rows, value, self._reports(), timezone.localdate())

    def with_milestone(self, rows: MeasureQuerySet, name: str, value: str) -> Any:
        today = timezone.localdate()
        ahead = delivery.open_milestones(today).filter(due_on__gte=today)
        return rows.filter(models.Exists(ahead), status__in=delivery.OPEN)

    def with_link(self, rows: MeasureQuerySet, name: str, value: str) -> Any:
        others = self._others().order_by().values("pk")
        links = MeasureLink.objects.filter(kind=value)
        there = links.filter(source=models.OuterRef("pk"), target__in=others)
        back = links.filter(target=models.OuterRef("pk"), source__in=others)
        return rows.filter(models.Exists(there) | models.Exists(back))

    def with_money(self, rows: MeasureQuerySet, name: str, value: Any) -> Any:
        """Amount and year speak of the same budget line."""
        wanted = self.form.cleaned_data
        lines = BudgetLine.objects.with_figure().filter(measure=models.OuterRef("pk"))
        if wanted.get("year"):
            lines = lines.filter(year=wanted["year"])
        if wanted.get("amount") == "funded":
            lines = lines.exclude(planned=None).exclude(funder="")
        elif wanted.get("amount"):
            lines = lines.filter(**{f"{wanted['amount']}__isnull": False})
        return rows.filter(models.Exists(lines))
