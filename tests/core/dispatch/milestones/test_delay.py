from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.milestones.delay import (
    Move,
    Plan,
    Progress,
    carry_on,
    milestone_days_late,
    milestones_overdue,
)
from guatu.core.dispatch.milestones.network import Calendars, Link, Milestone, Network
from guatu.core.dispatch.milestones.schedule import count_back
from guatu.core.kernel.explained import explain

CALENDARS = Calendars(WorkingCalendar(years=[2026]))
WORKS = [
    Milestone("design", "设计", 10),
    Milestone("build", "施工", 20, after=(Link("design"),)),
    Milestone("accept", "验收", 0, after=(Link("build"),)),
    Milestone("publicity", "宣传", 3),
]
# Weeks from Monday 2 March: design two, build four, acceptance on the last day.
PLANS = [
    Plan("design", date(2026, 3, 2), date(2026, 3, 13)),
    Plan("build", date(2026, 3, 16), date(2026, 4, 10)),
    Plan("accept", date(2026, 4, 10), date(2026, 4, 10)),
    Plan("publicity", date(2026, 3, 9), date(2026, 3, 11)),
]


def moves(on: str, **progress: Progress) -> dict[str, Move]:
    return {move.id: move for move in carry_on(WORKS, PLANS, progress, date.fromisoformat(on), CALENDARS)}


def test_a_late_predecessor_moves_its_successors_by_as_many_days_and_says_so() -> None:
    found = moves("2026-03-04", design=Progress(started=date(2026, 3, 2), expected=date(2026, 3, 18)))
    assert {at: move.moved.value for at, move in found.items()} == {
        "design": 3,
        "build": 3,
        "accept": 3,
        "publicity": 0,
    }
    assert explain(found["build"].moved).splitlines()[0] == (
        "前置“设计”预计 2026-03-18 完成,“施工”由 2026-04-10 推至 2026-04-15,推迟 3个工作日 [milestone.pushed]"
    )
    assert explain(found["accept"].moved, "en").splitlines()[0] == (
        "“施工” is expected on 2026-04-15, so “验收” moves from 2026-04-10 to 2026-04-15: by 3 working days"
        " [milestone.pushed]"
    )
    assert (found["accept"].because, found["accept"].state) == ("build", "moved")
    assert found["design"].moved.sentence() == "“设计”计划 2026-03-13 完成,责任单位预计 2026-03-18,推迟 3个工作日"
    assert found["publicity"].moved.sentence() == "“宣传”按计划 2026-03-11 完成"


def test_what_is_not_done_in_time_moves_with_each_day() -> None:
    begun = Progress(started=date(2026, 3, 2))
    found = moves("2026-03-17", design=begun, publicity=Progress(done=date(2026, 3, 10)))
    assert found["design"].state == "overdue"
    assert found["design"].moved.sentence("en") == (
        "“设计” was planned for 2026-03-13 and is not done on 2026-03-17; expected 2026-03-17: moved by 2 working days"
    )
    assert found["build"].start == date(2026, 3, 18)
    assert moves("2026-03-18", design=begun)["build"].moved.value == 3


def test_what_has_not_begun_in_time_moves_by_itself() -> None:
    found = moves("2026-03-05")
    assert (found["design"].state, found["design"].moved.value) == ("moved", 3)
    assert found["design"].moved.sentence().startswith("“设计”应已开始,至 2026-03-05 未开始")


def test_a_finish_that_the_unit_expects_cannot_come_before_the_work_can_be_done() -> None:
    found = moves("2026-03-04", build=Progress(expected=date(2026, 3, 20)))
    assert found["build"].finish >= date(2026, 4, 10)


def test_being_early_pulls_nobody_forward() -> None:
    found = moves("2026-03-09", design=Progress(done=date(2026, 3, 6)))
    assert (found["design"].state, found["design"].moved.value) == ("done", -5)
    assert found["build"].start == date(2026, 3, 16)
    assert found["build"].moved.value == 0


