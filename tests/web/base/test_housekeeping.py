"""Rows that have had their time go; those that still hold stay."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from guatu.web.base import housekeeping
from guatu.web.base.models import CacheRow, Job, RequestKey

NOW = datetime.datetime(2026, 6, 10, 2, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def rows(at: datetime.datetime) -> None:
    """Of each table one that is over a day before `at`, and one that is not."""
    for n, when in enumerate((at - DAY, at + DAY)):
        Session.objects.create(session_key=f"s{n}", session_data="", expire_date=when)
        CacheRow.objects.create(cache_key=f"c{n}", value="", expires=when)
        RequestKey.objects.create(key=f"k{n}", action="x", at=when - housekeeping.KEYS_HOLD)
        Job.objects.create(kind="x", state="done", created_at=when, finished_at=when - housekeeping.JOBS_STAY)


def left() -> list[int]:
    return [model.objects.count() for model in (Session, CacheRow, RequestKey, Job)]


@pytest.mark.django_db
def test_what_is_over_goes_and_what_holds_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "AT_ONCE", 1)
    rows(NOW)
    Job.objects.create(kind="x", state="waiting", created_at=NOW - 900 * DAY)
    found = housekeeping.cleared(NOW)
    assert found == {"sessions.session": 1, "base.cacherow": 1, "base.requestkey": 1, "base.job": 1}
    assert left() == [1, 1, 1, 2]
    assert set(housekeeping.cleared(NOW).values()) == {0}


@pytest.mark.django_db
def test_the_tick_does_it() -> None:
    rows(timezone.now())
    call_command("tick")
    assert left() == [1, 1, 1, 1]
