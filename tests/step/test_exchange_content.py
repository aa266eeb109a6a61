"""The city's real content as a spreadsheet."""

import pytest

from leitbild.models import Indicator
from step.exchange import export, reading, records
from step.exchange.comparing import compare
from step.exchange.guards import Machine
from step.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


def test_the_real_content_comes_back_unchanged() -> None:
    data = export.as_workbook(records.all_measures(), records.all_indicators())
    found = compare(reading.read(data), Machine())
    assert found.problems == []
    assert len(found.planned) > Measure.objects.count() + Indicator.objects.count()
    assert found.to_write == []
