"""What is wrong in a county that runs is told by the page, by the API and by `guatu doctor` in the same words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.test import Client
from django.utils import timezone, translation

from guatu.adapters.holidays import national_calendar
from guatu.core.calendar.holidays import missing_days
from guatu.web.base.models import Setting
from guatu.web.county.selectors import health as module
from guatu.web.county.selectors.health import Health, faults, health_on
from guatu.web.ledger.models import Plan
from tests.web.conftest import SINCE, County

SOUND = Health(open_cases=3, desk=True)


def doctor() -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except SystemExit as ended:
        return out.getvalue(), int(str(ended.code))
    return out.getvalue(), 0


@pytest.fixture
def whole(county: County) -> County:
    """A county in which nothing is missing: its plan has run, and the calendar of its days is known."""
    from guatu.web.dispatch.models import PeriodRule

    Setting.objects.create(name="county.code", value="130990", valid_from=SINCE)
    # Whatever year it is: the days of this one and the next have been announced.
    national = national_calendar().years
    years = [year for n in (0, 1) if (year := timezone.localdate().year + n) not in national]
    # In 2028 one day is two holidays.
    by_day = {row.day: row for year in years for row in missing_days(year, ())}
    days = [msgspec.to_builtins(row) for row in by_day.values()]
    Setting.objects.create(name="calendar.days", value=days, valid_from=SINCE)
    notices = [{"year": year, "notice": "国办发明电"} for year in years]
    Setting.objects.create(name="calendar.years", value=notices, valid_from=SINCE)
    plan = Plan.objects.create(title="供水方案", state="confirmed", created_at=timezone.now())
    PeriodRule.objects.create(plan=plan, name="月调度", starts_on=SINCE)
    return county


def test_a_sound_county_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("given", "key", "words"),
    [
        ({"broken": ("roads: classes.tsv:3 pack.word 缺少英文",)}, "pack", "classes.tsv:3"),
        ({"unfit": (("亮灯规则", "没有一行"),)}, "setting", "亮灯规则"),
        ({"ownerless": 2}, "ownerless", "2 件"),
        ({"desk": False}, "desk", "3 件"),
        ({"year": 2027, "is_now": True}, "calendar", "2027"),
    ],
)
def test_each_fault_is_told_with_what_it_is_about(given: dict[str, Any], key: str, words: str) -> None:
    (fault,) = faults(Health(**{"open_cases": 3, "desk": True, **given}))
    assert fault.key == key and words in fault.said and not fault.advice


def test_without_open_cases_nobody_misses_the_desk() -> None:
    assert faults(Health()) == []


def test_the_calendar_of_days_to_come_is_advice_and_that_of_today_a_fault(db: None) -> None:
    last = max(module.calendar(timezone.localdate()).years)
    before, at_end, beyond = datetime.date(last, 6, 1), datetime.date(last, 12, 1), datetime.date(last + 1, 1, 1)
    assert health_on(before).year is None
    assert [fault.advice for fault in faults(health_on(at_end))] == [True]
    assert [fault.advice for fault in faults(health_on(beyond))] == [False]


def test_a_pack_that_does_not_load_is_named_with_its_file(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "pack.toml").write_text("name = ", encoding="utf-8")
    monkeypatch.setenv("GUATU_PACKS", str(tmp_path))
    broken = module.broken_packs()
    assert broken and all(one.startswith("half: ") for one in broken) and "pack.toml" in broken[0]


def test_the_command_ends_with_0_where_nothing_is_missing_and_1_else(whole: County) -> None:
    said, code = doctor()
    assert code == 0 and "什么也不缺" in said, said
    Setting.objects.filter(name="county.code").delete()
    said, code = doctor()
    assert code == 1 and "[!!] 县名、代码和落款" in said and "六位区划代码没有填写" in said


def test_the_command_speaks_english_where_it_is_asked_to(whole: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUATU_LANG", "en")
    Setting.objects.filter(name="county.code").delete()
    said, _code = doctor()
    assert "The six-digit division code is not entered." in said and "Name, code and issuer" in said


def test_a_setting_that_no_longer_fits_is_a_fault(whole: County) -> None:
    Setting.objects.create(name="backup.longest-days", value="soon", valid_from=SINCE)
    said, code = doctor()
    assert code == 1 and "多少天没有备份就提醒" in said


def test_the_api_and_the_page_say_what_the_command_says(whole: County, client_of: Callable[[str], Client]) -> None:
    with translation.override("zh-hans"):
        found = client_of("admin").get("/api/first-steps").json()
    assert found["complete"] is True and [step["done"] for step in found["steps"]] == [True] * 6
    Setting.objects.filter(name="county.code").delete()
    found = client_of("admin").get("/api/first-steps").json()
    page = client_of("admin").get("/first-steps/").content.decode()
    (missing,) = [said for step in found["steps"] for said in step["missing"]]
    assert found["complete"] is False and missing in page and missing in doctor()[0]
    assert client_of("town").get("/api/first-steps").status_code == 403


def test_the_administrator_of_a_whole_county_begins_with_the_map(
    whole: County, client_of: Callable[[str], Client]
) -> None:
    assert client_of("admin").get("/").status_code == 200


@pytest.mark.parametrize("command", [("doctor",), ("settings", "list"), ("settings", "set", "county.name", "临川县")])
def test_a_database_that_cannot_be_read_is_said_and_is_no_list_of_what_is_missing(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setenv("GUATU_LANG", "en")
    with monkeypatch.context() as lost, pytest.raises(SystemExit) as ended:
        lost.setattr(type(connections["default"]), "cursor", broken)
        call_command(*command)
    said = capsys.readouterr()
    assert ended.value.code == 2 and not said.out
    assert said.err.startswith("Error: ") and "malformed" in said.err
