"""The worked tables of docs/algorithms/calendar.md are what the calendar does."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest

from guatu.adapters.holidays import national_calendar
from guatu.core.calendar.clock import Clock, Event, Limit, read_clock
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.periods import PeriodRule, period
from guatu.core.kernel.explained import Explained, show

PAGE = Path(__file__).resolve().parents[3] / "docs/algorithms/calendar.md"
TABLES = {
    name: [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    for name, table in re.findall(r"<!-- worked: ([\w-]+) -->\n\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"))
}
WORK = WorkTime(national_calendar(), (HoursRow((Shift(time(8), time(12)), Shift(time(13, 30), time(17, 30)))),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def limit(text: str) -> Limit:
    amount, unit = text.split(",")[0].split()
    return Limit(float(amount), unit, "whole" in text, "roll" in text)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", TABLES["working-days"], ids=lambda row: " ".join(row))
def test_working_days_are_counted_as_the_page_says(row: list[str]) -> None:
    start, steps, expected, between = row
    found = national_calendar().shift(date.fromisoformat(start), int(steps))
    assert found.isoformat() == expected
    assert national_calendar().between(date.fromisoformat(start), found) == int(between)


@pytest.mark.parametrize("row", TABLES["periods"], ids=lambda row: " ".join(row))
def test_periods_fall_due_as_the_page_says(row: list[str]) -> None:
    words, key, due, moved_from = row
    every, day, roll = (word.strip() for word in words.split(","))
    counting, number = day.split()
    rule = PeriodRule(every=every, due_day=int(number), counting=counting, roll=roll)  # type: ignore[arg-type]
    found = period(rule, key, national_calendar())
    assert (found.due.isoformat(), found.why.part("nominal").value) == (due, moved_from)


@pytest.mark.parametrize("row", TABLES["limits"], ids=lambda row: " ".join(row))
def test_limits_end_as_the_page_says(row: list[str]) -> None:
    words, began, due = row
    reading = read_clock(Clock(limit(words), at(began)), at("2026-12-31"), WORK)
    assert isinstance(reading.due, Explained)
    assert show(reading.due.value) == due


def test_the_clock_runs_as_the_page_says() -> None:
    clock = Clock(Limit(8, "working-hour"), at("2026-03-02 09:00"))
    for words, now, state, used, remaining, due in TABLES["clock"]:
        if words != "-":
            kind, day, hour, *more = words.split()
            clock = clock.with_event(Event(kind, at(f"{day} {hour}"), amount=float(more[1]) if more else 0))
        reading = read_clock(clock, at(now), WORK)
        told = show(reading.due.value) if isinstance(reading.due, Explained) else "unknown"
        assert [reading.state + (", late" if reading.late else ""), show(round(reading.used, 4), "1"), told] == [
            state,
            used,
            due,
        ]
        assert reading.remaining.total_seconds() / 3600 == float(remaining)


def test_each_marked_table_has_its_test() -> None:
    assert set(TABLES) == {"working-days", "periods", "limits", "clock"}
