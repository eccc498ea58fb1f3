"""Clocks that move a case: when they run out, what they do, and that playing the history asks no clock."""

from datetime import date, datetime, time, timedelta

import msgspec
import pytest

from guatu.core.calendar.clock import Event, Limit
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.durations import read_duration
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.cases.case import Case, ClockEntry, MoveEntry, replay
from guatu.core.cases.case_timers import endless_waits, timers, timers_due
from guatu.core.cases.flow import TIMER, Flow, Node
from guatu.core.cases.moving import admit_move
from tests.core.cases.flows import END, START, boundary, flow, inner, part, step

OPENED = datetime(2026, 3, 2, 9, tzinfo=CHINA)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAIT = Node(id="wait", kind="step", name="wait", by="clock", duration="P2D", roles=(TIMER,), line=4)
TIMED = flow(
    START, step("a"), step("late"), step("nudge"), step("b"), END,
    boundary("out", "a", by="clock", duration="P3D"),
    boundary("beside", "a", by="clock", duration="PT8H", interrupts=False),
    WAIT,
    arrows="s>a;a>wait;wait>b;b>e;out>late;late>e;beside>nudge;nudge>e",
)  # fmt: skip
IN_PART = flow(
    START, part("S"), inner(Node(id="s2", kind="start"), "S"), inner(step("a"), "S"), inner(step("b"), "S"),
    inner(Node(id="e2", kind="end"), "S"), step("late"), END, boundary("out", "S", by="clock", duration="P3D"),
    arrows="s>S;s2>a;a>b;b>e2;S>e;out>late;late>e",
)  # fmt: skip


WORK = WorkTime(WorkingCalendar(years=[2026]), (HoursRow((Shift(time(8), time(18)),)),))


def case_of(*history: MoveEntry | ClockEntry) -> Case:
    return Case(id="1", flow="p", version="v", opened_at=OPENED, history=history)


def done(at: datetime, at_step: str) -> MoveEntry:
    return MoveEntry(at=at, actor="x", role="r", step=at_step, move="forward")


def due(made: Flow, case: Case, now: datetime, limits: tuple[LimitRow, ...] = ()) -> list[tuple[str, str, datetime]]:
    found = timers_due(made, case, replay(made, case), now, limits, WORK)
    assert all(not admit_move(made, case, replay(made, case), one) for one in found)
    return [(one.step, one.move, one.at) for one in found]


def run(made: Flow, case: Case, now: datetime) -> Case:
    """As the server does: the first entry is made, then it is asked again."""
    while found := timers_due(made, case, replay(made, case), now, (), WORK):
        case = case.with_entry(found[0])
    return case


def test_a_clock_makes_its_entry_at_the_time_at_which_it_ran_out() -> None:
    assert due(TIMED, case_of(), OPENED + 7 * HOUR) == []
    assert due(TIMED, case_of(), OPENED + 9 * HOUR) == [("a", "beside", OPENED + 8 * HOUR)]
    late = run(TIMED, case_of(), OPENED + 5 * DAY)
    assert [(one.move, one.at) for one in late.history if isinstance(one, MoveEntry)] == [
        ("beside", OPENED + 8 * HOUR), ("out", OPENED + 3 * DAY),
    ]  # fmt: skip
    assert replay(TIMED, late).open == ("late", "nudge")


def test_what_opens_a_way_beside_a_step_does_so_once() -> None:
    case = run(TIMED, case_of(), OPENED + 2 * DAY)
    assert replay(TIMED, case).open == ("a", "nudge") and len(case.history) == 1
    assert due(TIMED, case, OPENED + 2 * DAY) == []


def test_a_step_that_only_its_clock_leaves_is_left_when_it_runs_out() -> None:
    case = case_of(done(OPENED + HOUR, "a"))
    assert replay(TIMED, case).open == ("wait",)
    assert due(TIMED, case, OPENED + 3 * DAY) == [("wait", "forward", OPENED + HOUR + 2 * DAY)]
    assert replay(TIMED, run(TIMED, case, OPENED + 3 * DAY)).open == ("b",)


def test_nobody_does_what_a_clock_does_and_a_clock_does_nothing_else() -> None:
    state = replay(TIMED, case_of())
    for role, move in (("r", "out"), (TIMER, "forward"), ("", "out")):
        entry = MoveEntry(at=OPENED, actor="", role=role, step="a", move=move)
        assert [one.code for one in admit_move(TIMED, case_of(), state, entry)] == ["case.not-your-step"]
    entry = MoveEntry(at=OPENED, actor="", role="r", step="S", move="out")
    assert [one.code for one in admit_move(IN_PART, case_of(), replay(IN_PART, case_of()), entry)] == [
        "case.step-not-open"
    ]


