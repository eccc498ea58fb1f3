from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.dispatch.milestones.network import Calendars, Link, Milestone, Network, check_milestones
from guatu.core.dispatch.milestones.schedule import Placed, Schedule, count_back
from guatu.core.kernel.explained import explain

HOLIDAYS = [DayRow(date(2026, 5, at), False, "劳动节") for at in range(1, 6)]
OFFICE = WorkingCalendar([*HOLIDAYS, DayRow(date(2026, 5, 9), True)], years=[2026])
SITE = WorkingCalendar(week=(True,) * 6 + (False,), years=[2026])
CALENDARS = Calendars(OFFICE, {"施工队": SITE})

WORKS = [
    Milestone("survey", "勘察", 5),
    Milestone("design", "设计", 10, after=(Link("survey"),)),
    Milestone("land", "征地", 8, after=(Link("survey"),)),
    Milestone("build", "施工", 30, "施工队", (Link("design", 2), Link("land"))),
    Milestone("accept", "验收", 0, after=(Link("build"),)),
]
START, DEADLINE = date(2026, 3, 2), date(2026, 6, 30)


def by_id(schedule: Schedule) -> dict[str, Placed]:
    return {row.id: row for row in schedule.rows}


@st.composite
def networks(draw: st.DrawFn) -> list[Milestone]:
    """Milestones of two calendars with links only to earlier ones, handed in out of order."""
    count = draw(st.integers(1, 7))
    made = []
    for at in range(count):
        before = draw(st.lists(st.integers(0, at - 1), max_size=2, unique=True)) if at else []
        links = tuple(Link(f"m{one}", draw(st.integers(-3, 3))) for one in before)
        days, unit = draw(st.integers(0, 6)), draw(st.sampled_from(["", "施工队"]))
        made.append(Milestone(f"m{at}", f"节点{at}", days, unit, links))
    return draw(st.permutations(made))


deadlines = st.integers(0, 150).map(lambda days: START + timedelta(days=days))


def test_milestones_are_counted_back_from_the_deadline() -> None:
    schedule = count_back(WORKS, START, DEADLINE, CALENDARS)
    days = {row.id: (row.late_start.isoformat(), row.late_finish.isoformat()) for row in schedule.rows}
    assert (
        days
        == {
            "survey": ("2026-04-27", "2026-05-06"),
            "design": ("2026-05-07", "2026-05-20"),
            "land": ("2026-05-15", "2026-05-26"),
            "build": ("2026-05-27", "2026-06-30"),
            "accept": ("2026-06-30", "2026-06-30"),
        }
        or days
    )
    assert schedule.fits


def test_a_latest_finish_says_what_it_is_counted_back_from() -> None:
    rows = by_id(count_back(WORKS, START, DEADLINE, CALENDARS))
    assert explain(rows["accept"].why).splitlines()[0] == (
        "“验收”工期 0个工作日,期限 2026-06-30,最迟 2026-06-30 开始、2026-06-30 完成 [milestone.by-deadline]"
    )
    assert explain(rows["design"].why, "en").splitlines()[0] == (
        "“设计” takes 10 working days; “施工” starts by 2026-05-27 (lag 2 working days),"
        " so it starts by 2026-05-11 and ends by 2026-05-22 [milestone.by-successor]"
    )


def test_the_critical_path_is_the_longest_and_what_is_off_it_has_slack() -> None:
    schedule = count_back(WORKS, START, DEADLINE, CALENDARS)
    assert schedule.path == ["survey", "design", "build", "accept"]
    rows = by_id(schedule)
    assert [row.id for row in schedule.rows if row.critical] == ["survey", "design", "build", "accept"]
    assert rows["land"].slack > rows["design"].slack


def test_each_unit_works_by_its_own_calendar() -> None:
    site = count_back([Milestone("a", "甲", 6, "施工队")], START, date(2026, 3, 7), CALENDARS)
    assert site.rows[0].late_start == date(2026, 3, 2)
    office = count_back([Milestone("a", "甲", 6)], START, date(2026, 3, 7), CALENDARS)
    assert office.rows[0].late_finish == date(2026, 3, 6)
    assert [found.code for found in office.findings] == ["milestone.does-not-fit"]


def test_time_that_is_too_short_is_reported_with_the_days_that_lack() -> None:
    (found,) = count_back([Milestone("a", "设计", 10)], START, date(2026, 3, 11), CALENDARS).findings
    assert found.message() == (
        "“设计”最迟 2026-02-26 就要开始,而最早 2026-03-02 才能开始,差 2 个工作日;请压缩工期、并行安排或调整期限"
    )
    assert found.message("en") == (
        "“设计” would have to start by 2026-02-26 and cannot before 2026-03-02, 2 working days short:"
        " shorten work, overlap it, or move the deadline"
    )


