"""A clock under whatever a county does to it, one admitted event after the other."""

from datetime import date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from guatu.core.calendar.admission import ClockPolicy, admit
from guatu.core.calendar.clock import Clock, Event, Limit, LimitUnit, read_clock
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.timeline import ZERO
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.kernel.explained import Explained

HOLIDAYS = [DayRow(date(2026, 5, at), False, "劳动节") for at in range(1, 6)]
CALENDAR = WorkingCalendar([*HOLIDAYS, DayRow(date(2026, 5, 9), True, "劳动节调休")], years=[2026])
WORK = WorkTime(CALENDAR, (HoursRow((Shift(time(8), time(12)), Shift(time(14), time(18)))),))
POLICY = ClockPolicy(reviewers=("dispatcher",))
UNITS: list[LimitUnit] = ["urgent-hour", "working-hour", "working-day", "natural-day"]


class ClockWalk(RuleBasedStateMachine):
    """Time goes on by minutes or weeks; events are offered, and those that are admitted happen."""

    @initialize(
        unit=st.sampled_from(UNITS), amount=st.integers(1, 20), hour=st.integers(0, 23), day=st.integers(20, 30)
    )
    def begin(self, unit: LimitUnit, amount: int, hour: int, day: int) -> None:
        self.now = datetime(2026, 4, day, hour, tzinfo=CHINA)
        self.clock = Clock(Limit(amount, unit), self.now)
        self.last = read_clock(self.clock, self.now, WORK)
        self.stopped: tuple[bool, timedelta] | None = None

    @rule(minutes=st.one_of(st.integers(0, 300), st.integers(0, 30_000)))
    def time_passes(self, minutes: int) -> None:
        before = read_clock(self.clock, self.now, WORK)
        self.now += timedelta(minutes=minutes)
        after = read_clock(self.clock, self.now, WORK)
        assert after.elapsed >= before.elapsed and after.remaining <= before.remaining
        assert after.overdue >= before.overdue and after.late >= before.late
        if before.state in ("paused", "stopped"):
            assert after.elapsed == before.elapsed

    @rule()
    def pause(self) -> None:
        self._offer(Event("pause", self.now))

    @rule()
    def resume(self) -> None:
        self._offer(Event("resume", self.now))

    @rule(amount=st.integers(1, 30))
    def extend(self, amount: int) -> None:
        self._offer(Event("extend", self.now, amount=amount, by="dispatcher"))

    @rule(days=st.integers(0, 400))
    def suspend(self, days: int) -> None:
        self._offer(Event("suspend", self.now, until=self.now + timedelta(days=days), by="dispatcher"))

    @rule()
    def appeal(self) -> None:
        self._offer(Event("appeal-granted", self.now, by="dispatcher"))

    @rule(kind=st.sampled_from(["extend", "appeal-granted"]))
    def somebody_else_decides(self, kind: str) -> None:
        event = Event(kind, self.now, amount=1 if kind == "extend" else 0, by="handler")  # type: ignore[arg-type]
        codes = {one.code for one in admit(self.clock, event, POLICY, WORK)}
        assert codes & {"clock.no-reviewer", "clock.stopped"}

    @precondition(lambda self: self.stopped is None)
    @rule(really=st.sampled_from([False, False, True]))
    def stop(self, really: bool) -> None:
        if really:
            self._offer(Event("stop", self.now))
            reading = read_clock(self.clock, self.now, WORK)
            self.stopped = (reading.late, reading.overdue)

    def _offer(self, event: Event) -> None:
        before = read_clock(self.clock, self.now, WORK)
        if admit(self.clock, event, POLICY, WORK):
            return
        self.clock = self.clock.with_event(event)
        after = read_clock(self.clock, self.now, WORK)
        assert after.elapsed == before.elapsed, "what is used stays used"
        assert after.remaining >= before.remaining, "no event takes time away"
        assert after.late == before.late, "no event makes late or undoes it"
        if event.kind != "resume" and isinstance(before.due, Explained) and isinstance(after.due, Explained):
            assert after.due.value >= before.due.value, "no event brings the due time nearer"

    @invariant()
    def the_reading_is_whole(self) -> None:
        if not hasattr(self, "clock"):
            return
        reading = read_clock(self.clock, self.now, WORK)
        assert reading.counted_late <= reading.late
        assert reading == read_clock(self.clock, self.now, WORK)
        assert (reading.overdue > ZERO) <= reading.late
        if self.stopped is not None:
            assert (reading.late, reading.overdue) == self.stopped, "a stopped clock is judged once"
        extensions = sum(event.kind == "extend" for event in self.clock.events)
        assert extensions <= POLICY.max_extensions


TestClockWalk = ClockWalk.TestCase
TestClockWalk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