def test_the_clock_of_a_part_runs_from_step_to_step() -> None:
    case = case_of(done(OPENED + DAY, "a"))
    assert due(IN_PART, case, OPENED + 4 * DAY) == [("S", "out", OPENED + 3 * DAY)]
    assert replay(IN_PART, run(IN_PART, case, OPENED + 4 * DAY)).open == ("late",)


def test_a_clock_that_ran_out_before_the_last_entry_acts_after_it() -> None:
    case = case_of(ClockEntry(at=OPENED + 10 * HOUR, actor="x", step="b", event=Event("pause", OPENED + 10 * HOUR)))
    assert due(TIMED, case, OPENED + 11 * HOUR) == [("a", "beside", OPENED + 10 * HOUR)]


def test_a_clock_stands_still_while_the_clock_of_its_step_does() -> None:
    pause, resume = Event("pause", OPENED + HOUR), Event("resume", OPENED + 5 * HOUR)
    paused = case_of(ClockEntry(at=pause.at, actor="x", step="a", event=pause))
    assert due(TIMED, paused, OPENED + 9 * DAY) == []
    assert timers(TIMED, paused, replay(TIMED, paused), OPENED + DAY, (), WORK)[0].due is None
    again = paused.with_entry(ClockEntry(at=resume.at, actor="x", step="a", event=resume))
    assert due(TIMED, again, OPENED + 12 * HOUR) == [("a", "beside", OPENED + 12 * HOUR)]


@pytest.mark.parametrize(("clock", "days"), [("c", 5), ("other", 3)])
def test_an_extension_of_the_step_is_one_of_a_clock_that_goes_by_the_same_limit(clock: str, days: int) -> None:
    made = flow(
        START, step("a"), step("late"), END, boundary("out", "a", by="clock", clock=clock),
        arrows="s>a;a>e;out>late;late>e",
    )  # fmt: skip
    limits = tuple(LimitRow(clock=name, limit=Limit(3, "natural-day")) for name in ("c", "other"))
    extended = case_of(ClockEntry(at=OPENED, actor="x", step="a", event=Event("extend", OPENED, amount=2)))
    assert due(made, extended, OPENED + 9 * DAY, limits) == [("a", "out", OPENED + days * DAY)]


def test_a_clock_without_a_limit_for_this_case_does_nothing() -> None:
    made = flow(
        START, step("a"), step("late"), END, boundary("out", "a", by="clock", clock="c"),
        arrows="s>a;a>e;out>late;late>e",
    )  # fmt: skip
    assert due(made, case_of(), OPENED + 9 * DAY) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P3D", Limit(3, "natural-day")), ("P2W", Limit(14, "natural-day")), ("PT8H", Limit(8, "urgent-hour")),
        (" P1DT12H ", Limit(36, "urgent-hour")), ("PT90M", Limit(1.5, "urgent-hour")),
        ("PT1800S", Limit(0.5, "urgent-hour")), ("P1M", None), ("P1Y", None), ("P", None), ("PT", None),
        ("P0D", None), ("PT0S", None), ("-P3D", None), ("P999999D", None), ("", None), ("3 days", None),
        ("R3/P1D", None), ("P1DT", None), ("P" + "9" * 4000 + "D", None), ("P３D", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_iso_8601_writes_it(text: str, expected: Limit | None) -> None:
    assert read_duration(text) == expected


def test_a_step_that_only_a_clock_leaves_has_a_limit_for_every_class() -> None:
    waiting = msgspec.structs.replace(WAIT, duration="", clock="quiet")
    made = flow(START, step("a"), waiting, step("b"), END, arrows="s>a;a>wait;wait>b;b>e")

    def told(*rows: LimitRow) -> list[tuple[str, int, str]]:
        found = endless_waits(made, rows, ("A1", "A2", "B1"), "f.bpmn")
        return [(one.code, one.line, one.params["classes"]) for one in found]

    two_days = Limit(2, "natural-day")
    assert told() == [("flow.no-limit", 4, "A1、A2、B1")]
    assert told(LimitRow(clock="quiet", limit=two_days, class_code="A")) == [("flow.no-limit", 4, "B1")]
    assert told(LimitRow(clock="quiet", limit=two_days)) == []
    # What ends, or holds in one condition only, leaves cases behind; another clock is none.
    for row in (
        LimitRow(clock="quiet", limit=two_days, valid_to=date(2026, 12, 31)),
        LimitRow(clock="quiet", limit=two_days, condition="danger"),
        LimitRow(clock="handle", limit=two_days),
    ):
        assert [one[2] for one in told(row)] == ["A1、A2、B1"]
    # A duration of the drawing holds for all.
    drawn = flow(START, step("a"), WAIT, step("b"), END, arrows="s>a;a>wait;wait>b;b>e")
    assert list(endless_waits(drawn, (), ("A1",), "f.bpmn")) == []
