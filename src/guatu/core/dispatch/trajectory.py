"""A target as a trajectory: from a base along a course to a figure at a deadline, and what is due on a day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

import msgspec

from guatu.core.calendar.keys import Every, key_of, span_of, step
from guatu.core.dispatch.course import Course, Figures, Shape, figure_at, share
from guatu.core.dispatch.goal import Bound, Direction, GoalKind
from guatu.core.kernel.explained import Explained, Label, Part, Rule, Unknown, Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Reported = Literal["total", "period"]
REPORTED: tuple[Reported, ...] = get_args(Reported)

BASE = Label("base", "基期值", "base")
TARGET = Label("target", "目标值", "target")
START = Label("start", "起始日", "start")
DEADLINE = Label("deadline", "期限", "deadline")
ON = Label("on", "日期", "day")
_TIME = Label("time", "已过时间", "time passed")
_WAY = Label("way", "应走完的路程", "share of the way due")
_FORM = Label("form", "曲线", "course")
_BEFORE = Label("before", "前一数点", "figure before")
_AFTER = Label("after", "后一数点", "figure after")

_FORMS = {
    "linear": Word("直线", "the straight course"),
    "smooth": Word("S 形曲线", "the S-shaped course"),
    "logistic": Word("逻辑斯蒂曲线", "the logistic course"),
}

_BY_SHAPE = Rule(
    "trajectory.shape",
    "{on} 已过时间 {time},按{form}应走完 {way},应达 {value}",
    "on {on} {time} of the time has passed; {form} asks for {way} of the way: {value}",
)
_BY_FIGURES = Rule(
    "trajectory.figures",
    "按自定数列,{on} 应达 {value}(在 {before} 与 {after} 两点之间)",
    "by the county's own figures {value} is due on {on} (between those of {before} and {after})",
)
_AT_END = Rule(
    "trajectory.deadline",
    "{deadline} 期限已到,应达目标值 {value}",
    "the deadline, {deadline}, has come: the target {value} is due",
)
_KEPT = Rule("trajectory.hold", "应始终保持 {value}", "{value} is to be kept throughout")
_NOT_BEGUN = Rule(
    "trajectory.not-begun", "{start} 才开始,{on} 尚无应达值", "begins on {start}: nothing is due yet on {on}"
)
_NO_BASE = Rule(
    "trajectory.base-missing",
    "没有基期值,画不出到目标值 {target} 的路线;请填写基期值或各期应达数",
    "without a base there is no course to {target}: enter the base, or a figure for each period",
)

WRONG_WAY = Kind(
    "trajectory.wrong-way",
    "error",
    "“{name}”第 {key} 期应达 {value},比上一期 {before} 还差;请核对各期数",
    "“{name}”: the figure for {key}, {value}, is worse than the one before, {before}; check the figures",
)
ENDS_ELSEWHERE = Kind(
    "trajectory.ends-elsewhere",
    "error",
    "“{name}”末期应达 {value},与目标值 {target} 不一致;请改一致",
    "“{name}”: the last figure, {value}, is not the target, {target}; make them equal",
)
OUTSIDE = Kind(
    "trajectory.period-outside",
    "error",
    "“{name}”第 {key} 期不在 {start} 至 {deadline} 之间;请删去或改期",
    "“{name}”: {key} does not lie between {start} and {deadline}; remove it or change it",
)


class Trajectory(msgspec.Struct, frozen=True, kw_only=True):
    """A target with its course.

    Figures are in `unit`. `upper` is the upper end of a range, `tolerance` what a figure may be off in a goal to reach
    or to keep. `base` is the figure at `start`; a sum starts from 0 where none is given. `reported` says whether
    reports give the sum so far (total) or what was done in the period. `bound` names the wrong side of a goal to keep.
    """

    name: str
    unit: str
    target: float
    start: date
    deadline: date
    direction: Direction = "up"
    kind: GoalKind = "level"
    base: float | None = None
    upper: float | None = None
    tolerance: float = 0
    bound: Bound = "floor"
    reported: Reported = "total"
    course: Course = Shape()

    def __post_init__(self) -> None:
        if self.deadline <= self.start:
            raise ValueError(f"{self.name}: the deadline {self.deadline} is not after the start {self.start}")
        if self.upper is not None and self.upper < self.target:
            raise ValueError(f"{self.name}: a range from {self.target} to {self.upper} is none")
        if self.tolerance < 0:
            raise ValueError(f"{self.name}: a tolerance is not negative")
        if self.reported == "period" and self.kind != "cumulative":
            raise ValueError(f"{self.name}: amounts by period add up for a sum only")

    @property
    def first(self) -> float | None:
        """The figure at the start: the base, for a sum 0 where none is given."""
        return 0.0 if self.base is None and self.kind == "cumulative" else self.base


class CoursePoint(msgspec.Struct, frozen=True):
    """What is due at the end of a period; in the deadline's period, at the deadline."""

    key: str
    on: date
    value: Explained[float] | Unknown


