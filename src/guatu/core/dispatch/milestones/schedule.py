"""Counting back from the deadline: the latest days on which each milestone may still start and finish.

Critical path method (J. E. Kelley and M. R. Walker, Critical-path planning and scheduling, 1959) with a calendar for
each unit. Since days off differ between calendars, slack may change along one chain of work; the critical path is
therefore the longest path: from the last finish back along the predecessor that determined each start.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from guatu.core.dispatch.milestones.network import Calendars, Link, Milestone, Network, check_milestones
from guatu.core.kernel.explained import Explained, Label, Rule
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Placement = Literal["latest", "earliest"]

_NAME = Label("name", "节点", "milestone")
_DAYS = Label("days", "工期", "duration")
_NEXT = Label("next", "后续节点", "successor")
_STARTS = Label("starts", "后续最迟开始", "successor starts at the latest")
_LAG = Label("lag", "间隔", "lag")
_START = Label("start", "最迟开始", "latest start")
_DEADLINE = Label("deadline", "期限", "deadline")
_KNOWN = Label("known", "当年放假安排已公布", "holidays of that year are announced")

_BY_DEADLINE = Rule(
    "milestone.by-deadline",
    "“{name}”工期 {days},期限 {deadline},最迟 {start} 开始、{value} 完成",
    "“{name}” takes {days}; with the deadline {deadline} it starts by {start} and ends by {value}",
)
_BY_SUCCESSOR = Rule(
    "milestone.by-successor",
    "“{name}”工期 {days},后续“{next}”最迟 {starts} 开始(间隔 {lag}),故最迟 {start} 开始、{value} 完成",
    "“{name}” takes {days}; “{next}” starts by {starts} (lag {lag}), so it starts by {start} and ends by {value}",
)

DOES_NOT_FIT = Kind(
    "milestone.does-not-fit",
    "error",
    "“{name}”最迟 {late} 就要开始,而最早 {early} 才能开始,差 {days} 个工作日;请压缩工期、并行安排或调整期限",
    "“{name}” would have to start by {late} and cannot before {early}, {days} working days short: shorten work, "
    "overlap it, or move the deadline",
)


class Placed(msgspec.Struct, frozen=True):
    """A milestone in the timetable.

    All days are working days of its unit and included. `slack` is in its working days, below 0 where time is short;
    `why` is the reason of the latest finish.
    """

    id: str
    name: str
    unit: str
    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    slack: int
    critical: bool
    why: Explained[date]


class Schedule(msgspec.Struct, frozen=True):
    """The timetable in the order of the work, the critical path (ids), and what stands against it.

    With findings of the network itself (circles, missing predecessors) there are no rows.
    """

    rows: list[Placed]
    path: list[str]
    findings: list[RowFinding]

    @property
    def fits(self) -> bool:
        return not self.findings


def count_back(milestones: Sequence[Milestone], start: date, deadline: date, calendars: Calendars) -> Schedule:
    """The timetable between the first day on which work may begin and the deadline."""
    findings = check_milestones(milestones)
    if findings:
        return Schedule([], [], findings)
    network = Network(milestones, calendars)
    early, driver = _forward(network, start)
    late, why = _backward(network, deadline)
    path = _longest_path(network, early, driver)
    rows = [_placed(network, one, early, late, why, one.id in path) for one in network.ordered]
    return Schedule(rows, path, [_short(row) for row in rows if row.slack < 0])


def _forward(network: Network, start: date) -> tuple[dict[str, date], dict[str, str]]:
    """Earliest start of each milestone, and the predecessor that determined it."""
    starts: dict[str, date] = {}
    driver: dict[str, str] = {}
    for one in network.ordered:
        calendar = network.calendars.of(one)
        starts[one.id] = calendar.on_or_after(max(start, one.not_before or start))
        for link in one.after:
            before = network.by_id[link.after]
            first = network.earliest(one, link, network.finish(before, starts[before.id]))
            # On a tie the predecessor goes before the calendar: the path should not break without need.
            if first >= starts[one.id]:
                starts[one.id] = first
                driver[one.id] = before.id
    return starts, driver


def _backward(network: Network, deadline: date) -> tuple[dict[str, date], dict[str, Explained[date]]]:
    """Latest finish of each milestone, and its reason."""
    finishes: dict[str, date] = {}
    why: dict[str, Explained[date]] = {}
    for one in reversed(network.ordered):
        calendar = network.calendars.of(one)
        bound = min(deadline, one.finish_by or deadline)
        last, by = calendar.on_or_before(bound), None
        for after, link in network.waiting[one.id]:
            starts = network.start(after, finishes[after.id])
            latest = calendar.on_or_before(network.latest(after, link, starts))
            if latest < last or (latest == last and by is None):
                last, by = latest, (after, link, starts)
        finishes[one.id] = last
        why[one.id] = _reason(network, one, last, bound, by)
    return finishes, why


def _reason(
    network: Network, one: Milestone, finish: date, bound: date, by: tuple[Milestone, Link, date] | None
) -> Explained[date]:
    known = network.calendars.of(one).is_known(finish)
    parts = [_NAME.of(one.name), _DAYS.of(one.days, "working-day"), _START.of(network.start(one, finish))]
    if by is None:
        return _BY_DEADLINE.gives(finish, *parts, _DEADLINE.of(bound), _KNOWN.of(known))
    after, link, starts = by
    parts += [_NEXT.of(after.name), _STARTS.of(starts), _LAG.of(link.lag, "working-day"), _KNOWN.of(known)]
    return _BY_SUCCESSOR.gives(finish, *parts)


def _longest_path(network: Network, early: dict[str, date], driver: dict[str, str]) -> list[str]:
    if not network.ordered:
        return []
    # Of those that end last the one that waits for the others.
    last = max(reversed(network.ordered), key=lambda one: network.finish(one, early[one.id]))
    path = [last.id]
    while path[-1] in driver:
        path.append(driver[path[-1]])
    return path[::-1]


def _placed(
    network: Network,
    one: Milestone,
    early: dict[str, date],
    late: dict[str, date],
    why: dict[str, Explained[date]],
    critical: bool,
) -> Placed:
    first, last = early[one.id], late[one.id]
    finish = network.finish(one, first)
    slack = network.calendars.of(one).between(finish, last)
    start = network.start(one, last)
    return Placed(one.id, one.name, one.unit, first, finish, start, last, slack, critical, why[one.id])


def _short(row: Placed) -> RowFinding:
    late, early = row.late_start.isoformat(), row.early_start.isoformat()
    return row_finding(DOES_NOT_FIT, row.id, "days", name=row.name, late=late, early=early, days=-row.slack)
