"""Clocks of the shipped packs: what has a floor has a time between the floor and the end, on any day of a year."""

from datetime import datetime, timedelta

import pytest

from guatu.adapters.holidays import national_calendar
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack
from guatu.core.calendar.clock import Clock, read_clock, read_floor
from guatu.core.calendar.hours import CHINA, WorkTime
from guatu.core.kernel.explained import Explained
from guatu.core.pack.sections import clocks as clocks_section

LOADED = {
    name: loaded
    for name, pack in find_packs(environment={}).items()
    if (pack.folder / "clocks.toml").is_file() and (loaded := load_pack(pack.folder)[0]) is not None
}
HOURS = [timedelta(days=day, hours=hour) for day in range(0, 366, 5) for hour in (0, 9, 17)]


@pytest.mark.parametrize("name", sorted(LOADED))
def test_every_clock_with_a_floor_leaves_a_day_to_do_it(name: str) -> None:
    table = LOADED[name].pack[clocks_section.SECTION]
    work = WorkTime(national_calendar(), table.hours_rows)
    for row in table.limit_rows:
        for after in HOURS if row.limit.at_least else []:
            clock = Clock(row.limit, datetime(2026, 1, 1, tzinfo=CHINA) + after)
            first, due = read_floor(clock, clock.start, work), read_clock(clock, clock.start, work).due
            assert isinstance(first, Explained) and isinstance(due, Explained)
            assert due.value - first.value >= timedelta(days=1), row


def test_notices_and_look_backs_have_floors() -> None:
    floors = {
        (name, row.clock): row.limit.at_least
        for name, loaded in LOADED.items()
        for row in loaded.pack[clocks_section.SECTION].limit_rows
        if row.limit.at_least
    }
    assert floors == {
        ("disputes", "look_back"): 15,
        ("open_meetings", "publish_resolution"): 7,
        ("open_meetings", "publish_result"): 7,
        ("small_powers", "publish"): 7,
        ("small_powers", "show_result"): 7,
        ("stock_problems", "look_back"): 180,
    }
