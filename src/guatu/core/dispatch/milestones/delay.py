"""What a late milestone moves: the timetable carried on from what is done, with the days each one moves and why.

A milestone keeps its planned start unless its predecessors, or the day itself, push it later. Being early pulls nobody
forward: people and machines are booked for the planned days.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from guatu.core.dispatch.milestones.network import Calendars, Milestone, Network
from guatu.core.kernel.explained import Explained, Label, Rule

MoveState = Literal["done", "overdue", "moved", "planned"]

_NAME = Label("name", "节点", "milestone")
_PLANNED = Label("planned", "计划完成", "planned finish")
_FINISH = Label("finish", "预计完成", "expected finish")
_BECAUSE = Label("because", "前置节点", "predecessor")
_BEFORE = Label("before", "前置预计完成", "predecessor's finish")
_ON = Label("on", "日期", "day")
_COUNT = Label("count", "节点数", "milestones")
_LATEST = Label("latest", "最迟的节点", "latest milestone")

_DONE = Rule(
    "milestone.done",
    "“{name}”计划 {planned} 完成,已于 {finish} 完成,相差 {value}",
    "“{name}” was planned for {planned} and done on {finish}: {value} later",
)
_AS_PLANNED = Rule("milestone.as-planned", "“{name}”按计划 {planned} 完成", "“{name}” stays planned for {planned}")
_OVERDUE = Rule(
    "milestone.overdue",
    "“{name}”计划 {planned} 完成,至 {on} 未完成,预计 {finish},推迟 {value}",
    "“{name}” was planned for {planned} and is not done on {on}; expected {finish}: moved by {value}",
)
_STATED = Rule(
    "milestone.stated",
    "“{name}”计划 {planned} 完成,责任单位预计 {finish},推迟 {value}",
    "“{name}” was planned for {planned}; its unit expects {finish}: moved by {value}",
)
_NOT_BEGUN = Rule(
    "milestone.not-begun",
    "“{name}”应已开始,至 {on} 未开始,计划 {planned} 完成,推至 {finish},推迟 {value}",
    "“{name}” should have begun and has not on {on}; planned for {planned}, it moves to {finish}: by {value}",
)
_PUSHED = Rule(
    "milestone.pushed",
    "前置“{because}”预计 {before} 完成,“{name}”由 {planned} 推至 {finish},推迟 {value}",
    "“{because}” is expected on {before}, so “{name}” moves from {planned} to {finish}: by {value}",
)
_MANY = Rule(
    "milestone.count-overdue",
    "{on} 有 {value} 节点逾期未完成",
    "on {on} {value} are overdue",
    official="有{value.number}个节点逾期未完成",
)
_WORST = Rule(
    "milestone.days-late",
    "至 {on} 逾期最久的是“{latest}”,已逾期 {value}",
    "on {on} the latest is “{latest}”, {value} overdue",
    official="节点“{latest}”已逾期{value}",
)
_NONE = Rule("milestone.none-late", "{on} 没有逾期的节点", "no milestone is overdue on {on}", official="没有逾期的节点")


class Plan(msgspec.Struct, frozen=True):
    """The days agreed for a milestone, as the confirmed timetable holds them, and the day of the agreement.

    A timetable that is entered late blames nobody for the time before: lateness is counted from `since` at the
    earliest.
    """

    id: str
    start: date
    finish: date
    since: date = date.min

    @property
    def owed(self) -> date:
        """The day after which it is late."""
        return max(self.finish, self.since)


class Progress(msgspec.Struct, frozen=True):
    """What is known of a milestone: begun, done, or the finish that its unit expects."""

    started: date | None = None
    done: date | None = None
    expected: date | None = None


class Move(msgspec.Struct, frozen=True):
    """A milestone today: planned and expected days, by how many of its working days the finish moves, and why.

    `because` is the id of the predecessor that pushes it, or nothing.
    """

    id: str
    name: str
    state: MoveState
    planned: Plan
    start: date
    finish: date
    moved: Explained[int]
    because: str = ""


def carry_on(
    milestones: Sequence[Milestone],
    plans: Sequence[Plan],
    progress: Mapping[str, Progress],
    on: date,
    calendars: Calendars,
) -> list[Move]:
    """Each milestone as it now stands, in the order of the work.

    Raises ValueError for milestones with findings and KeyError for a milestone without agreed days.
    """
    network = Network(milestones, calendars)
    agreed = {plan.id: plan for plan in plans}
    moves: dict[str, Move] = {}
    for one in network.ordered:
        moves[one.id] = _move(network, one, agreed[one.id], progress.get(one.id, Progress()), on, moves)
    return list(moves.values())


def milestones_overdue(moves: Sequence[Move], on: date) -> Explained[int]:
    """How many milestones should be done on the day and are not."""
    late = [move for move in moves if _is_overdue(move, on)]
    return _MANY.gives(len(late), _ON.of(on), _COUNT.of(len(moves), "item"), unit="item")


def milestone_days_late(
    moves: Sequence[Move], milestones: Sequence[Milestone], on: date, calendars: Calendars
) -> Explained[int]:
    """Working days by which the latest undone milestone is past its planned finish; 0 where none is."""
    by_id = {one.id: one for one in milestones}
    late = [
        (calendars.of(by_id[move.id]).between(move.planned.owed, on), move) for move in moves if _is_overdue(move, on)
    ]
    if not late:
        return _NONE.gives(0, _ON.of(on), unit="working-day")
    days, move = max(late, key=lambda row: row[0])
    return _WORST.gives(days, _ON.of(on), _LATEST.of(move.name), unit="working-day")


def _is_overdue(move: Move, on: date) -> bool:
    return move.state != "done" and move.planned.owed < on


def _move(network: Network, one: Milestone, plan: Plan, known: Progress, on: date, moves: Mapping[str, Move]) -> Move:
    if known.done:
        return _finished(network, one, plan, known.started or plan.start, known.done)
    start, because = _start(network, one, plan, known, on, moves)
    finish = _finish(network, one, plan, known, start, on)
    moved = network.calendars.of(one).between(plan.finish, finish)
    overdue = plan.finish < on
    state: MoveState = "overdue" if overdue else "moved" if moved else "planned"
    parts = [_NAME.of(one.name), _PLANNED.of(plan.finish), _FINISH.of(finish), _ON.of(on)]
    if because and moved > 0:
        parts += [_BECAUSE.of(network.by_id[because].name), _BEFORE.of(moves[because].finish)]
        rule = _PUSHED
    elif overdue:
        rule = _OVERDUE
    elif moved:
        rule = _STATED if known.expected else _NOT_BEGUN
    else:
        rule = _AS_PLANNED
    why = rule.gives(moved, *parts, unit="working-day")
    return Move(one.id, one.name, state, plan, start, finish, why, because if moved > 0 else "")


def _finished(network: Network, one: Milestone, plan: Plan, start: date, done: date) -> Move:
    moved = network.calendars.of(one).between(plan.finish, done)
    parts = (_NAME.of(one.name), _PLANNED.of(plan.finish), _FINISH.of(done))
    return Move(one.id, one.name, "done", plan, start, done, _DONE.gives(moved, *parts, unit="working-day"))


def _start(
    network: Network, one: Milestone, plan: Plan, known: Progress, on: date, moves: Mapping[str, Move]
) -> tuple[date, str]:
    """When it starts, or did, and the predecessor that pushes it past both its plan and the day."""
    if known.started:
        return known.started, ""
    start, because = max(plan.start, network.calendars.of(one).on_or_after(on)), ""
    for link in one.after:
        first = network.earliest(one, link, moves[link.after].finish)
        if first > start:
            start, because = first, link.after
    return start, because


def _finish(network: Network, one: Milestone, plan: Plan, known: Progress, start: date, on: date) -> date:
    today = network.calendars.of(one).on_or_after(on)
    if known.started:
        return max(known.expected or plan.finish, today)
    by_work = network.finish(one, start)
    return max(known.expected, by_work) if known.expected else by_work
