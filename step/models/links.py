"""How one measure bears on another, without circles where a circle makes no sense."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from step.models.access import Reader, visible_levels
from step.models.measures import Measure

Edge = tuple[int, int]


def find_way(edges: Iterable[Edge], start: int, end: int) -> list[int]:
    """The shortest way along the edges from `start` to `end`, both included; empty if there is none."""
    after: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        after[source].append(target)
    came_from: dict[int, int | None] = {start: None}
    queue = [start]
    for here in queue:  # grows while it is walked
        if here == end:
            return _way_back(came_from, end)
        for following in after[here]:
            if following not in came_from:
                came_from[following] = here
                queue.append(following)
    return []


def _way_back(came_from: dict[int, int | None], end: int) -> list[int]:
    way: list[int] = []
    here: int | None = end
    while here is not None:
        way.append(here)
        here = came_from[here]
    return way[::-1]


class MeasureLinkQuerySet(models.QuerySet["MeasureLink"]):
    def visible_to(self, user: Reader) -> "MeasureLinkQuerySet":
        """A link tells about both its measures, so both must be visible."""
        levels = visible_levels(user)
        return self.filter(source__visibility__in=levels, target__visibility__in=levels)

    def around(self, measure: Measure) -> "MeasureLinkQuerySet":
        """Links from and to the measure, with the plan of the other one."""
        here = models.Q(source=measure) | models.Q(target=measure)
        return self.filter(here).select_related("source__lead_plan", "target__lead_plan")


class MeasureLink(models.Model):
    """How one measure bears on another."""

    class Kind(models.TextChoices):
        PREREQUISITE = "prerequisite", _("needs first")
        SYNERGY = "synergy", _("gains from")
        CONFLICT = "conflict", _("conflicts with")
        SUPERSEDED_BY = "superseded_by", _("is superseded by")

        @property
        def inverse(self) -> Any:
            """The same link as the other measure tells it."""
            return {
                "prerequisite": _("is needed first by"),
                "synergy": _("helps"),
                "conflict": _("conflicts with"),
                "superseded_by": _("supersedes"),
            }[self.value]

    source = models.ForeignKey(Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    target = models.ForeignKey(
        Measure, verbose_name=_("other measure"), on_delete=models.CASCADE, related_name="linked_from"
    )
    note = models.CharField(_("note"), max_length=240, blank=True)

    ONE_WAY = (Kind.PREREQUISITE, Kind.SUPERSEDED_BY)  # these must not lead back to where they began

    objects = MeasureLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between measures")
        verbose_name_plural = _("links between measures")
        ordering = ["source", "kind", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="step_link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="step_link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} {self.get_kind_display()} {self.target.code}"

    def clean(self) -> None:
        if self.source_id and self.target_id and (circle := self.circle()):
            raise ValidationError(
                _("This link closes a circle: %(circle)s. A measure cannot wait for itself or replace itself."),
                code="circle",
                params={"circle": " → ".join(circle)},
            )

    def circle(self) -> list[str]:
        """The codes of the circle that this link would close, its own measure first and last; empty if none."""
        if self.kind not in MeasureLink.ONE_WAY:
            return []
        others = MeasureLink.objects.filter(kind=self.kind).exclude(pk=self.pk)
        way = find_way(others.values_list("source", "target"), self.target_id, self.source_id)
        codes = dict(Measure.objects.filter(pk__in=way).values_list("pk", "code"))
        return [codes[pk] for pk in [self.source_id, *way]] if way else []
