from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import (
    Delivery,
    completeness,
    days_late,
    late_reports,
    missing_in_a_row,
    missing_reports,
    timeliness,
)
from guatu.core.kernel.explained import Explained, Unknown, explain

ON = date(2026, 5, 20)
ROWS = [
    Delivery("东岭镇", "2026-01", date(2026, 2, 5), date(2026, 2, 5)),
    Delivery("东岭镇", "2026-02", date(2026, 3, 5), date(2026, 3, 7)),
    Delivery("东岭镇", "2026-03", date(2026, 4, 5)),
    Delivery("东岭镇", "2026-04", date(2026, 5, 5), excused=True),
    Delivery("东岭镇", "2026-05", date(2026, 6, 5)),
]
day = st.integers(0, 200).map(lambda at: date(2026, 1, 1) + timedelta(days=at))
deliveries = st.lists(st.builds(Delivery, st.just("镇"), st.just("2026-01"), day, st.none() | day, st.booleans()))


def test_completeness_and_timeliness_show_numerator_and_denominator() -> None:
    assert explain(completeness(ROWS, ON)).splitlines()[0] == (
        "截至 2026-05-20 应报 3项,已报 2项,报送率 66.6667% [delivery.completeness]"
    )
    assert explain(timeliness(ROWS, ON), "en").splitlines()[0] == (
        "as of 2026-05-20, 3 items were due and 1 items came in time: timeliness 33.3333% [delivery.timeliness]"
    )
    assert "免报: 1项" in explain(completeness(ROWS, ON))


def test_where_nothing_was_due_there_is_no_rate_and_not_a_full_one() -> None:
    for rate in (completeness(ROWS[3:], ON), timeliness([], ON)):
        assert isinstance(rate, Unknown)
        assert "不计算比率" in rate.sentence()


def test_a_report_on_its_due_day_is_neither_missing_nor_late() -> None:
    (row,) = [Delivery("镇", "2026-01", ON)]
    assert missing_reports([row], ON).value == 0
    assert missing_reports([row], ON + timedelta(days=1)).value == 1
    assert late_reports([Delivery("镇", "2026-01", ON, ON)], ON + timedelta(days=9)).value == 0


def test_a_report_that_came_early_counts_before_its_due_day() -> None:
    early = Delivery("镇", "2026-05", date(2026, 6, 5), date(2026, 5, 31))
    rate = completeness([early], date(2026, 5, 31))
    assert isinstance(rate, Explained) and rate.value == 1


def test_what_came_after_the_day_has_not_come_on_it() -> None:
    rate = completeness(ROWS, date(2026, 3, 6))
    assert isinstance(rate, Explained) and rate.value == 0.5


def test_missing_reports_are_counted_all_and_in_a_row() -> None:
    rows = [*ROWS, Delivery("东岭镇", "2025-12", date(2026, 1, 5))]
    assert missing_reports(rows, ON).value == 2
    assert missing_in_a_row(rows, ON).value == 1
    assert missing_in_a_row(rows, date(2026, 6, 6)).value == 2
    assert explain(missing_in_a_row(rows, ON), "en").startswith("as of 2026-05-20 the last 1 items that were due")


def test_the_oldest_missing_report_is_late_by_working_days() -> None:
    calendar = WorkingCalendar(years=[2026])
    found = days_late(ROWS, date(2026, 4, 13), calendar)
    assert found.value == 6
    assert found.sentence() == "最早缺报的一期应于 2026-04-05 前报送,截至 2026-04-13 已迟 6个工作日"
    assert days_late(ROWS[:2], ON, calendar).value == 0


@given(deliveries, day)
def test_due_reports_are_in_time_late_or_missing_and_nothing_else(rows: list[Delivery], on: date) -> None:
    rate, in_time = completeness(rows, on), timeliness(rows, on)
    due = sum(row.is_due(on) for row in rows)
    assert isinstance(rate, Unknown) == (due == 0) == isinstance(in_time, Unknown)
    if isinstance(rate, Explained) and isinstance(in_time, Explained):
        late, missing = late_reports(rows, on).value, missing_reports(rows, on).value
        assert round(in_time.value * due) + late + missing == due
        assert 0 <= in_time.value <= rate.value <= 1


@given(deliveries, day)
def test_an_excused_report_changes_no_rate(rows: list[Delivery], on: date) -> None:
    asked = [row for row in rows if not row.excused]
    assert missing_in_a_row(rows, on).value == missing_in_a_row(asked, on).value
    rate, alone = completeness(rows, on), completeness(asked, on)
    if isinstance(rate, Explained) and isinstance(alone, Explained):
        assert rate.value == alone.value
