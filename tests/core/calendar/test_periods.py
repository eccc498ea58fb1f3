from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.keys import Every, key_of, rhythm_of, span_of, step
from guatu.core.calendar.periods import PeriodRule, due_periods, period, periods
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.kernel.explained import explain

PLAIN = WorkingCalendar(years=[2026])
HOLIDAYS = WorkingCalendar([DayRow(date(2026, 10, at), False, "国庆节") for at in range(1, 8)], years=[2026])
EVERY: list[Every] = ["day", "week", "month", "quarter", "half-year", "year"]

rhythm = st.sampled_from(EVERY)
some_day = st.dates(date(2000, 1, 1), date(2040, 12, 31))
rules = st.builds(
    PeriodRule,
    every=rhythm,
    due_day=st.integers(1, 31),
    due_month=st.integers(0, 3),
    counting=st.sampled_from(["day", "working-day"]),
    roll=st.sampled_from(["none", "next", "previous"]),
    opens_after=st.integers(-10, 10),
    closes_after=st.none() | st.integers(0, 30),
)


@pytest.mark.parametrize(
    ("every", "key"),
    [
        ("day", "2026-05-09"),
        ("week", "2026-W19"),
        ("month", "2026-05"),
        ("quarter", "2026Q2"),
        ("half-year", "2026H1"),
        ("year", "2026"),
    ],
)
def test_a_key_is_written_as_reports_write_it(every: Every, key: str) -> None:
    assert key_of(every, date(2026, 5, 9)) == key
    assert rhythm_of(key) == every


@given(rhythm, some_day)
def test_a_day_lies_in_the_period_of_its_key_and_periods_adjoin(every: Every, at: date) -> None:
    key = key_of(every, at)
    first, last = span_of(key)
    assert first <= at <= last
    assert span_of(step(key))[0] == last + timedelta(days=1)
    assert step(step(key, 3), -3) == key
    assert step(key) > key


@pytest.mark.parametrize("key", ["2026-13", "2026Q5", "2026H3", "26-03", "2026-W54", "2026-02-30", "", "٢٠٢٦"])
def test_what_is_no_period_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError):
        span_of(key)


@given(rules, some_day)
def test_a_period_opens_falls_due_and_closes_in_this_order(rule: PeriodRule, at: date) -> None:
    one = period(rule, key_of(rule.every, at), PLAIN)  # type: ignore[arg-type]
    assert one.opens <= one.due
    assert one.closes is None or one.due <= one.closes
    order = ["ahead", "open", "overdue", "closed"]
    states = [order.index(one.state(one.opens + timedelta(days=step))) for step in range(-3, 60)]
    assert states == sorted(states)