def test_a_season_and_a_day_to_be_done_by_bind_from_outside() -> None:
    planting = Milestone("plant", "栽植", 10, not_before=date(2026, 3, 16), finish_by=date(2026, 4, 10))
    (row,) = count_back([planting], START, DEADLINE, CALENDARS).rows
    assert (row.early_start, row.late_finish) == (date(2026, 3, 16), date(2026, 4, 10))


def test_a_negative_lag_lets_work_overlap() -> None:
    pair = [Milestone("a", "甲", 5), Milestone("b", "乙", 5, after=(Link("a", -2),))]
    rows = by_id(count_back(pair, START, DEADLINE, CALENDARS))
    assert rows["a"].early_finish == date(2026, 3, 6)
    assert rows["b"].early_start == date(2026, 3, 5)


@given(networks(), deadlines)
def test_no_milestone_is_placed_before_what_it_waits_for(milestones: list[Milestone], deadline: date) -> None:
    schedule = count_back(milestones, START, deadline, CALENDARS)
    network, rows = Network(milestones, CALENDARS), by_id(schedule)
    assert set(rows) == {one.id for one in milestones}
    for one in milestones:
        row = rows[one.id]
        assert row.early_start >= START and row.late_finish <= deadline
        for link in one.after:
            before = rows[link.after]
            assert network.earliest(one, link, before.early_finish) <= row.early_start
            assert network.earliest(one, link, before.late_finish) <= row.late_start


@given(networks(), deadlines)
def test_it_fits_when_working_forward_ends_by_the_deadline_and_only_then(
    milestones: list[Milestone], deadline: date
) -> None:
    schedule = count_back(milestones, START, deadline, CALENDARS)
    assert schedule.fits == all(row.early_finish <= deadline for row in schedule.rows)
    assert schedule.fits == all(row.early_start <= row.late_start for row in schedule.rows)


@given(networks(), deadlines)
def test_a_latest_finish_could_not_be_a_working_day_later(milestones: list[Milestone], deadline: date) -> None:
    rows = by_id(count_back(milestones, START, deadline, CALENDARS))
    network = Network(milestones, CALENDARS)
    for one in milestones:
        later = CALENDARS.of(one).shift(rows[one.id].late_finish, 1)
        breaks = [
            network.earliest(after, link, later) > rows[after.id].late_start for after, link in network.waiting[one.id]
        ]
        assert later > deadline or any(breaks)


@given(networks(), deadlines)
def test_the_critical_path_leads_by_links_to_the_last_finish(milestones: list[Milestone], deadline: date) -> None:
    schedule = count_back(milestones, START, deadline, CALENDARS)
    rows, network = by_id(schedule), Network(milestones, CALENDARS)
    assert rows[schedule.path[-1]].early_finish == max(row.early_finish for row in schedule.rows)
    for before, after in pairwise(schedule.path):
        assert before in {link.after for link in network.by_id[after].after}


def test_a_circle_is_reported_with_the_names_in_the_order_of_the_work() -> None:
    circle = [
        Milestone("a", "立项", 1, after=(Link("c"),)),
        Milestone("b", "批复", 1, after=(Link("a"),)),
        Milestone("c", "用地", 1, after=(Link("b"),)),
        Milestone("d", "开工", 1, after=(Link("c"),)),
    ]
    schedule = count_back(circle, START, DEADLINE, CALENDARS)
    (found,) = schedule.findings
    assert schedule.rows == []
    assert found.message() == "节点互为前置,形成循环:批复 → 用地 → 立项 → 批复;请去掉其中一个前置关系"
    assert found.message("en") == (
        "milestones wait for each other in a circle: 批复 → 用地 → 立项 → 批复; remove one of these links"
    )


def test_two_circles_are_both_reported_and_a_milestone_may_not_wait_for_itself() -> None:
    two = [
        Milestone("a", "甲", 1, after=(Link("b"),)),
        Milestone("b", "乙", 1, after=(Link("a"),)),
        Milestone("c", "丙", 1, after=(Link("c"), Link("a"))),
    ]
    assert sorted(found.params["names"] for found in check_milestones(two)) == ["丙 → 丙", "乙 → 甲 → 乙"]


def test_a_predecessor_that_is_not_there_and_an_id_that_stands_twice_are_reported() -> None:
    bad = [Milestone("a", "甲", 1, after=(Link("x"),)), Milestone("a", "乙", 1)]
    assert [found.code for found in check_milestones(bad)] == ["milestone.same-id", "milestone.predecessor-missing"]
    assert "“甲”的前置节点“x”不存在" in check_milestones(bad)[1].message()
    with pytest.raises(ValueError, match="no network"):
        Network(bad, CALENDARS)


def test_work_of_fewer_than_no_days_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="甲"):
        Milestone("a", "甲", -1)


def test_a_plan_without_milestones_is_an_empty_timetable() -> None:
    assert count_back([], START, DEADLINE, CALENDARS) == Schedule([], [], [])