def expected(of: Trajectory, on: date) -> Explained[float] | Unknown:
    """The figure that is due at the end of a day, in the target's unit."""
    if on < of.start:
        return _NOT_BEGUN.lacks(START.of(of.start), ON.of(on))
    if of.direction == "hold":
        return _KEPT.gives(of.target, TARGET.of(of.target, of.unit), unit=of.unit)
    if on >= of.deadline:
        return _AT_END.gives(of.target, DEADLINE.of(of.deadline), unit=of.unit)
    if isinstance(of.course, Figures):
        return _by_figures(of, of.course, on)
    if of.first is None:
        return _NO_BASE.lacks(TARGET.of(of.target, of.unit))
    return _by_shape(of, of.course, of.first, on)


def way_due(of: Trajectory, on: date) -> float | None:
    """Share of the way from base to target that is due on a day, in [0, 1]; None where there is no way to go."""
    if of.direction == "hold" or of.first is None or of.first == of.target:
        return None
    time = min(max((on - of.start).days / (of.deadline - of.start).days, 0.0), 1.0)
    if isinstance(of.course, Shape):
        return share(of.course, time)
    found = figure_at(of.course, of.first, of.start, of.deadline, on)
    if found is None or time in (0.0, 1.0):
        return time
    return (found[0] - of.first) / (of.target - of.first)


def course_table(of: Trajectory, every: Every) -> list[CoursePoint]:
    """The whole course at the end of each period from the start to the deadline."""
    return list(_points(of, every))


def check_trajectory(of: Trajectory) -> list[RowFinding]:
    """What is wrong with a course of own figures: periods outside, figures against the direction, another end."""
    if not isinstance(of.course, Figures):
        return []
    ordered = sorted(of.course.figures.items(), key=lambda row: span_of(row[0])[1])
    return [*_outside(of, ordered), *_wrong_way(of, ordered), *_ends_elsewhere(of, ordered)]


def _by_shape(of: Trajectory, shape: Shape, base: float, on: date) -> Explained[float]:
    time = (on - of.start).days / (of.deadline - of.start).days
    way = share(shape, time)
    parts: list[Part] = [ON.of(on), _TIME.of(time, "1"), _FORM.of(_FORMS[shape.form]), _WAY.of(way, "1")]
    parts += [BASE.of(base, of.unit), TARGET.of(of.target, of.unit), START.of(of.start), DEADLINE.of(of.deadline)]
    return _BY_SHAPE.gives(base + (of.target - base) * way, *parts, unit=of.unit)


def _by_figures(of: Trajectory, course: Figures, on: date) -> Explained[float] | Unknown:
    found = figure_at(course, of.first, of.start, of.deadline, on)
    if found is None:
        return _NO_BASE.lacks(TARGET.of(of.target, of.unit))
    value, before, after = found
    return _BY_FIGURES.gives(value, ON.of(on), _BEFORE.of(before), _AFTER.of(after), unit=of.unit)


def _points(of: Trajectory, every: Every) -> Iterator[CoursePoint]:
    key, last = key_of(every, of.start), key_of(every, of.deadline)
    while key <= last:
        on = min(span_of(key)[1], of.deadline)
        yield CoursePoint(key, on, expected(of, on))
        key = step(key)


def _outside(of: Trajectory, ordered: list[tuple[str, float]]) -> Iterator[RowFinding]:
    for key, _ in ordered:
        first, last = span_of(key)
        if last < of.start or first > of.deadline:
            start, deadline = of.start.isoformat(), of.deadline.isoformat()
            yield row_finding(OUTSIDE, of.name, key, name=of.name, key=key, start=start, deadline=deadline)


def _wrong_way(of: Trajectory, ordered: list[tuple[str, float]]) -> Iterator[RowFinding]:
    sign = way_sign(of)
    for (_, before), (key, value) in pairwise([("", ordered[0][1] if of.first is None else of.first), *ordered]):
        if sign * (value - before) < 0:
            yield row_finding(WRONG_WAY, of.name, key, name=of.name, key=key, value=value, before=before)


def _ends_elsewhere(of: Trajectory, ordered: list[tuple[str, float]]) -> Iterator[RowFinding]:
    key, value = ordered[-1]
    if value != of.target:
        yield row_finding(ENDS_ELSEWHERE, of.name, key, name=of.name, value=value, target=of.target)


def way_sign(of: Trajectory) -> int:
    """+1 where the figure is to rise, -1 where it is to fall, 0 where it is to stay."""
    if of.direction == "hold":
        return 0
    if of.direction != "reach":
        return 1 if of.direction == "up" else -1
    first = of.target if of.first is None else of.first
    return (of.target > first) - (of.target < first)
