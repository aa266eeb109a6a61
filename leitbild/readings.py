"""An indicator with everything that its values say on a day: what cards, pages, exports and the search show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from common.charts.line import LineChart, line_chart
from leitbild.models import Indicator, IndicatorValue
from leitbild.trend import Distance, Trend, distance_of, in_order, is_overdue, latest_of, trend_of


@dataclass(frozen=True)
class Reading:
    """`values` are oldest first."""

    indicator: Indicator
    values: list[IndicatorValue]
    latest: IndicatorValue | None
    trend: Trend
    distance: Distance | None
    is_overdue: bool

    @property
    def has_sample(self) -> bool:
        return any(value.is_sample for value in self.values)

    @property
    def chart(self) -> LineChart | None:
        """The values as a line, with the target at the end of its year."""
        one = self.indicator
        aim = None
        if one.target_value is not None and one.target_year:
            aim = (dt.date(one.target_year, 12, 31), float(one.target_value))
        points = [(value.measured_on, float(value.value)) for value in self.values]
        marked = frozenset(index for index, value in enumerate(self.values) if value.is_sample)
        return line_chart(points, target=aim, marked=marked)


def reading_of(indicator: Indicator, today: dt.date) -> Reading:
    """No query if the values are prefetched (`Indicator.objects.with_values()`)."""
    values = in_order(indicator.values.all())
    latest = latest_of(values)
    direction = indicator.direction_enum
    distance = distance_of(
        latest.value if latest else None,
        baseline=indicator.baseline_value,
        target=indicator.target_value,
        direction=direction,
    )
    return Reading(
        indicator, values, latest, trend_of(values, direction), distance, is_overdue(indicator.next_update, today)
    )


def readings_of(indicators: Iterable[Indicator], today: dt.date) -> list[Reading]:
    return [reading_of(indicator, today) for indicator in indicators]
