from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.ladder import (
    Decision,
    LadderEvent,
    LadderEventKind,
    Step,
    check_history,
    check_ladder,
    climb_so_far,
    next_step,
)
from guatu.core.dispatch.starting_rules import STARTING_LADDER
from guatu.core.dispatch.vocabulary import Facts
from guatu.core.kernel.explained import Explained, Rule, explain

CALENDAR = WorkingCalendar(years=[2026])
GIVEN = Rule("given", "给定 {value}", "given {value}")
LADDER = (
    Step("reminder", "提醒", "reminder", "report_days_late >= 1"),
    Step("order", "督办单", "supervision order", "report_days_late >= 3", wait=5),
    Step(
        "talk",
        "约谈",
        "talk",
        "order_days_overdue >= 1 or reds_in_a_row >= 3",
        at_once=True,
    ),
)
MONDAY = date(2026, 3, 2)


def facts(late: int = 0, reds: int = 0, overdue: int = 0) -> Facts:
    return {
        "report_days_late": GIVEN.gives(late, unit="working-day"),
        "reds_in_a_row": GIVEN.gives(reds, unit="period"),
        "order_days_overdue": GIVEN.gives(overdue, unit="working-day"),
    }


def took(step: str, on: date = MONDAY) -> LadderEvent:
    return LadderEvent("step", on, step)


def decide(history: list[LadderEvent], given_facts: Facts, on: date = date(2026, 3, 31)) -> Explained[Decision]:
    return next_step(LADDER, history, given_facts, on, CALENDAR)


def test_nothing_is_done_while_no_condition_holds() -> None:
    found = decide([], facts())
    assert found.value == Decision("none")
    assert explain(found).splitlines()[0] == ("下一步“提醒”的条件未满足(缺报已迟 0个工作日 >= 1个工作日) [ladder.none]")


def test_a_step_whose_condition_holds_is_due_with_its_numbers() -> None:
    found = decide([], facts(late=2))
    assert found.value == Decision("take", "reminder")
    assert explain(found).splitlines()[0] == ("应采取“提醒”(缺报已迟 2个工作日 >= 1个工作日) [ladder.take]")
    assert explain(found, "en").splitlines()[0] == (
        "“reminder” is due (oldest missing report late by 2 working days >= 1 working days) [ladder.take]"
    )


def test_steps_are_climbed_one_at_a_time() -> None:
    assert decide([], facts(late=9)).value.step == "reminder"
    assert decide([took("reminder")], facts(late=9)).value == Decision("take", "order")


def test_a_step_waits_its_working_days_after_the_one_before() -> None:
    found = decide([took("reminder")], facts(late=9), date(2026, 3, 6))
    assert found.value == Decision("wait", "order", date(2026, 3, 9))
    assert found.sentence() == (
        "条件已满足“督办单”(缺报已迟 9个工作日 >= 3个工作日),距“提醒”须满 5个工作日,最早 2026-03-09"
    )
    assert decide([took("reminder")], facts(late=9), date(2026, 3, 9)).value.action == "take"


def test_a_step_declared_to_be_taken_at_once_passes_over_the_lower_ones() -> None:
    found = decide([], facts(late=1, reds=3), MONDAY)
    assert found.value == Decision("take", "talk")
    assert found.sentence() == "应采取“约谈”(连续红灯 3期 >= 3期)"


def test_the_reason_of_a_step_names_the_cause_that_holds_and_no_other() -> None:
    """The alternatives were once printed together, so that 0 days late >= 1 day stood there as a fact."""
    first, second = decide([], facts(overdue=2, reds=1)), decide([], facts(overdue=0, reds=4))
    assert first.sentence("en") == "“talk” is due (supervision order overdue by 2 working days >= 1 working days)"
    assert [part.key for part in first.parts] == ["step", "tests", "order_days_overdue"]
    assert second.sentence() == "应采取“约谈”(连续红灯 4期 >= 3期)"
    neither = next_step(LADDER[2:], [], facts(), MONDAY, CALENDAR)
    assert neither.sentence() == "下一步“约谈”的条件未满足(督办单逾期 0个工作日 >= 1个工作日 或 连续红灯 0期 >= 3期)"


def test_nothing_is_climbed_while_an_appeal_is_open() -> None:
    appeal = LadderEvent("appeal", date(2026, 3, 10), "reminder")
    found = decide([took("reminder"), appeal], facts(late=9))
    assert found.value == Decision("halt")
    assert found.sentence() == "对“提醒”的申诉 2026-03-10 提出,尚未答复,暂不升级"
    rejected = LadderEvent("rejected", date(2026, 3, 12), "reminder")
    assert decide([took("reminder"), appeal, rejected], facts(late=9)).value == Decision("take", "order")


def test_an_appeal_is_answered_for_its_own_step_only() -> None:
    history = [
        took("reminder"),
        took("order", date(2026, 3, 9)),
        LadderEvent("appeal", date(2026, 3, 10), "reminder"),
        LadderEvent("appeal", date(2026, 3, 10), "order"),
        LadderEvent("rejected", date(2026, 3, 11), "order"),
    ]
    assert decide(history, facts(overdue=1)).value == Decision("halt")


