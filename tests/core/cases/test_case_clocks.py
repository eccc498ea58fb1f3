from datetime import datetime, time

import msgspec
import pytest

from guatu.core.calendar.admission import ClockPolicy
from guatu.core.calendar.clock import Event, Limit
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.cases.case import Case, ClockEntry, MoveEntry, replay
from guatu.core.cases.case_clocks import admit_clock, clocks
from guatu.core.cases.flow import Flow
from guatu.core.kernel.explained import Explained, show
from tests.core.cases.flows import END, START, TWO_STEPS, choice, flow, step

WORK = WorkTime(WorkingCalendar(years=[2026]), (HoursRow((Shift(time(8), time(12)), Shift(time(14), time(18)))),))
LIMITS = [LimitRow(clock="c", limit=Limit(4, "working-hour"))]
RESTART = flow(
    START, step("a"), step("b", 4, rework="restart"), choice("g"), END,
    arrows="s>a;a>b;b>g;g>e:move = \"forward\";g>a!:move = \"back\"",
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=CHINA)


def moved(time_: str, step_: str, move: str = "forward") -> MoveEntry:
    verb = "return" if move == "back" else "forward"
    return MoveEntry(at=at(time_), actor="x", role="r", step=step_, move=move, verb=verb, reason="r")  # type: ignore[arg-type]


def case(*history: MoveEntry | ClockEntry) -> Case:
    return Case(id="1", flow="p", version="v", opened_at=at("02 08:00"), history=history)


BACK = case(moved("02 09:00", "a"), moved("02 10:00", "b", "back"), moved("03 08:30", "a"))


def due(told: Case, flow_: Flow, step_: str, now: str) -> str:
    read = [one.read(at(now), WORK) for one in clocks(flow_, told, replay(flow_, told), LIMITS) if one.step == step_]
    last = read[-1]
    assert last is not None and isinstance(last.due, Explained)
    return show(last.due.value)


def test_a_step_that_gets_its_case_back_finds_its_clock_where_it_stood() -> None:
    assert due(BACK, TWO_STEPS, "b", "03 09:00") == "2026-03-03 11:30"


def test_a_step_that_declares_it_begins_anew() -> None:
    assert due(BACK, RESTART, "b", "03 09:00") == "2026-03-03 14:30"
    stays = [one for one in clocks(RESTART, BACK, replay(RESTART, BACK), LIMITS) if one.step == "b"]
    assert [one.open for one in stays] == [False, True]


def test_an_extension_goes_to_the_stay_in_which_it_was_granted() -> None:
    extend = ClockEntry(at=at("03 08:40"), actor="x", step="b", event=Event("extend", at("03 08:40"), amount=2))
    told = BACK.with_entry(extend)
    assert due(told, RESTART, "b", "03 09:00") == "2026-03-03 16:30"
    first = next(one for one in clocks(RESTART, told, replay(RESTART, told), LIMITS) if one.step == "b")
    assert first.clock is not None and [event.kind for event in first.clock.events] == ["stop"]


def test_a_step_without_a_limit_has_no_clock() -> None:
    (only,) = clocks(TWO_STEPS, case(), replay(TWO_STEPS, case()), [])
    assert (only.row, only.clock, only.read(at("02 09:00"), WORK)) == (None, None, None)


def test_a_history_only_grows() -> None:
    with pytest.raises(ValueError, match="only grows"):
        BACK.with_entry(moved("01 09:00", "b"))
    grown = BACK.with_entry(moved("03 09:00", "b"))
    assert grown.history[:-1] == BACK.history


def test_a_case_with_its_history_survives_json() -> None:
    extend = ClockEntry(at=at("03 08:40"), actor="x", step="b", event=Event("extend", at("03 08:40"), amount=2))
    told = BACK.with_entry(extend)
    assert msgspec.json.decode(msgspec.json.encode(told), type=Case) == told


def test_a_step_that_is_not_open_cannot_be_replayed() -> None:
    with pytest.raises(ValueError, match="not open"):
        replay(TWO_STEPS, case(moved("02 09:00", "b")))


@pytest.mark.parametrize(
    ("step_", "when", "event", "codes"),
    [
        ("b", "03 09:00", Event("extend", at("03 09:00"), amount=1, by="chief"), []),
        ("b", "03 09:00", Event("extend", at("03 09:00"), amount=1, by="r"), ["clock.no-reviewer"]),
        ("b", "03 08:00", Event("pause", at("03 08:00")), ["clock.backwards"]),
        ("a", "03 09:00", Event("pause", at("03 09:00")), ["clock.stopped"]),
        ("zz", "03 09:00", Event("pause", at("03 09:00")), ["case.no-clock"]),
    ],
)
def test_a_clock_entry_is_admitted_or_what_stands_against_it_is_named(
    step_: str, when: str, event: Event, codes: list[str]
) -> None:
    entry = ClockEntry(at=at(when), actor="x", step=step_, event=event)
    policy = ClockPolicy(reviewers=("chief",))
    found = admit_clock(TWO_STEPS, BACK, replay(TWO_STEPS, BACK), entry, LIMITS, policy, WORK)
    assert [one.code for one in found] == codes
