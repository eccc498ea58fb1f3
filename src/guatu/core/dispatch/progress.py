"""How far a target has come against its course: the figure so far, attainment, shortfall, whether it is met.

Attainment is over the way and not over the figure where a base is known: a rate that should have risen from 85 to 90
and stands at 89 has gone four fifths of the way, though 89 is 98.9 % of 90.

Figures are taken as they are written and calculated as fractions: 0.3 less 0.1 is 0.2, so that 80 % of what is due is
not a hair below the 0.8 of a rule.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import msgspec

from guatu.core.dispatch.trajectory import BASE, ON, TARGET, Trajectory, expected, way_sign
from guatu.core.kernel.apportion import exact
from guatu.core.kernel.explained import Explained, Label, Rule, Unknown

ACTUAL = Label("actual", "实际", "actual")
EXPECTED = Label("expected", "应达", "due")
_LATEST = Label("latest", "最近一期", "latest report")
_COUNT = Label("count", "期数", "number of reports")
_MISSING = Label("missing", "缺报的期", "periods without report")
_SHORTFALL = Label("shortfall", "差距", "shortfall")
_WHOLE = Label("whole", "全程变动", "whole change")
_OFF = Label("off", "偏离", "deviation")
_SCALE = Label("scale", "衡量尺度", "measured against")

_LAST = Rule("progress.latest", "最近一期 {latest} 报 {value}", "the latest report, {latest}, gives {value}")
_SUM = Rule("progress.sum", "{count} 期相加,至 {latest} 累计 {value}", "{count} reports to {latest} add up to {value}")
_NO_REPORT = Rule("progress.no-report", "还没有报数", "no figure has been reported", official="尚无上报数据")
_GAP = Rule(
    "progress.gap",
    "分期报数,缺 {missing} 期,累计数无法计算;请补报",
    "amounts are reported by period and {missing} is missing: the sum is not known until it is reported",
    official="{missing}未报数，累计完成数无法计算",
)
_BY_WAY = Rule(
    "progress.way",
    "基期 {base},应达 {expected},实际 {actual},完成应走路程的 {value}",
    "base {base}, due {expected}, actual {actual}: {value} of the way that is due",
    official="目前为{actual}，应达{expected.near}，完成应走进度的{value}",
)
# One rule, said otherwise in a paper: nobody writes of a way from nothing, or of a share below 0.
_FROM_NOTHING = msgspec.structs.replace(_BY_WAY, official="完成{actual}，为应达{expected.near}的{value}")
_WRONG_WAY = msgspec.structs.replace(_BY_WAY, official="目前为{actual}，应达{expected.near}，与基期{base}相比不进反退")
_BY_FIGURE = Rule(
    "progress.figure",
    "应达 {expected},实际 {actual},完成率 {value}(无基期值,按数值相比)",
    "due {expected}, actual {actual}: {value} (no base; the figures themselves are compared)",
    official="目前为{actual}，应达{expected.near}",
)
_BY_DEVIATION = Rule(
    "progress.deviation",
    "应为 {expected},实际 {actual},偏离 {off},以 {scale} 衡量为 {value}",
    "{expected} is due, actual {actual}, off by {off}; measured against {scale}: {value}",
    official="目前为{actual}，应为{expected.near}，偏离{off}",
)
_NOTHING_DUE = Rule(
    "progress.nothing-due",
    "{on} 尚无应完成的变动,实际 {actual} 不差于基期 {base}",
    "no change is due yet on {on}, and {actual} is no worse than the base {base}",
    official="目前为{actual}，不差于基期{base}，尚无应完成的变动",
)
_WORSE = Rule(
    "progress.worse-than-base",
    "{on} 尚无应完成的变动,实际 {actual} 差于基期 {base},完成率无从计算",
    "no change is due yet on {on} and {actual} is worse than the base {base}: there is no rate of attainment",
    official="目前为{actual}，差于基期{base}",
)
_NO_SCALE = Rule(
    "progress.no-scale",
    "应为 {expected},实际 {actual},没有可比的尺度,完成率无从计算",
    "{expected} is due and {actual} was found, with nothing to measure the difference against",
    official="目前为{actual}，应为{expected.near}，没有可比的尺度",
)
_BEHIND = Rule(
    "progress.shortfall",
    "应达 {expected},实际 {actual},差 {value}(负数为超前)",
    "due {expected}, actual {actual}: short by {value} (below 0: ahead)",
)
_LAG = Rule(
    "progress.lag",
    "差距 {shortfall},占全程 {whole} 的 {value}",
    "short by {shortfall}, {value} of the whole change of {whole}",
    official="目前为{actual}，应达{expected.near}",
)


class Report(msgspec.Struct, frozen=True):
    """One reported figure: its period, the day up to which it counts, the value in the target's unit."""

    key: str
    on: date
    value: float


def latest(of: Trajectory, reports: Sequence[Report], missing: Sequence[str] = ()) -> Explained[float] | Unknown:
    """The figure so far. `reports` are in order of time; `missing` names due periods without a report.

    Where amounts are reported by period, a missing one leaves the sum unknown: it is not counted as 0.
    """
    if not reports:
        return _NO_REPORT.lacks()
    if of.reported == "total":
        return _LAST.gives(reports[-1].value, _LATEST.of(reports[-1].key), unit=of.unit)
    gaps = [key for key in missing if key < reports[-1].key]
    if gaps:
        return _GAP.lacks(_MISSING.of("、".join(gaps)))
    total = exact(of.first or 0) + sum(exact(report.value) for report in reports)
    return _SUM.gives(float(total), _COUNT.of(len(reports)), _LATEST.of(reports[-1].key), unit=of.unit)


