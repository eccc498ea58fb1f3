"""The example county loads on any day of the year: at the ends of months and years, on 29 February, while everybody is on holiday."""

from __future__ import annotations

import contextlib
import datetime
import re
import shutil
from collections import deque
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from guatu.adapters.holidays import county_calendar
from guatu.web.base.models import User
from guatu.web.cases.models import Case
from guatu.web.cases.timers import timer
from guatu.web.dispatch.models import Period, Report
from guatu.web.example.courses import COURSES
from guatu.web.example.directory import BODIES, USERS, bodies
from guatu.web.example.evaluation import CASES
from guatu.web.example.grids import months_before
from guatu.web.example.management.commands.load_example import RUNNING_SINCE
from guatu.web.example.plans import SUFFIXES, WRITTEN_IN
from tests.conftest import TODAY
from tests.days import DAYS
from tests.web.answers import body_of
from tests.web.project.example_promises import promised

PLANS = Path(__file__).parents[3] / "examples" / "plans"
DAY = datetime.timedelta(days=1)
_LINK = re.compile(r'href="(/[^"#]*)')
# A sample; `make torture` has a run on each of the days, which loads on its own.
SAMPLE = [day for name, day in DAYS.items() if name in ("the Spring Festival", "29 February", "New Year some years on")]
# Where everybody's pages must lead.
WANTED = {
    "campaign_map",
    "task_list",
    "task_detail",
    "plan_list",
    "plan_room",
    "period_list",
    "period_detail",
    "report_list",
    "review_list",
    "order_list",
    "circular_list",
    "case_list",
    "case_mine",
    "case_detail",
    "grid_list",
    "evaluation_list",
    "inspection_list",
    "drg_home",
    "drg_run",
    "unit_list",
    "audit_list",
}


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("day", [TODAY] if TODAY in DAYS.values() else SAMPLE, ids=str)
def test_it_loads_whatever_the_day_is_and_its_pages_open(
    day: datetime.date, on_day: Any, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    smallest = min((path for path in PLANS.glob("*") if path.suffix in SUFFIXES), key=lambda path: path.stat().st_size)
    (tmp_path / "plans").mkdir()
    shutil.copy(smallest, tmp_path / "plans")
    with on_day(day):
        call_command("load_example", "--today", day.isoformat(), plans=tmp_path / "plans", months=1, verbosity=0)
        held(day)
        promised(day)
        again()
        assert WANTED - opened() == set()


def held(day: datetime.date) -> None:
    """What was loaded ends on the day: a month of reports before it, and nothing after it."""
    period = Period.objects.filter(rule__every="month").order_by("starts_on")[0]
    assert (period.starts_on, period.ends_on) == (
        months_before(day, 1),
        day.replace(day=1) - datetime.timedelta(days=1),
    )
    # On the first nobody has reported yet on the month that ended the day before.
    assert Report.objects.filter(submitted_at__isnull=False).exists() or day.day == 1
    assert not Report.objects.filter(submitted_at__date__gt=day).exists()
    assert Case.objects.count() == len(COURSES) + 2 * CASES, "one a course, and those of two months that are evaluated"
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.timezone(datetime.timedelta(hours=8)))
    assert all(str(timer(case, noon).word) for case in Case.objects.all())
    assert not Case.objects.filter(opened_at__gt=noon).exists()


def again() -> None:
    """A second time nothing is added."""
    count = {model: model.objects.count() for model in (Case, Report, User)}
    call_command("load_example", verbosity=0)
    assert count == {model: model.objects.count() for model in count}


def opened() -> set[str]:
    """Names of the pages that the demo accounts come to: all of their menus, and by links one of each kind."""
    names = {"", "account_logout"}
    # The supervision office first: it sees the most, and what it has opened the others need not.
    accounts = [name for name, _shown, _role, _unit in sorted(USERS, key=lambda user: user[2] != "supervision")]
    for name in [*accounts, *(f"{start}-{BODIES[0][0]}" for start, _village in bodies())]:
        client = Client()
        client.force_login(User.objects.get(username=name))
        heads = client.get("/", follow=True).context["menu"]
        menu = [one["url"] for head in heads for one in head.get("below", [head])]
        asked, pages = {kind(address) for address in menu}, deque(menu)
        while pages:
            address = pages.popleft()
            answer = client.get(address, follow=True)
            body = body_of(answer).decode(errors="replace")
            # A page may name another that is not for everybody.
            assert answer.status_code == 200 or (answer.status_code == 403 and address not in menu), (name, address)
            names |= {kind(address)} if answer.status_code == 200 else set()
            for link in map(unescape, _LINK.findall(body)):
                if kind(link) not in names | asked:
                    asked.add(kind(link))
                    pages.append(link)
    return names


def kind(address: str) -> str:
    """Name of the page at an address; "" for a file."""
    with contextlib.suppress(Resolver404):
        return resolve(urlsplit(address).path).url_name or ""
    return ""


def test_the_days_are_what_they_are_called() -> None:
    calendar = county_calendar([])
    for name, day in DAYS.items():
        assert ("Saturday" in name or "Sunday" in name) == (day.weekday() >= 5), name
        assert any(word in name for word in ("end of", "last day", "29")) == ((day + DAY).day == 1), name
        if day.year == 2026:  # the holidays of later years may be announced with any release of their table
            assert ("is worked" in name or "last day" in name) == calendar.is_working(day), name


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
