"""Who works in a grid: one head and three members (一长三员), each from one day to another, with who replaced whom."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Post = Literal["head", "member"]

HEADS, MEMBERS = 1, 3

NO_HEAD = Kind(
    "staffing.no-head",
    "error",
    "网格“{grid}”在 {day} 没有网格长;请任命",
    "grid “{grid}” has no head on {day}; appoint one",
)
SEVERAL_HEADS = Kind(
    "staffing.several-heads",
    "error",
    "网格“{grid}”在 {day} 有 {count} 名网格长;请只留一名",
    "grid “{grid}” has {count} heads on {day}; leave one",
)
MEMBERS_DIFFER = Kind(
    "staffing.members-differ",
    "warning",
    "网格“{grid}”在 {day} 有 {count} 名网格员,应为 {wanted} 名;请补齐或调整",
    "grid “{grid}” has {count} members on {day} instead of {wanted}; appoint or move some",
)
TWICE = Kind(
    "staffing.person-twice",
    "error",
    "“{person}”在网格“{grid}”的任职时间重叠(自 {day});请更正日期",
    "“{person}” serves twice in grid “{grid}” from {day} on; correct the dates",
)
GAP = Kind(
    "staffing.replacement-gap",
    "warning",
    "网格“{grid}”由“{person}”接替“{before}”时空缺 {days} 天;请核对交接日期",
    "grid “{grid}” was without anyone for {days} days when “{person}” replaced “{before}”; check the dates",
)
NOBODY = Kind(
    "staffing.replaces-nobody",
    "error",
    "“{person}”接替的“{before}”没有在网格“{grid}”任同一岗位;请更正",
    "“{person}” replaces “{before}”, who never held that post in grid “{grid}”; correct it",
)


class Service(msgspec.Struct, frozen=True):
    """One person in one post of one grid on the days [since, until]; `replaces` names who left it to them."""

    grid: str
    post: Post
    person: str
    since: date
    until: date = date.max
    replaces: str = ""

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"{self.person} serves from {self.since} to {self.until}, which is no time")

    def holds_on(self, day: date) -> bool:
        return self.since <= day <= self.until


class Team(msgspec.Struct, frozen=True):
    """Who serves in a grid on a day, in order of their names."""

    grid: str
    heads: tuple[str, ...]
    members: tuple[str, ...]


def team_on(services: Sequence[Service], grid: str, day: date) -> Team:
    """The team of a grid; a grid without anyone has an empty one."""
    present = [one for one in services if one.grid == grid and one.holds_on(day)]
    heads, members = (tuple(sorted(one.person for one in present if one.post == post)) for post in ("head", "member"))
    return Team(grid, heads, members)


def replace(
    services: Sequence[Service], grid: str, leaving: str, arriving: str, on: date
) -> tuple[tuple[Service, ...], Service]:
    """All services with the post of who leaves ended the day before, and the new one. History is kept.

    Raises ValueError when nobody of that name served in the grid before the day and on it.
    """
    found = [one for one in services if (one.grid, one.person) == (grid, leaving) and one.since < on <= one.until]
    if not found:
        raise ValueError(f"{leaving} does not serve in {grid} on {on}")
    old = found[0]
    ended = msgspec.structs.replace(old, until=on - timedelta(days=1))
    new = Service(grid, old.post, arriving, on, old.until, leaving)
    return (*(ended if one is old else one for one in services), new), new


def days_served(service: Service, first: date, last: date) -> int:
    """Days of the service that lie in [first, last]."""
    return max(0, (min(service.until, last) - max(service.since, first)).days + 1)


def check_staffing(services: Sequence[Service], grids: Sequence[str], day: date) -> list[RowFinding]:
    """What is wrong with the teams on a day, and with the dates of all services."""
    found = [finding for grid in grids for finding in _check_team(team_on(services, grid, day), day)]
    return found + list(_check_twice(services)) + list(_check_replacements(services))


def _check_team(team: Team, day: date) -> Iterator[RowFinding]:
    on = day.isoformat()
    if not team.heads:
        yield row_finding(NO_HEAD, team.grid, "head", grid=team.grid, day=on)
    if len(team.heads) > HEADS:
        yield row_finding(SEVERAL_HEADS, team.grid, "head", grid=team.grid, day=on, count=len(team.heads))
    if (count := len(team.members)) != MEMBERS:
        yield row_finding(
            MEMBERS_DIFFER, team.grid, "member", None, grid=team.grid, day=on, count=count, wanted=MEMBERS
        )


def _check_twice(services: Sequence[Service]) -> Iterator[RowFinding]:
    places: dict[tuple[str, str], list[Service]] = {}
    for one in services:
        places.setdefault((one.grid, one.person), []).append(one)
    for (grid, person), several in places.items():
        for one, other in combinations(several, 2):
            since = max(one.since, other.since)
            if since <= min(one.until, other.until):
                yield row_finding(TWICE, grid, "person", person=person, grid=grid, day=since.isoformat())


def _check_replacements(services: Sequence[Service]) -> Iterator[RowFinding]:
    for one in services:
        if not one.replaces:
            continue
        names = {"person": one.person, "before": one.replaces, "grid": one.grid}
        before = [
            other
            for other in services
            if (other.grid, other.post, other.person) == (one.grid, one.post, one.replaces) and other.since < one.since
        ]
        if not before:
            yield row_finding(NOBODY, one.grid, "replaces", None, **names)
            continue
        days = (one.since - max(other.until for other in before)).days - 1
        if days > 0:
            yield row_finding(GAP, one.grid, "since", None, days=days, **names)