def test_an_upheld_appeal_undoes_its_step_and_bars_it_until_its_day() -> None:
    upheld = LadderEvent("upheld", date(2026, 3, 12), "reminder", until=date(2026, 4, 1))
    history = [took("reminder"), LadderEvent("appeal", date(2026, 3, 10), "reminder"), upheld]
    assert climb_so_far(history, date(2026, 3, 13)).standing == ()
    barred = decide(history, facts(late=9), date(2026, 3, 31))
    assert barred.value == Decision("wait", "reminder", date(2026, 4, 1))
    assert barred.sentence("en") == (
        "the appeal against “reminder” was upheld: it is not taken again before 2026-04-01"
    )
    assert decide(history, facts(late=9), date(2026, 4, 1)).value == Decision("take", "reminder")


def test_a_stop_halts_the_climb_until_its_end_or_until_it_goes_on() -> None:
    stop = LadderEvent("stop", date(2026, 3, 5), until=date(2026, 3, 20), reason="汛期抢险")
    found = decide([took("reminder"), stop], facts(late=9), date(2026, 3, 20))
    assert found.value == Decision("halt")
    assert found.sentence() == "自 2026-03-05 起中止,至 2026-03-20;理由:汛期抢险"
    assert decide([took("reminder"), stop], facts(late=9), date(2026, 3, 21)).value.action == "take"
    endless = LadderEvent("stop", date(2026, 3, 5), reason="机构调整")
    assert "另行决定" in decide([endless], facts(late=9)).sentence()
    go_on = LadderEvent("go-on", date(2026, 3, 9))
    assert decide([endless, go_on], facts(late=9)).value == Decision("take", "reminder")


def test_settlement_begins_a_new_climb() -> None:
    history = [took("reminder"), took("order"), LadderEvent("settled", date(2026, 3, 15))]
    assert decide(history, facts(late=1)).value == Decision("take", "reminder")


def test_above_the_last_step_there_is_none() -> None:
    found = decide([took("talk")], facts(late=9, reds=9))
    assert (found.value.action, found.sentence("en")) == ("top", "the last step, “talk”, has been taken")
    assert next_step((), [], {}, MONDAY, CALENDAR).value.action == "top"


def test_what_depends_on_an_unknown_figure_waits_and_names_it() -> None:
    unknown = {**facts(), "report_days_late": Rule("none", "未登记", "not recorded").lacks()}
    found = decide([], unknown)
    assert found.value == Decision("wait", "reminder")
    assert found.sentence() == "下一步“提醒”能否采取取决于未知的数(缺报已迟 未知 >= 1个工作日)"
    assert "未登记 [none]" in explain(found)


def test_what_has_not_happened_yet_decides_nothing() -> None:
    assert decide([took("reminder", date(2026, 6, 1))], facts(late=9)).value.step == "reminder"


kinds: list[LadderEventKind] = ["step", "stop", "go-on", "appeal", "upheld", "rejected", "settled"]
days = st.integers(0, 120).map(lambda at: MONDAY + timedelta(days=at))
events = st.builds(
    LadderEvent, st.sampled_from(kinds), days, st.sampled_from(["reminder", "order", "talk"]), st.none() | days
)
histories = st.lists(events, max_size=8).map(lambda rows: sorted(rows, key=lambda row: row.on))


@given(histories, days, st.integers(0, 9), st.integers(0, 9))
def test_a_step_is_never_taken_twice_below_itself_barred_or_while_something_holds_the_climb(
    history: list[LadderEvent], on: date, late: int, reds: int
) -> None:
    found = decide(history, facts(late=late, reds=reds), on).value
    climb = climb_so_far(history, on)
    if found.action == "take":
        assert climb.stop is None and climb.appeals == ()
        order = [step.id for step in LADDER]
        assert all(order.index(event.step) < order.index(found.step) for event in climb.standing)
        assert found.step not in {event.step for event in climb.barred}


@given(histories, days)
def test_the_decision_depends_only_on_what_happened_by_the_day(history: list[LadderEvent], on: date) -> None:
    past = [event for event in history if event.on <= on]
    assert decide(history, facts(late=5), on) == decide(past, facts(late=5), on)


def test_a_ladder_is_checked_before_it_is_used() -> None:
    bad = (
        Step("a", "甲", "a", ""),
        Step("a", "乙", "b", "reds >= 1"),
        Step("c", "丙", "c", "true"),
    )
    assert [found.code for found in check_ladder(bad)] == [
        "ladder.no-trigger",
        "ladder.same-id",
        "rule.unknown-name",
        "ladder.no-trigger",
    ]
    assert check_ladder(bad)[0].message() == "“a”没有触发条件,会无故采取;请填写条件"
    assert check_ladder(bad)[0].message("en") == ("“a” has no conditions and would be taken without cause; enter them")


@pytest.mark.parametrize("ladder", [LADDER, STARTING_LADDER])
def test_the_ladder_to_start_from_is_sound_and_survives_json(ladder: tuple[Step, ...]) -> None:
    assert check_ladder(ladder) == []
    assert msgspec.json.decode(msgspec.json.encode(ladder), type=tuple[Step, ...]) == ladder


def test_records_of_strange_steps_or_out_of_order_are_reported() -> None:
    found = check_history(LADDER, [took("fine"), took("reminder", date(2026, 2, 1)), LadderEvent("stop", MONDAY)])
    assert [one.code for one in found] == ["ladder.strange-event", "ladder.out-of-order"]
    assert found[0].message() == "2026-03-02 的记录“step”指向“fine”,阶梯中没有这一步;请改正"
    assert found[1].message("en") == (
        "the record of 2026-02-01 stands after that of 2026-03-02; put them in order of time"
    )