def running_totals(of: Trajectory, reports: Sequence[Report]) -> list[Report]:
    """The reports as figures so far, for charts and forecasts: amounts by period are added up."""
    if of.reported == "total":
        return list(reports)
    totals, so_far = [], exact(of.first or 0)
    for report in reports:
        so_far += exact(report.value)
        totals.append(Report(report.key, report.on, float(so_far)))
    return totals


def attainment(of: Trajectory, actual: float, on: date) -> Explained[float] | Unknown:
    """Share of what is due on the day that is reached: 1 is on course, above 1 ahead, below 0 the wrong way."""
    due = expected(of, on)
    if isinstance(due, Unknown):
        return due
    if of.direction in ("reach", "hold"):
        return _by_deviation(of, actual, due)
    if of.first is None:
        return _by_figure(of, actual, due)
    parts = (BASE.of(of.first, of.unit), EXPECTED.of(due), ACTUAL.of(actual, of.unit))
    if due.value != of.first:
        gone, way = exact(actual) - exact(of.first), exact(due.value) - exact(of.first)
        rule = _WRONG_WAY if gone / way < 0 else _BY_WAY if of.first else _FROM_NOTHING
        return rule.gives(float(gone / way), *parts, unit="1")
    if way_sign(of) * (actual - of.first) >= 0:
        return _NOTHING_DUE.gives(1.0, ON.of(on), *parts, unit="1")
    return _WORSE.lacks(ON.of(on), *parts)


def shortfall(of: Trajectory, actual: float, on: date) -> Explained[float] | Unknown:
    """What is lacking on the day, in the target's unit; below 0 for a figure that is ahead of its course."""
    due = expected(of, on)
    if isinstance(due, Unknown):
        return due
    if of.direction in ("reach", "hold"):
        lacking = deviation(of, actual, due.value)
    else:
        lacking = way_sign(of) * float(exact(due.value) - exact(actual))
    return _BEHIND.gives(lacking, EXPECTED.of(due), ACTUAL.of(actual, of.unit), unit=difference_unit(of))


def lag(of: Trajectory, actual: float, on: date) -> Explained[float] | Unknown:
    """The shortfall as a share of the whole change from base to target; it is defined from the first day on."""
    lacking = shortfall(of, actual, on)
    if isinstance(lacking, Unknown):
        return lacking
    whole = _scale(of)
    parts = (
        _SHORTFALL.of(lacking),
        _WHOLE.of(whole, difference_unit(of)),
        lacking.part("expected"),
        lacking.part("actual"),
    )
    if not whole:
        return _NO_SCALE.lacks(*parts)
    return _LAG.gives(float(exact(lacking.value) / exact(whole)), *parts, unit="1")


def difference_unit(of: Trajectory) -> str:
    """Unit of a difference of two figures: rates differ by percentage points."""
    return "point" if of.unit == "%" else of.unit


def met(of: Trajectory, actual: float) -> bool:
    """Whether the figure satisfies the target as it stands."""
    if of.direction == "up":
        return actual >= of.target
    if of.direction == "down":
        return actual <= of.target
    return deviation(of, actual, of.target) == 0


def deviation(of: Trajectory, actual: float, due: float) -> float:
    """How far a figure to reach or to keep is off on its wrong side, beyond the tolerance; 0 when it is not."""
    low, high = due, of.target if of.upper is None else of.upper
    if of.direction == "reach" and way_sign(of) < 0:
        # On the way the wrong side of the course is the side of the base; beyond the target both are.
        low, high = of.target, max(due, high)
    found, room = exact(actual), exact(of.tolerance)
    below, above = exact(low) - room - found, found - exact(high) - room
    if of.direction != "reach" and of.bound == "floor":
        above = Fraction(0)
    elif of.direction != "reach" and of.bound == "ceiling":
        below = Fraction(0)
    return float(max(below, above, Fraction(0)))


def _by_figure(of: Trajectory, actual: float, due: Explained[float]) -> Explained[float] | Unknown:
    numbers = (actual, due.value) if of.direction == "up" else (due.value, actual)
    parts = (EXPECTED.of(due), ACTUAL.of(actual, of.unit))
    if numbers[1] <= 0:
        return _NO_SCALE.lacks(*parts)
    return _BY_FIGURE.gives(float(exact(numbers[0]) / exact(numbers[1])), *parts, unit="1")


def _by_deviation(of: Trajectory, actual: float, due: Explained[float]) -> Explained[float] | Unknown:
    off, scale = deviation(of, actual, due.value), _scale(of)
    parts = (
        EXPECTED.of(due),
        ACTUAL.of(actual, of.unit),
        _OFF.of(off, difference_unit(of)),
        _SCALE.of(scale, difference_unit(of)),
    )
    if off and not scale:
        return _NO_SCALE.lacks(*parts, TARGET.of(of.target, of.unit))
    share = float(1 - exact(off) / exact(scale)) if off else 1.0
    return _BY_DEVIATION.gives(share, *parts, unit="1")


def _scale(of: Trajectory) -> float:
    """What a difference is measured against: the whole change, for a figure that is kept or has no base the figure."""
    if of.direction == "hold" or of.first is None or of.first == of.target:
        return abs(of.target)
    return float(abs(exact(of.target) - exact(of.first)))