@given(rules, some_day, st.integers(0, 400))
def test_the_periods_of_a_stretch_cover_it_once_and_in_order(rule: PeriodRule, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = periods(rule, first, last, PLAIN)
    assert found[0].start <= first and found[-1].end >= last
    assert all(b.start == a.end + timedelta(days=1) for a, b in pairwise(found))


@given(rules.filter(lambda rule: rule.counting == "day" and rule.roll == "none"), some_day)
def test_later_periods_are_never_due_before_earlier_ones(rule: PeriodRule, first: date) -> None:
    due = [one.due for one in periods(rule, first, first + timedelta(days=200), PLAIN)]
    assert due == sorted(due)


def test_a_month_is_due_by_the_fifth_of_the_next_and_moves_off_the_holidays_where_the_rule_says_so() -> None:
    rule = PeriodRule(every="month", due_day=5, roll="next")
    assert period(rule, "2026-09", HOLIDAYS).due == date(2026, 10, 8)
    assert period(PeriodRule(every="month", due_day=5), "2026-09", HOLIDAYS).due == date(2026, 10, 5)
    assert period(PeriodRule(every="month", due_day=5, roll="previous"), "2026-09", HOLIDAYS).due == date(2026, 9, 30)


def test_a_due_day_that_a_short_month_lacks_is_its_last_day() -> None:
    assert period(PeriodRule(every="month", due_day=31), "2026-01", PLAIN).due == date(2026, 2, 28)


def test_a_month_may_be_due_within_itself() -> None:
    rule = PeriodRule(every="month", due_day=25, due_month=0, opens_after=-10)
    one = period(rule, "2026-01", PLAIN)
    assert (one.opens, one.due) == (date(2026, 1, 21), date(2026, 1, 25))


def test_the_third_working_day_is_counted_from_the_end_of_the_period() -> None:
    rule = PeriodRule(every="quarter", due_day=3, counting="working-day")
    assert period(rule, "2026Q3", HOLIDAYS).due == date(2026, 10, 12)


def test_a_week_is_due_days_after_its_end() -> None:
    assert period(PeriodRule(every="week", due_day=1), "2026-W10", PLAIN).due == date(2026, 3, 9)


def test_half_years_and_years_are_due_in_the_month_after() -> None:
    assert period(PeriodRule(every="half-year", due_day=10), "2026H1", PLAIN).due == date(2026, 7, 10)
    assert period(PeriodRule(every="year", due_day=15), "2025", PLAIN).due == date(2026, 1, 15)


def test_something_due_once_is_open_from_its_first_day_and_comes_once() -> None:
    rule = PeriodRule(every="once", on=date(2026, 6, 30), valid_from=date(2026, 3, 1))
    (one,) = periods(rule, date(2026, 1, 1), date(2026, 12, 31), PLAIN)
    assert (one.key, one.opens, one.due) == ("2026-06-30", date(2026, 3, 1), date(2026, 6, 30))
    assert periods(rule, date(2026, 7, 1), date(2026, 12, 31), PLAIN) == []
    assert "只报一次" in explain(one.why)


def test_a_rule_speaks_only_for_the_time_it_is_valid() -> None:
    rule = PeriodRule(every="month", valid_from=date(2026, 3, 27), valid_to=date(2026, 5, 31))
    assert [one.key for one in periods(rule, date(2026, 1, 1), date(2026, 12, 31), PLAIN)] == [
        "2026-03",
        "2026-04",
        "2026-05",
    ]
    assert periods(rule, date(2026, 7, 1), date(2026, 12, 31), PLAIN) == []


def test_on_the_due_day_itself_nothing_is_due_yet() -> None:
    rule = PeriodRule(every="month", due_day=5)
    assert [one.key for one in due_periods(rule, date(2026, 1, 1), date(2026, 3, 5), PLAIN)] == ["2026-01"]
    assert [one.key for one in due_periods(rule, date(2026, 1, 1), date(2026, 3, 6), PLAIN)] == ["2026-01", "2026-02"]


def test_states_follow_the_days() -> None:
    one = period(PeriodRule(every="month", due_day=5, closes_after=5), "2026-03", PLAIN)
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 11)]
    assert [one.state(day) for day in days] == ["ahead", "open", "open", "overdue", "closed"]


def test_the_due_day_says_why() -> None:
    one = period(PeriodRule(every="month", due_day=5, roll="next"), "2026-09", HOLIDAYS)
    assert explain(one.why).splitlines()[0] == (
        "2026-09 期应于 2026-10-08 前报送(次月或期后第 5 日,遇休息日按规则移动) [period.due-by-day]"
    )
    assert "before moving: 2026-10-05" in explain(one.why, "en")


def test_a_due_day_in_a_year_without_a_table_is_provisional() -> None:
    rule = PeriodRule(every="month", due_day=5, roll="next")
    assert not period(rule, "2026-11", HOLIDAYS).provisional
    assert period(rule, "2026-12", HOLIDAYS).provisional


@pytest.mark.parametrize(
    "bad",
    [
        {"every": "month", "due_day": 0},
        {"every": "month", "due_day": 32},
        {"every": "month", "due_month": -1},
        {"every": "once"},
        {"every": "month", "on": date(2026, 1, 1)},
        {"every": "month", "closes_after": -1},
        {"every": "month", "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
    ],
)
def test_a_rule_that_means_nothing_cannot_be_made(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        PeriodRule(**bad)  # type: ignore[arg-type]


def test_a_key_of_another_rhythm_is_refused() -> None:
    with pytest.raises(ValueError, match="no period of a rule for every month"):
        period(PeriodRule(every="month"), "2026Q1", PLAIN)