def test_done_late_is_done_and_still_moves_what_waited_for_it() -> None:
    found = moves("2026-03-23", design=Progress(done=date(2026, 3, 17)), build=Progress(started=date(2026, 3, 18)))
    assert found["design"].moved.value == 2
    assert found["build"].moved.value == 0
    untouched = moves("2026-03-18", design=Progress(done=date(2026, 3, 17)))
    assert untouched["build"].moved.value == 2


def test_the_lights_are_told_how_many_milestones_are_late_and_by_how_much() -> None:
    on = date(2026, 3, 17)
    found = list(moves("2026-03-17", design=Progress(started=date(2026, 3, 2))).values())
    assert milestones_overdue(found, on).value == 2
    worst = milestone_days_late(found, WORKS, on, CALENDARS)
    assert worst.value == 4
    assert worst.sentence() == "至 2026-03-17 逾期最久的是“宣传”,已逾期 4个工作日"
    assert milestone_days_late([], WORKS, on, CALENDARS).value == 0


def test_a_milestone_without_agreed_days_is_refused() -> None:
    with pytest.raises(KeyError):
        carry_on(WORKS, PLANS[:2], {}, date(2026, 3, 2), CALENDARS)


@st.composite
def works(draw: st.DrawFn) -> list[Milestone]:
    made = []
    for at in range(draw(st.integers(2, 7))):
        before = draw(st.lists(st.integers(0, at - 1), max_size=2, unique=True)) if at else []
        links = tuple(Link(f"m{one}", draw(st.integers(0, 3))) for one in before)
        made.append(Milestone(f"m{at}", f"节点{at}", draw(st.integers(0, 6)), after=links))
    return made


def latest(milestones: list[Milestone]) -> list[Plan]:
    schedule = count_back(milestones, date(2026, 3, 2), date(2026, 12, 31), CALENDARS)
    return [Plan(row.id, row.late_start, row.late_finish) for row in schedule.rows]


def descendants(milestones: list[Milestone], of: str) -> set[str]:
    found = {of}
    for one in milestones:
        if found & {link.after for link in one.after}:
            found.add(one.id)
    return found


@given(works())
def test_on_the_first_day_nothing_has_moved(milestones: list[Milestone]) -> None:
    found = carry_on(milestones, latest(milestones), {}, date(2026, 3, 2), CALENDARS)
    assert {move.moved.value for move in found} == {0}
    assert {move.state for move in found} == {"planned"}


@given(works(), st.data(), st.integers(1, 40))
def test_a_delay_moves_only_what_waits_for_it_and_nothing_further_than_itself(
    milestones: list[Milestone], data: st.DataObject, days: int
) -> None:
    plans = {plan.id: plan for plan in latest(milestones)}
    late = data.draw(st.sampled_from(milestones))
    expected = CALENDARS.of(late).shift(plans[late.id].finish, days)
    known = {late.id: Progress(expected=expected)}
    found = {m.id: m for m in carry_on(milestones, list(plans.values()), known, date(2026, 3, 2), CALENDARS)}
    moved = {at for at, move in found.items() if move.moved.value}
    assert late.id in moved <= descendants(milestones, late.id)
    assert all(0 <= move.moved.value <= days for move in found.values())
    network = Network(milestones, CALENDARS)
    for one in milestones:
        for link in one.after:
            assert network.earliest(one, link, found[link.after].finish) <= found[one.id].start


@given(works(), st.integers(0, 200), st.integers(0, 60))
def test_with_each_day_that_nothing_is_done_no_finish_comes_nearer(
    milestones: list[Milestone], day: int, later: int
) -> None:
    plans = latest(milestones)
    first = date(2026, 3, 2) + timedelta(days=day)
    one = carry_on(milestones, plans, {}, first, CALENDARS)
    other = carry_on(milestones, plans, {}, first + timedelta(days=later), CALENDARS)
    assert all(a.finish <= b.finish for a, b in zip(one, other, strict=True))
