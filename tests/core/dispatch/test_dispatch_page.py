"""The worked tables of docs/algorithms/dispatch.md are what the code does."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from guatu.adapters.holidays import national_calendar
from guatu.core.calendar.keys import span_of
from guatu.core.dispatch.allocation import allocate
from guatu.core.dispatch.course import Figures, Shape
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.facts import ladder_facts
from guatu.core.dispatch.forecast.outlook import met_on, outlook
from guatu.core.dispatch.goal import read_goal
from guatu.core.dispatch.ladder import LadderEvent, next_step
from guatu.core.dispatch.lights import light
from guatu.core.dispatch.milestones.delay import Plan, Progress, carry_on
from guatu.core.dispatch.milestones.network import Calendars, Link, Milestone
from guatu.core.dispatch.milestones.schedule import count_back
from guatu.core.dispatch.progress import Report, attainment, lag
from guatu.core.dispatch.starting_rules import STARTING_LADDER, STARTING_RULES
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.dispatch.vocabulary import Facts
from guatu.core.kernel.explained import Explained, Rule, Unknown, show

PAGE = Path(__file__).resolve().parents[3] / "docs/algorithms/dispatch.md"
TABLES = {
    name: [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]
    for name, table in re.findall(r"<!-- worked: ([\w-]+) -->\n\n((?:\|.*\n)+)", PAGE.read_text(encoding="utf-8"))
}
START, DEADLINE = date(2025, 12, 31), date(2026, 12, 31)
HALF = date(2026, 7, 1)
RATE = Trajectory(name="普及率", unit="%", target=92, base=80, start=START, deadline=DEADLINE)
ROADS = Trajectory(name="道路", unit="公里", target=24, start=START, deadline=DEADLINE, kind="cumulative")
COURSES = [
    Shape(),
    Shape("smooth"),
    Shape("logistic"),
    Figures({"2026Q1": 82, "2026Q2": 86, "2026Q3": 91, "2026Q4": 92}),
]
CALENDARS = Calendars(national_calendar())
GIVEN = Rule("given", "给定 {value}", "given {value}")


def number(found: Explained[float] | Unknown) -> float:
    assert isinstance(found, Explained), found
    return found.value


def two(value: float) -> str:
    return show(round(value, 2))


@pytest.mark.parametrize("row", TABLES["goals"], ids=lambda row: row[0])
def test_words_are_read_as_the_page_says(row: list[str]) -> None:
    words, op, unit, *expected_goal = row
    goal = read_goal(op, words, unit).value
    assert [goal.direction, goal.kind, goal.change, goal.strength] == expected_goal


@pytest.mark.parametrize("row", TABLES["courses"], ids=lambda row: row[0])
def test_courses_run_as_the_page_says(row: list[str]) -> None:
    on = date.fromisoformat(row[0])
    found = [number(expected(msgspec.structs.replace(RATE, course=course), on)) for course in COURSES]
    assert [two(value) for value in found] == row[1:]


@pytest.mark.parametrize("row", TABLES["attainment"], ids=lambda row: " ".join(row))
def test_attainment_is_as_the_page_says(row: list[str]) -> None:
    direction, base, target, due, actual, share, behind = row
    of = msgspec.structs.replace(RATE, direction=direction, base=float(base), target=float(target))
    # Half of the year lies between two days; the page shows round figures.
    of = msgspec.structs.replace(of, deadline=date(2026, 12, 30))
    assert two(number(expected(of, HALF))) == due
    assert show(round(number(attainment(of, float(actual), HALF)), 4), "1") == share
    assert show(round(number(lag(of, float(actual), HALF)), 4), "1") == behind


def test_towns_get_what_the_page_says() -> None:
    weights = {town: int(weight) for town, weight, _, _ in TABLES["allocation"]}
    for row, share in zip(TABLES["allocation"], allocate(100, weights), strict=True):
        assert [share.place, share.value.part("quota").text(), show(share.value.value)] == [row[0], *row[2:]]


@pytest.mark.parametrize("row", TABLES["lights"], ids=lambda row: " ".join(row))
def test_lights_show_as_the_page_says(row: list[str]) -> None:
    *cells, colour, rule = row
    facts: dict[str, object] = {"days_to_start": GIVEN.gives(-30), "milestone_days_late": GIVEN.gives(0)}
    for name, cell in zip(("attainment", "met", "missing_in_a_row", "days_left"), cells, strict=True):
        value = cell == "yes" if cell in ("yes", "no") else cell == "?" or float(cell)
        facts[name] = Rule("open", "未知", "unknown").lacks() if cell == "?" else GIVEN.gives(value)
    found = light(STARTING_RULES, {"milestones_overdue": GIVEN.gives(0), **facts})  # type: ignore[dict-item]
    assert found.value == colour
    if colour != "grey":
        assert found.part("rule").text() == rule


@pytest.mark.parametrize("row", TABLES["forecast"], ids=lambda row: " ".join(row))
def test_forecasts_are_as_the_page_says(row: list[str]) -> None:
    values, form, *told = row
    of = msgspec.structs.replace(ROADS, course=Shape(form))  # type: ignore[arg-type]
    keys = [f"2026-{month:02d}" for month in range(1, 13)]
    reports = [Report(key, span_of(key)[1], float(v)) for key, v in zip(keys, values.split(), strict=False)]
    found, met = outlook(of, reports), met_on(of, reports)
    assert isinstance(found, Explained) and isinstance(met, Explained)
    assert [two(found.value.value), two(found.value.low), two(found.value.high), met.value.isoformat()] == told


def works() -> list[Milestone]:
    made = []
    for name, days, after, *_ in TABLES["milestones"]:
        links = [one.partition("+") for one in after.split()]
        made.append(Milestone(name, name, int(days), after=tuple(Link(n, int(gap or 0)) for n, _, gap in links)))
    return made


def test_milestones_are_counted_back_as_the_page_says() -> None:
    schedule = count_back(works(), date(2026, 3, 2), date(2026, 6, 30), CALENDARS)
    found = {
        row.id: [
            f"{row.early_start} {row.early_finish}",
            f"{row.late_start} {row.late_finish}",
            str(row.slack),
            "yes" if row.critical else "no",
        ]
        for row in schedule.rows
    }
    assert found == {name: told for name, _, _, *told in TABLES["milestones"]}


@pytest.mark.parametrize("row", TABLES["delay"], ids=lambda row: row[0])
def test_a_late_milestone_moves_the_others_as_the_page_says(row: list[str]) -> None:
    schedule = count_back(works(), date(2026, 3, 2), date(2026, 6, 30), CALENDARS)
    plans = [Plan(one.id, one.late_start, one.late_finish) for one in schedule.rows]
    known = {"设计": Progress(started=date(2026, 4, 29), expected=date.fromisoformat(row[0]))}
    known["勘察"] = Progress(done=date(2026, 4, 28))
    moves = {move.id: move for move in carry_on(works(), plans, known, date(2026, 5, 6), CALENDARS)}
    assert [str(moves[name].moved.value) for name in ("设计", "征地", "施工", "验收")] == row[1:]


@pytest.mark.parametrize("row", TABLES["ladder"], ids=lambda row: " ".join(row))
def test_the_ladder_is_climbed_as_the_page_says(row: list[str]) -> None:
    day, taken, action, step = row
    on = date.fromisoformat(day)
    history = []
    if taken != "-":
        name, when = taken.split()
        history.append(LadderEvent("step", date.fromisoformat(when), name))
    missing = [Delivery("镇", "2026-02", date(2026, 3, 5))]
    facts: Facts = ladder_facts([], missing, on, national_calendar())
    found = next_step(STARTING_LADDER, history, facts, on, national_calendar()).value
    assert (found.action, found.step) == (action, step)


def test_each_marked_table_has_its_test() -> None:
    assert set(TABLES) == {
        *("goals", "courses", "attainment", "allocation", "lights", "forecast", "milestones", "delay", "ladder")
    }
