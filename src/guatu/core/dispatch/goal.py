"""What kind of goal the words of a plan mean: 力争, 不低于, 达到, 新增, 累计 and their like.

The reading is a proposal that a person confirms; it names the words that it went by. Words are tried longest first, so
that 不低于 is not read as 低于.
"""

import re
from typing import Literal, get_args

import msgspec

from guatu.core.kernel.apportion import exact
from guatu.core.kernel.explained import Explained, Label, Rule, Unknown

Direction = Literal["up", "down", "reach", "hold"]
GoalKind = Literal["level", "cumulative"]
Change = Literal["to", "by", "by-share"]
Strength = Literal["binding", "striving"]
Bound = Literal["floor", "ceiling", "band"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
GOAL_KINDS: tuple[GoalKind, ...] = get_args(GoalKind)
CHANGES: tuple[Change, ...] = get_args(Change)
BOUNDS: tuple[Bound, ...] = get_args(Bound)


class Goal(msgspec.Struct, frozen=True):
    """The sense of a target.

    `direction`: more is better, less is better, a point to arrive at, a state to keep. `kind`: a state at a day (level)
    or a sum since the start (cumulative). `change`: the figure is where to arrive (to), by how much to move (by), or by
    what share of the base (by-share). `strength`: 力争 strives, the rest binds. `bound`: which side of the figure is
    wrong.
    """

    direction: Direction
    kind: GoalKind
    change: Change = "to"
    strength: Strength = "binding"
    bound: Bound = "floor"


# Meaning of each word; where a plan uses two, the first row of the table that is found decides.
_HOLD = ("稳定保持", "稳定在", "保持", "维持", "持平", "不变")
_CEILING = ("不高于", "不超过", "不大于", "不多于", "控制在", "以内", "以下", "低于", "少于", "小于")
_FLOOR = ("不低于", "不少于", "不小于", "以上", "至少", "高于", "超过", "大于", "多于")
_FALL = ("下降", "降低", "减少", "压减", "压降", "缩短", "降至", "降到", "压缩")
_RISE = ("提高", "提升", "增长", "增加", "增至", "达到", "扩大")
_CUMULATIVE = (
    *("新增", "累计", "新建", "新改建", "改建", "建成", "建设", "完成", "改造", "修复", "整治", "拆除", "修建", "铺设"),
    *("造林", "种植", "培训", "治理", "创建", "培育", "引进", "发放", "清理", "安装", "更换"),
)
_STRIVING = ("力争", "争取", "努力", "力求")
_RATIO_UNITS = ("%", "％", "‰", "百分点", "个百分点")

_ALL = (*_HOLD, *_CEILING, *_FLOOR, *_FALL, *_RISE, *_CUMULATIVE, *_STRIVING)
_WORD = re.compile("|".join(sorted(_ALL, key=len, reverse=True)))
# 提高到, 降至: the figure is where to arrive. A bare 到 may belong to the year (到2025年).
_ARRIVES = re.compile(rf"(?:{'|'.join((*_FALL, *_RISE))})[到至达]|降至|降到|增至|达到")

_WORDS = Label("words", "依据的词", "words it went by")
_OP = Label("op", "比较方式", "comparison")
_UNIT = Label("unit", "单位", "unit")
_BASE = Label("base", "基期值", "base")
_FIGURE = Label("figure", "方案中的数", "figure in the plan")

_READ = Rule(
    "goal.read",
    "按“{words}”和比较方式“{op}”理解;请确认",
    "read from “{words}” and the comparison “{op}”; please confirm",
)
_TO = Rule("goal.to", "目标值即方案所写的 {figure}", "the target is {figure}, as the plan writes it")
_BY = Rule("goal.by", "基期 {base},变动 {figure},目标值 {value}", "base {base}, change {figure}: target {value}")
_BY_SHARE = Rule(
    "goal.by-share",
    "基期 {base},变动幅度 {figure},目标值 {value}",
    "base {base}, changed by {figure} of itself: target {value}",
)
_NO_BASE = Rule(
    "goal.base-missing",
    "方案只写了变动 {figure},没有基期值,算不出目标值;请填写基期值",
    "the plan gives a change, {figure}, and no base: enter the base to know the target",
)


def read_goal(op: str, words: str, unit: str = "") -> Explained[Goal]:
    """The goal that a target's clause means. `op` is the compiler's comparison, `words` the clause or a part of it."""
    found = tuple(dict.fromkeys(_WORD.findall(words)))
    kind: GoalKind = "level" if unit in _RATIO_UNITS or not _any(found, _CUMULATIVE) else "cumulative"
    direction = _direction(op, found, kind)
    goal = Goal(
        direction,
        kind,
        _change(found, words, unit, kind),
        "striving" if _any(found, _STRIVING) else "binding",
        _bound(op, direction, found),
    )
    return _READ.gives(goal, _WORDS.of("、".join(found)), _OP.of(op), _UNIT.of(unit))


def target_value(goal: Goal, figure: float, base: float | None, unit: str = "") -> Explained[float] | Unknown:
    """Where the course ends, in the target's unit; `figure` is the plan's number, for by-share in percent."""
    if goal.kind == "cumulative" or goal.change == "to":
        return _TO.gives(figure, _FIGURE.of(figure, unit), unit=unit)
    if base is None:
        return _NO_BASE.lacks(_FIGURE.of(figure, unit))
    sign = -1 if goal.direction == "down" else 1
    if goal.change == "by":
        return _BY.gives(
            float(exact(base) + sign * exact(figure)), _BASE.of(base, unit), _FIGURE.of(figure, unit), unit=unit
        )
    value = float(exact(base) * (100 + sign * exact(figure)) / 100)
    return _BY_SHARE.gives(value, _BASE.of(base, unit), _FIGURE.of(figure, "%"), unit=unit)


def _any(found: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(word in words for word in found)


def _direction(op: str, found: tuple[str, ...], kind: GoalKind) -> Direction:
    if _any(found, _HOLD):
        return "hold"
    if _any(found, _FALL) or (op in ("<=", "<") and kind == "level"):
        return "down"
    if _any(found, _CEILING) and not _any(found, _FLOOR) and op not in (">=", ">", "+"):
        return "down"
    # Three wells to be dug are dug when four are: only a state can be overshot.
    if op in ("=", "~", "range") and kind == "level" and not _any(found, (*_RISE, *_FLOOR)):
        return "reach"
    return "up"


def _bound(op: str, direction: Direction, found: tuple[str, ...]) -> Bound:
    if direction == "down" or (direction == "hold" and (op in ("<=", "<") or _any(found, _CEILING))):
        return "ceiling"
    if direction == "up" or op in (">=", ">") or _any(found, _FLOOR):
        return "floor"
    return "band"


def _change(found: tuple[str, ...], words: str, unit: str, kind: GoalKind) -> Change:
    if kind == "cumulative" or not _any(found, (*_FALL, *_RISE)) or _ARRIVES.search(words):
        return "to"
    return "by-share" if unit in ("%", "％", "‰") else "by"
