"""The clocks of a case, made from its history: one for each step that was entered, by the limit of its class and
county.

A case that is sent back to a step finds its clock where it stood (`resume`): sending back and forth gains nobody time.
A flow may declare that the clock begins anew (`restart`); then each stay has its own. So it is wherever a limit has a
floor: a notice that is put up again hangs its days again.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

import msgspec

from guatu.core.calendar.admission import BACKWARDS, ClockPolicy, admit
from guatu.core.calendar.clock import Clock, ClockReading, Event, read_clock, read_floor
from guatu.core.calendar.clock_limits import LimitRow, find_limit
from guatu.core.calendar.durations import read_duration
from guatu.core.calendar.hours import WorkTime, local
from guatu.core.cases.case import Case, CaseState, ClockEntry, Visit
from guatu.core.cases.flow import Flow
from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

NO_CLOCK = Kind(
    "case.no-clock",
    "error",
    "“{step}”没有在计时;请先办到这一环节",
    "{step} has no clock; the case must come to it first",
)


class StepClock(msgspec.Struct, frozen=True):
    """The clock of a step; `row` is the declared limit it runs by. Both are None where no limit holds."""

    step: str
    visits: tuple[Visit, ...]
    row: LimitRow | None
    clock: Clock | None

    @property
    def open(self) -> bool:
        return self.visits[-1].left is None

    def read(self, now: datetime, work: WorkTime) -> ClockReading | None:
        """The clock as it stands at `now`, or None where the step has no limit."""
        return read_clock(self.clock, now, work) if self.clock else None

    def floor(self, now: datetime, work: WorkTime) -> Explained[datetime] | Unknown | None:
        """From when on the step may be done; None where it may be done at once."""
        return read_floor(self.clock, now, work) if self.clock and self.open else None


def clocks(
    flow: Flow, case: Case, state: CaseState, limits: Iterable[LimitRow], county: str = ""
) -> tuple[StepClock, ...]:
    """The clocks of all steps that the case has been at, in the order in which they began.

    The limit is the one in force on the day the step was first entered; a field `condition` of the case chooses among
    the limits of one class.
    """
    rows = tuple(limits)
    floored = frozenset(row.clock for row in rows if row.limit.at_least)
    return tuple(_clock(flow, case, state, rows, county, stay, until) for stay, until in _stays(flow, state, floored))


def admit_clock(
    flow: Flow,
    case: Case,
    state: CaseState,
    entry: ClockEntry,
    limits: Iterable[LimitRow],
    policy: ClockPolicy,
    work: WorkTime,
    county: str = "",
) -> list[RowFinding]:
    """What stands against a clock entry; it may be appended to the history when the list is empty."""
    last = case.history[-1].at if case.history else case.opened_at
    if local(entry.at) < local(last):
        return [row_finding(BACKWARDS, case.id, "at", at=_minutes(entry.at), last=_minutes(last))]
    running = [one.clock for one in clocks(flow, case, state, limits, county) if one.step == entry.step and one.clock]
    if not running:
        name = flow.by_id[entry.step].name if entry.step in flow.by_id else entry.step
        return [row_finding(NO_CLOCK, case.id, "step", step=name)]
    return admit(running[-1], entry.event, policy, work, case.id)


def _minutes(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"


def _stays(
    flow: Flow, state: CaseState, floored: frozenset[str]
) -> Iterator[tuple[tuple[Visit, ...], datetime | None]]:
    """Visits that share a clock, and when the next clock of the same step begins."""
    for at, visit in enumerate(state.visits):
        later = tuple(other for other in state.visits[at + 1 :] if other.step == visit.step)
        step = flow.by_id[visit.step]
        if step.rework == "restart" or step.clock in floored:
            yield (visit,), later[0].entered if later else None
        elif all(other.step != visit.step for other in state.visits[:at]):
            yield (visit, *later), None


def _clock(
    flow: Flow,
    case: Case,
    state: CaseState,
    rows: tuple[LimitRow, ...],
    county: str,
    stay: tuple[Visit, ...],
    until: datetime | None,
) -> StepClock:
    step = flow.by_id[stay[0].step]
    start = stay[0].entered
    class_code = str(state.data.get("class_code") or case.class_code)
    condition = str(state.data.get("condition") or "")
    row = find_limit(rows, step.clock, local(start).date(), class_code, condition, county)
    # A step that only its clock leaves may have its limit from the file.
    limit = row.limit if row else read_duration(step.duration)
    clock = Clock(limit, start, _events(case, stay, until)) if limit else None
    return StepClock(step.id, stay, row, clock)


def _events(case: Case, stay: tuple[Visit, ...], until: datetime | None) -> tuple[Event, ...]:
    """Coming and going as pauses and the stop, and what was decided on this clock, in order of time."""
    events: list[Event] = []
    for before, after in pairwise(stay):
        events += [Event("pause", before.left or after.entered), Event("resume", after.entered)]
    if stay[-1].left is not None:
        events.append(Event("stop", stay[-1].left))
    first, last = local(stay[0].entered), local(until) if until else None
    told = (entry.event for entry in case.history if isinstance(entry, ClockEntry) and entry.step == stay[0].step)
    events += [event for event in told if first <= local(event.at) and (last is None or local(event.at) < last)]
    return tuple(sorted(events, key=lambda event: local(event.at)))
