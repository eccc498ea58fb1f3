"""Milestones and what they wait for: finish to start, with a lag in working days; each in its unit's own calendar."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

SAME_ID = Kind(
    "milestone.same-id",
    "error",
    "有两个节点编号都是“{id}”;请改编号",
    "two milestones have the id “{id}”; change one",
)
NOT_THERE = Kind(
    "milestone.predecessor-missing",
    "error",
    "“{name}”的前置节点“{after}”不存在;请改正或删去",
    "“{name}” waits for “{after}”, which is no milestone; correct or remove it",
)
CYCLE = Kind(
    "milestone.cycle",
    "error",
    "节点互为前置,形成循环:{names};请去掉其中一个前置关系",
    "milestones wait for each other in a circle: {names}; remove one of these links",
)


class Link(msgspec.Struct, frozen=True):
    """Waits for the finish of `after`, then `lag` working days of the waiting unit; a negative lag overlaps."""

    after: str
    lag: int = 0


class Milestone(msgspec.Struct, frozen=True):
    """A piece of work of `days` working days of its unit; 0 days is an event (a meeting, an acceptance).

    `not_before` and `finish_by` bind it from outside, as a season or a festival does.
    """

    id: str
    name: str
    days: int
    unit: str = ""
    after: tuple[Link, ...] = ()
    not_before: date | None = None
    finish_by: date | None = None

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError(f"{self.name}: {self.days} days of work are none")

    def gap(self, link: Link) -> int:
        """Working days from the predecessor's finish to this start: work starts on the day after, an event on
        the day."""
        return link.lag + (1 if self.days else 0)


class Calendars:
    """The calendar of each unit; a unit without its own has the common one."""

    __slots__ = ("_by_unit", "_common")

    def __init__(self, common: WorkingCalendar, by_unit: Mapping[str, WorkingCalendar] | None = None) -> None:
        self._common = common
        self._by_unit = dict(by_unit or {})

    def of(self, milestone: Milestone) -> WorkingCalendar:
        return self._by_unit.get(milestone.unit, self._common)


class Network:
    """Sound milestones in an order in which each stands after all that it waits for."""

    __slots__ = ("by_id", "calendars", "ordered", "waiting")

    def __init__(self, milestones: Sequence[Milestone], calendars: Calendars) -> None:
        """Raises ValueError for milestones that `check_milestones` reports."""
        if check_milestones(milestones):
            raise ValueError("milestones with findings make no network")
        self.by_id = {one.id: one for one in milestones}
        self.calendars = calendars
        self.ordered = [self.by_id[at] for at in _order(milestones)]
        # For each milestone those that wait for it, with the link.
        self.waiting: dict[str, list[tuple[Milestone, Link]]] = {one.id: [] for one in milestones}
        for one in milestones:
            for link in one.after:
                self.waiting[link.after].append((one, link))

    def earliest(self, of: Milestone, link: Link, finish: date) -> date:
        """First day on which `of` may start when the predecessor finishes on `finish`."""
        return self.calendars.of(of).shift(finish, of.gap(link))

    def latest(self, of: Milestone, link: Link, start: date) -> date:
        """Last day on which the predecessor may finish so that `of` can start on `start`, a working day of its unit."""
        calendar, gap = self.calendars.of(of), of.gap(link)
        if gap > 0:
            return calendar.shift(start, 1 - gap) - timedelta(days=1)
        return calendar.shift(start, -gap)

    def finish(self, of: Milestone, start: date) -> date:
        """Last day of work that starts on `start`, a working day of its unit."""
        return self.calendars.of(of).shift(start, max(of.days - 1, 0))

    def start(self, of: Milestone, finish: date) -> date:
        """First day of work that ends on `finish`, a working day of its unit."""
        return self.calendars.of(of).shift(finish, -max(of.days - 1, 0))


def check_milestones(milestones: Sequence[Milestone]) -> list[RowFinding]:
    """Ids that stand twice, predecessors that are not there, and circles with the names of all in them."""
    found: list[RowFinding] = []
    seen: set[str] = set()
    for one in milestones:
        if one.id in seen:
            found.append(row_finding(SAME_ID, one.id, "id", id=one.id))
        seen.add(one.id)
    known = {one.id for one in milestones}
    for one in milestones:
        lacking = [link.after for link in one.after if link.after not in known]
        found += [row_finding(NOT_THERE, one.id, "after", name=one.name, after=after) for after in lacking]
    if not found:
        found += _circles(milestones)
    return found


def _order(milestones: Sequence[Milestone]) -> list[str]:
    """Ids so that each stands after its predecessors, otherwise as given; those in or behind a circle are left out."""
    left = {one.id: {link.after for link in one.after} for one in milestones}
    ordered: list[str] = []
    while True:
        free = [at for at, waits in left.items() if not waits]
        if not free:
            return ordered
        ordered += free
        for at in free:
            del left[at]
        for waits in left.values():
            waits.difference_update(free)


def _circles(milestones: Sequence[Milestone]) -> Iterator[RowFinding]:
    by_id = {one.id: one for one in milestones}
    stuck = set(by_id) - set(_order(milestones))
    while stuck:
        circle = _circle(by_id, stuck)
        names = " → ".join(by_id[at].name for at in [*circle, circle[0]])
        yield row_finding(CYCLE, circle[0], "after", names=names)
        # What hangs behind this circle, and other circles, may still hold circles of their own.
        rest = [one for one in milestones if one.id not in circle]
        kept = [msgspec.structs.replace(one, after=_without(one, set(circle))) for one in rest]
        stuck = (set(by_id) - set(circle) - set(_order(kept))) & stuck
        by_id = {one.id: one for one in kept}
        milestones = kept


def _without(one: Milestone, gone: set[str]) -> tuple[Link, ...]:
    return tuple(link for link in one.after if link.after not in gone)


def _circle(by_id: Mapping[str, Milestone], stuck: set[str]) -> list[str]:
    """The ids of one circle in the order of the work, found by walking back along predecessors."""
    path: list[str] = [min(stuck)]
    while True:
        before = next(link.after for link in by_id[path[-1]].after if link.after in stuck)
        if before in path:
            return path[path.index(before) :][::-1]
        path.append(before)
