"""Clocks that move a case when they run out: events at the edge of a step or part, and steps that only a clock leaves.

A clock of this kind begins with each stay. It stands still while the clock of its step is paused or suspended; where
both go by the same declared limit, an extension of the one is one of the other. What a clock does stands in the history
as any move does, as `TIMER`, so that playing the history again asks no clock.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from guatu.core.calendar.clock import Clock, Event, Limit, read_clock
from guatu.core.calendar.clock_limits import LimitRow, find_limit
from guatu.core.calendar.durations import read_duration
from guatu.core.calendar.hours import WorkTime, local
from guatu.core.cases.case import Case, CaseState, ClockEntry, MoveEntry, Visit
from guatu.core.cases.flow import TIMER, Flow, Move, Node, all_moves
from guatu.core.kernel.explained import Explained
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

NO_LIMIT = Kind(
    "flow.no-limit",
    "error",
    "“{element}”({name})只有时限到了才往下走,而时限“{clock}”对类别 {classes} 没有长期有效的行:案件会一直停在这里;请补上",
    "'{element}' ({name}) goes on only when its clock '{clock}' runs out, which has no lasting limit for {classes}:"
    " a case would stop there for ever; add one",
)
MOST_CLASSES = 5
"""Classes of one finding that are named."""
_STANDING_STILL = ("pause", "resume", "suspend")


class Timer(msgspec.Struct, frozen=True):
    """A clock that will make a move: where the case is, what the clock does there, and when; `due` is None while it
    stands still, and where no hours of work or no limit say when it ends."""

    step: str
    move: str
    since: datetime
    due: datetime | None


def timer_limit(
    node: Node, rows: Iterable[LimitRow], at: datetime, data: dict[str, Any], county: str = ""
) -> Limit | None:
    """The limit of an event that its clock lets happen: the declared one of its case, or the duration of the file."""
    if not node.clock:
        return read_duration(node.duration)
    class_code, condition = str(data.get("class_code") or ""), str(data.get("condition") or "")
    row = find_limit(rows, node.clock, local(at).date(), class_code, condition, county)
    return row.limit if row else None


def endless_waits(flow: Flow, limits: Iterable[LimitRow], classes: Iterable[str], file: str) -> Iterator[FileFinding]:
    """Steps that only a clock leaves, for which cases of some class have no limit: nobody else could move these."""
    rows, codes = tuple(limits), tuple(classes)
    for step in flow.steps:
        if step.by == "clock" and step.clock:
            # In whichever county: that a county has rows of its own does not take the case away from them.
            lasting = [
                row for row in rows if row.clock == step.clock and not row.condition and row.valid_to == date.max
            ]
            without = [code for code in codes if not any(code.startswith(row.class_code) for row in lasting)]
            if without:
                words = {"name": step.name, "clock": step.clock, "classes": "、".join(without[:MOST_CLASSES])}
                yield file_finding(NO_LIMIT, file, step.line, step.id, **words)


def timers(
    flow: Flow,
    case: Case,
    state: CaseState,
    now: datetime,
    limits: Iterable[LimitRow],
    work: WorkTime,
    county: str = "",
) -> tuple[Timer, ...]:
    """The clocks that run towards a move of their own where the case stands, in the order of its stays."""
    rows, found = tuple(limits), []
    for visit in (*state.visits, *state.parts):
        if visit.left is not None:
            continue
        for move, node in _clock_moves(flow, state, visit.step):
            limit = timer_limit(node, rows, visit.entered, state.data, county)
            due = _due(limit, flow, case, visit, node, now, work) if limit is not None else None
            found.append(Timer(visit.step, move.key, visit.entered, due))
    return tuple(found)


def timers_due(
    flow: Flow,
    case: Case,
    state: CaseState,
    now: datetime,
    limits: Iterable[LimitRow],
    work: WorkTime,
    county: str = "",
) -> tuple[MoveEntry, ...]:
    """The entries of clocks that have run out by `now`, the earliest first. Make the first and ask again: it may take
    away where the next one ran, or begin another.

    An entry stands at the time at which its clock ran out, or with the last line of the history where somebody acted
    after that time and before anybody asked.
    """
    last = case.history[-1].at if case.history else case.opened_at
    ran_out = [
        (one.due, one)
        for one in timers(flow, case, state, now, limits, work, county)
        if one.due is not None and local(one.due) <= local(now)
    ]
    return tuple(
        MoveEntry(at=max(due, last, key=local), actor="", role=TIMER, step=one.step, move=one.move)
        for due, one in sorted(ran_out, key=lambda pair: local(pair[0]))
    )


def _clock_moves(flow: Flow, state: CaseState, step: str) -> Iterator[tuple[Move, Node]]:
    """What a clock may do at a step or part, with the node that has its limit; what lies at the edge of a part around
    it is asked there."""
    for move in all_moves(flow, step):
        if move.by != "clock" or move.key in state.barred:
            continue
        if not move.aside:
            came = flow.by_id[flow.arrow_by_id[move.arrow].target]
            yield move, (came if flow.arrow_by_id[move.arrow].move else flow.by_id[step])
        elif flow.by_id[move.key].host == step:
            yield move, flow.by_id[move.key]


def _due(
    limit: Limit, flow: Flow, case: Case, visit: Visit, node: Node, now: datetime, work: WorkTime
) -> datetime | None:
    same = bool(node.clock) and node.clock == flow.by_id[visit.step].clock
    kinds = (*_STANDING_STILL, "extend") if same else _STANDING_STILL
    clock = Clock(limit, visit.entered, tuple(_events(case, visit, kinds)))
    try:
        reading = read_clock(clock, now, work)
    except LookupError:
        return None
    return reading.due.value if isinstance(reading.due, Explained) else None


def _events(case: Case, visit: Visit, kinds: tuple[str, ...]) -> Iterator[Event]:
    """What was decided of the clock of the step in this stay."""
    for entry in case.history:
        told = entry.event if isinstance(entry, ClockEntry) and entry.step == visit.step else None
        if told is not None and told.kind in kinds and local(told.at) >= local(visit.entered):
            yield told
