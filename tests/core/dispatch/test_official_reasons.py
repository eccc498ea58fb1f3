"""Reasons as official papers write them: no rule, no comparison, no negative count, days in Chinese."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.facts import Standing, ladder_facts, light_facts
from guatu.core.dispatch.goal import Direction
from guatu.core.dispatch.ladder import next_step
from guatu.core.dispatch.lights import LightRule, light
from guatu.core.dispatch.milestones.delay import milestone_days_late, milestones_overdue
from guatu.core.dispatch.progress import Report
from guatu.core.dispatch.starting_rules import STARTING_LADDER, STARTING_RULES
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.dispatch.vocabulary import FACTS
from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.official import official

CALENDAR = WorkingCalendar(years=[2026])
START = date(2026, 1, 1)
# What no leader signs: comparisons, alternatives, half-width signs, days as machines write them, negative counts.
MACHINE = re.compile(r"[<>=;:()_]| 或 |并非|\d{4}-\d\d|-\d+(?:天|个|项|份|期)|(?<!\d),|,(?!\d)|\d\s+[\u4e00-\u9fff]")
MONTHS = {month: date(2026, month, 25) for month in range(1, 13)}


def course(**values: Any) -> Trajectory:
    given: dict[str, Any] = {"name": "管网", "unit": "公里", "target": 7.5, "kind": "cumulative", "start": START}
    return Trajectory(**{**given, "deadline": date(2026, 3, 31), **values})


def reason(of: Trajectory, figure: float | None, on: date, owed: tuple[Delivery, ...] = ()) -> str:
    reports = () if figure is None else (Report("2026-03", date(2026, 3, 25), figure),)
    return official(light(STARTING_RULES, light_facts(Standing(of, reports, owed), on, CALENDAR)))


def test_what_is_overdue_says_by_how_much_and_how_far_it_came() -> None:
    assert reason(course(), 3, date(2026, 5, 30)) == "已逾期60天，完成3公里，为目标7.5公里的40%"


def test_what_is_not_the_whole_is_never_written_as_all_of_it() -> None:
    assert reason(course(target=10_000), 9_999, date(2026, 5, 30)).endswith("的99.9%")


def test_a_figure_that_is_to_stay_below_is_called_above_and_has_no_percentage() -> None:
    ceiling = course(unit="户", target=500, kind="level", direction="down", base=600)
    assert reason(ceiling, 507, date(2026, 5, 30)) == "已逾期60天，目前为507户，高于目标500户"


def test_what_went_the_wrong_way_is_said_and_not_a_negative_share() -> None:
    rate = course(unit="%", target=95, base=83, kind="level", deadline=date(2026, 12, 31))
    assert reason(rate, 82, date(2026, 3, 30)) == "目前为82%，应达85.74%，与基期83%相比不进反退"


def test_missing_reports_are_counted_by_periods() -> None:
    owed = tuple(Delivery("甲", f"2026-0{n}", date(2026, n + 1, 5)) for n in (1, 2))
    assert reason(course(deadline=date(2026, 12, 31)), None, date(2026, 4, 1), owed) == "连续2期缺报"


def test_of_several_causes_of_a_step_only_the_one_that_decided_is_named() -> None:
    facts = ladder_facts(["red", "red", "red"], [], date(2026, 5, 30), CALENDAR)
    found = next_step(STARTING_LADDER[4:5], [], facts, date(2026, 5, 30), CALENDAR)
    assert found.value.action == "take" and official(found) == "连续3期亮红灯"


def test_every_fact_has_a_sentence_of_its_own_for_papers() -> None:
    on = date(2026, 5, 30)
    standing = Standing(course(), (Report("2026-03", date(2026, 3, 25), 3.0),), (Delivery("甲", "2026-04", on),))
    facts = {
        **light_facts(standing, on, CALENDAR),
        **ladder_facts(["red"], [], on, CALENDAR, START, START),
        "milestones_overdue": milestones_overdue([], on),
        "milestone_days_late": milestone_days_late([], [], on, None),  # type: ignore[arg-type]
    }
    assert set(facts) == set(FACTS)
    bare = [name for name, fact in facts.items() if isinstance(fact, Explained) and not fact.official]
    assert bare == []


@st.composite
def standings(draw: st.DrawFn) -> tuple[Standing, date]:
    number = st.floats(0, 2000, allow_nan=False).map(lambda value: round(value, 2))
    direction = draw(st.sampled_from(get_args(Direction)))
    kind = draw(st.sampled_from(["cumulative", "level"])) if direction == "up" else "level"
    of = course(
        target=draw(number) + 1,
        kind=kind,
        direction=direction,
        base=draw(st.none() | number),
        unit=draw(st.sampled_from(["公里", "%", "户"])),
        deadline=draw(st.dates(date(2026, 2, 1), date(2026, 12, 31))),
    )
    reported = draw(st.lists(st.integers(1, 11), unique=True, max_size=4).map(sorted))
    reports = tuple(Report(f"2026-{month:02d}", MONTHS[month], draw(number)) for month in reported)
    days = st.none() | st.integers(0, 40)
    owed = []
    for month in range(1, 7):
        due, late = date(2026, month + 1, 5), draw(days)
        owed.append(Delivery("甲", f"2026-{month:02d}", due, None if late is None else due + timedelta(late - 10)))
    return Standing(of, reports, tuple(owed)), draw(st.dates(START, date(2026, 12, 31)))


@given(standings(), st.sampled_from([None, *STARTING_RULES]))
def test_no_reason_of_a_light_has_machine_text(given: tuple[Standing, date], one: LightRule | None) -> None:
    standing, on = given
    found = light((one,) if one else STARTING_RULES, light_facts(standing, on, CALENDAR))
    text = official(found)
    assert text and not MACHINE.search(text), text
    for part in found.parts:
        if isinstance(part.value, (Explained, Unknown)) and part.key in FACTS:
            assert not MACHINE.search(official(part.value)), official(part.value)


@given(
    st.lists(st.sampled_from(["red", "amber", "green", "grey"]), max_size=8),
    st.none() | st.dates(date(2026, 1, 5), date(2026, 6, 1)),
    st.none() | st.dates(date(2026, 1, 5), date(2026, 6, 1)),
    st.sampled_from(STARTING_LADDER),
)
def test_no_reason_of_a_step_has_machine_text(colours: list[Any], order: Any, problem: Any, step: Any) -> None:
    facts = ladder_facts(colours, [], date(2026, 6, 10), CALENDAR, order, problem)
    found = next_step([step], [], facts, date(2026, 6, 10), CALENDAR)
    if found.value.action == "take":
        text = official(found)
        assert text and not MACHINE.search(text) and step.zh not in text, text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{day}", "2026年3月5日"),
        ("2026-03、2026-W09", "2026年3月、2026年第9周"),
        ("2026Q1、2026H2", "2026年第一季度、2026年下半年"),
        ("12.5 公里", "12.5公里"),
    ],
)
def test_days_periods_and_units_are_written_out(text: str, told: str) -> None:
    from guatu.core.kernel.official import written

    assert written(text.replace("{day}", "2026-03-05")) == told
