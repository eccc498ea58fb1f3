"""The example county loads on any day of the year: at the ends of months and years, on 29 February, while everybody is on holiday."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from guatu.adapters.holidays import county_calendar
from guatu.web.cases.models import Case
from guatu.web.cases.timers import timer
from guatu.web.dispatch.models import Period, Report
from guatu.web.example.evaluation import CASES
from guatu.web.example.grids import months_before
from guatu.web.example.management.commands.load_example import RUNNING_SINCE
from guatu.web.example.plans import SUFFIXES, WRITTEN_IN

PLANS = Path(__file__).parents[3] / "examples" / "plans"
DAYS = {
    "the last day of a month": datetime.date(2026, 3, 31),
    "the last day before a short month": datetime.date(2026, 1, 31),
    "29 February": datetime.date(2028, 2, 29),
    "New Year": datetime.date(2026, 1, 1),
    "the last day of a year": datetime.date(2025, 12, 31),
    "the week of the Spring Festival": datetime.date(2026, 2, 18),
}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_it_loads_whatever_the_day_is(day: datetime.date, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    smallest = min((path for path in PLANS.glob("*") if path.suffix in SUFFIXES), key=lambda path: path.stat().st_size)
    (tmp_path / "plans").mkdir()
    shutil.copy(smallest, tmp_path / "plans")
    call_command("load_example", plans=tmp_path / "plans", months=1, today=day, verbosity=0)
    period = Period.objects.order_by("starts_on")[0]
    assert (period.starts_on, period.ends_on) == (
        months_before(day, 1),
        day.replace(day=1) - datetime.timedelta(days=1),
    )
    assert Report.objects.filter(submitted_at__isnull=False).exists()
    assert not Report.objects.filter(submitted_at__date__gt=day).exists()
    assert Case.objects.count() == 5 + 2 * CASES, "those of the desk, and those of two months that are evaluated"
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.timezone(datetime.timedelta(hours=8)))
    assert all(str(timer(case, noon).word) for case in Case.objects.all())
    assert not Case.objects.filter(opened_at__gt=noon).exists()


def test_the_days_are_what_they_are_called() -> None:
    assert not county_calendar([]).is_working(DAYS["the week of the Spring Festival"])
    for name in (
        "the last day of a month",
        "the last day before a short month",
        "29 February",
        "the last day of a year",
    ):
        assert (DAYS[name] + datetime.timedelta(days=1)).day == 1


def test_its_months_and_years_can_be_computed_on_every_day_of_eight_years() -> None:
    day = datetime.date(2024, 1, 1)
    while day.year < 2032:
        for months in (0, 1, 6, 13):
            first = months_before(day, months)
            assert first.day == 1
            assert (day.year - first.year) * 12 + day.month - first.month == months
        plan = (day - RUNNING_SINCE).year - WRITTEN_IN
        assert 0 <= plan + WRITTEN_IN - (day.year - 1) <= 1
        day += datetime.timedelta(days=1)
