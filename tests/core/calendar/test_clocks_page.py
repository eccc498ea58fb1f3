"""The worked table of docs/algorithms/clocks.md is what the clock engine does."""

import re
from datetime import datetime, time
from pathlib import Path

from guatu.core.calendar.clock import Clock, Event, Limit, read_clock
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.explained import Explained, show

PAGE = Path(__file__).resolve().parents[3] / "docs/algorithms/clocks.md"
TABLE = re.search(r"<!-- worked: case-clock -->\n\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"))
WORK = WorkTime(WorkingCalendar(years=[2026]), (HoursRow((Shift(time(8), time(12)), Shift(time(14), time(18)))),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_the_clock_of_a_case_runs_as_the_page_says() -> None:
    assert TABLE is not None
    clock = Clock(Limit(4, "working-hour"), at("2026-03-02 09:00"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE[1].splitlines()[2:]]
    assert len(rows) == 6
    for words, now, *told in rows:
        if words != "-":
            kind, day, hour, *more = words.split()
            clock = clock.with_event(Event(kind, at(f"{day} {hour}"), amount=float(more[1]) if more else 0))  # type: ignore[arg-type]
        reading = read_clock(clock, at(now), WORK)
        due = show(reading.due.value) if isinstance(reading.due, Explained) else "unknown"
        hours = f"{reading.remaining.total_seconds() / 3600:g}"
        yes = {True: "yes", False: "no"}
        assert [reading.state, hours, yes[reading.late], yes[reading.counted_late], due] == told
