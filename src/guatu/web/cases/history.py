"""A case's rows as the core's case, and what its history gives: state, clocks, and the summary kept for lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from guatu.adapters.flows.engine import FlowEngine
from guatu.core.calendar.clock import ClockReading, Event
from guatu.core.calendar.hours import HoursRow, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.cases import case as core
from guatu.core.cases.case_clocks import StepClock, clocks
from guatu.core.cases.case_floors import Bounds
from guatu.core.kernel.explained import Explained
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.section import Pack
from guatu.web.base.calendar import calendar
from guatu.web.base.prepared import Prepared
from guatu.web.base.settings_table import setting
from guatu.web.cases.library import clocks_of, engine_of, library
from guatu.web.cases.models import Case, CaseEvent

ENTRIES = (CaseEvent.Kind.MOVE, CaseEvent.Kind.CLOCK, CaseEvent.Kind.END)


def event_of(clock: dict[str, Any], at: datetime.datetime) -> Event:
    """A clock event from the JSON of its row. Raises ValueError for what no event can be."""
    until = clock.get("until")
    return Event(
        clock["kind"],
        at,
        until=datetime.datetime.fromisoformat(until) if until else None,
        amount=float(clock.get("amount") or 0),
        by=clock.get("by", ""),
    )


def entry_of(row: CaseEvent) -> core.Entry:
    actor = str(row.user_id or "")
    if row.kind == CaseEvent.Kind.MOVE:
        return core.MoveEntry(
            at=row.at,
            actor=actor,
            role=row.post,
            step=row.step,
            move=row.move,
            verb="return" if row.verb == "return" else "forward",
            reason=row.reason,
            fields=row.fields,
        )
    if row.kind == CaseEvent.Kind.END:
        outcome: Literal["joined", "revoked"] = "joined" if row.move == "joined" else "revoked"
        return core.EndEntry(at=row.at, actor=actor, outcome=outcome, reason=row.reason)
    return core.ClockEntry(at=row.at, actor=actor, step=row.step, event=event_of(row.clock or {}, row.at))


def core_case(row: Case, events: Iterable[CaseEvent]) -> core.Case:
    return core.Case(
        id=row.code,
        flow=row.flow.flow,
        version=row.flow.version,
        opened_at=row.opened_at,
        opened_by=str(row.opened_by_id or row.source),
        class_code=row.class_code,
        data=row.data,
        history=tuple(entry_of(event) for event in events if event.kind in ENTRIES),
    )


@lru_cache(maxsize=64)
def _work_time(days: WorkingCalendar, hours: tuple[HoursRow, ...]) -> WorkTime:
    """Kept, because it remembers how long each day was."""
    return WorkTime(days, hours)


@dataclass
class Standing:
    """A case with its whole history, as it stands."""

    row: Case
    events: list[CaseEvent]

    @cached_property
    def engine(self) -> FlowEngine:
        return engine_of(self.row.flow)

    @cached_property
    def pack(self) -> Pack | None:
        return library().pack(self.row.pack)

    @cached_property
    def terms(self) -> ClockTable:
        """Limits, hours and rules for changing limits, as they were when the case began."""
        return clocks_of(self.row.flow)

    @cached_property
    def case(self) -> core.Case:
        return core_case(self.row, self.events)

    @cached_property
    def state(self) -> core.CaseState:
        return core.replay(self.engine.flow, self.case, self.engine.decide)

    @cached_property
    def work(self) -> WorkTime:
        """The county's working calendar with the hours that the case began with."""
        return _work_time(calendar(), self.terms.hours_rows)

    @cached_property
    def clocks(self) -> tuple[StepClock, ...]:
        return clocks(self.engine.flow, self.case, self.state, self.terms.limit_rows, county())

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.terms.limit_rows, self.work, county())

    def become(self, case: core.Case, state: core.CaseState) -> Standing:
        """The same after another line, with what was computed of it already."""
        after = Standing(self.row, self.events)
        after.case, after.state = case, state
        return after

    def read(self, clock: StepClock, now: datetime.datetime) -> ClockReading | None:
        try:
            return clock.read(now, self.work)
        except LookupError:
            # No hours of work are declared for a day that the limit touches: the due time is not known.
            return None


def county() -> str:
    """The county's name in the tables of limits."""
    return str(setting("county.code") or "")


def standing(row: Case, *, shown: bool = False) -> Standing:
    """The case with its history; for a page with the people and units that it names."""
    if not shown:
        return Standing(row, _lines(case=row.pk))
    return Standing(row, list(row.events.order_by("number").select_related("user", "unit")))


_lines: Prepared[CaseEvent] = Prepared(lambda case: CaseEvent.objects.filter(case_id=case).order_by("number"), case=int)


SUMMARY = ("open_steps", "since", "due", "paused", "late", "returns", "outcome", "ended_at")


def summary(now: Standing) -> dict[str, Any]:
    """What the history gives, as the columns of the case: two readers of one history get the same."""
    state, at = now.state, now.events[-1].at if now.events else now.row.opened_at
    readings = [(clock, now.read(clock, at)) for clock in now.clocks]
    running = [reading for clock, reading in readings if clock.open and reading is not None]
    dues = [reading.due.value for reading in running if isinstance(reading.due, Explained)]
    entered = [visit.entered for visit in state.visits if visit.left is None]
    return {
        "open_steps": ",".join(state.open),
        "since": max(entered, default=None),
        "due": min(dues, default=None),
        "paused": any(reading.state in ("paused", "suspended") for reading in running),
        "late": any(
            reading.late
            for clock, reading in readings
            # Nobody is late with what only a clock does.
            if reading is not None and not clock.open and now.engine.flow.by_id[clock.step].by != "clock"
        ),
        "returns": state.returns,
        "outcome": state.outcome or "",
        "ended_at": max((v.left for v in state.visits if v.left), default=None) if state.ended else None,
    }
