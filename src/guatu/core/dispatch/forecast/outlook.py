"""The forecast of a target: the figure at the deadline with its interval, and the day on which it would be met.

Below three reports there is no forecast. Which method it is, `choice` decides; the forecast names it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import msgspec

from guatu.core.calendar.keys import step
from guatu.core.dispatch.forecast.choice import SMALLEST, choose
from guatu.core.dispatch.forecast.model import Model, Series
from guatu.core.dispatch.forecast.student import two_sided
from guatu.core.dispatch.progress import Report, attainment, difference_unit, met
from guatu.core.dispatch.trajectory import DEADLINE, TARGET, Trajectory, way_sign
from guatu.core.kernel.explained import RATIO, Explained, Label, Part, Rule, Unknown

LEVEL = 0.8
# Beyond this a date would only pretend to say something.
FURTHEST_DAYS = 3653
_MONTH = 365.25 / 12

_COUNT = Label("count", "报数期数", "reports")
_FIRST = Label("first", "首期", "first report")
_LAST = Label("last", "末期", "last report")
_FIGURE = Label("figure", "预计值", "forecast")
_LOW = Label("low", "区间下限", "lower end")
_HIGH = Label("high", "区间上限", "upper end")
_LEVEL = Label("level", "置信水平", "level")
_METHOD = Label("method", "方法", "method")
_PACE = Label("pace", "每月变动", "change a month")
_NEED = Label("need", "至少", "at least")
_SPREAD = Label("spread", "预测标准误", "standard error")
_FREEDOM = Label("freedom", "自由度", "degrees of freedom")
_FORECAST = Label("forecast", "预测", "forecast")

_OUTLOOK = "{method},{count}报数:{deadline} 预计 {figure},{level} 区间 {low} 至 {high}"
_OUTLOOK_EN = "{method} over {count}: {figure} on {deadline}, with {level} between {low} and {high}"
_TOO_FEW = Rule(
    "forecast.too-few",
    "只有 {count}报数,至少要 {need}才能预测",
    "reports cover {count}; a forecast needs {need} at least",
)
_OVER = Rule(
    "forecast.over",
    "末期 {last} 已到期限 {deadline},不再预测",
    "the last report, {last}, reaches the deadline {deadline}: nothing is left to forecast",
)
_MET_ON = Rule(
    "forecast.met-on",
    "照 {method} 的趋势(每月 {pace}),约 {value} 达到 {target}",
    "by {method} ({pace} a month) {target} would be met about {value}",
)
_MET = Rule("forecast.met", "{value} 一期已达到 {target}", "the report of {value} met {target}")
_NEVER = Rule(
    "forecast.never",
    "照 {method} 的趋势(每月 {pace}),十年内达不到 {target}",
    "by {method} ({pace} a month) {target} is not met within ten years",
)
_KEPT = Rule(
    "forecast.kept",
    "目标是保持 {target},没有达到之日",
    "the goal is to keep {target}: there is no day on which it is met",
)
_ATTAINMENT = Rule(
    "forecast.attainment",
    "期末预计为 {figure},完成应走路程的 {value}",
    "{figure} is forecast for the deadline: {value} of the way",
    official="按目前趋势，到期预计为{figure.near}，届时应达{expected.near}",
)


class Outlook(msgspec.Struct, frozen=True):
    """The figure forecast for a day and the interval that holds it with probability `level`, in the target's unit."""

    on: date
    value: float
    low: float
    high: float
    level: float


def outlook(
    of: Trajectory,
    reports: Sequence[Report],
    level: float = LEVEL,
    lowest: float | None = None,
    highest: float | None = None,
) -> Explained[Outlook] | Unknown:
    """The figure at the deadline. `reports` are figures so far in order of time (see `running_totals`).

    `lowest` and `highest` are what the figure cannot pass (0 and 100 of a rate); a sum so far does not fall below its
    last.
    """
    model = _model(of, reports)
    if isinstance(model, Unknown):
        return model
    if reports[-1].on >= of.deadline:
        return _OVER.lacks(_LAST.of(reports[-1].on), DEADLINE.of(of.deadline))
    ahead = at_day(of, reports, model, of.deadline, level, lowest, highest)
    rule = Rule("forecast.outlook", _OUTLOOK, _OUTLOOK_EN, model.source)
    return rule.gives(ahead, *_reasons(of, reports, model, ahead), unit=of.unit)


def band(
    of: Trajectory,
    reports: Sequence[Report],
    days: Sequence[date],
    level: float = LEVEL,
    lowest: float | None = None,
    highest: float | None = None,
) -> list[Outlook] | Unknown:
    """The forecast for several later days, for the band of a chart."""
    model = _model(of, reports)
    if isinstance(model, Unknown):
        return model
    return [at_day(of, reports, model, on, level, lowest, highest) for on in days]


def met_on(of: Trajectory, reports: Sequence[Report]) -> Explained[date] | Unknown:
    """The day on which the target would be met by the trend, or was first met by a report and stayed so."""
    target = TARGET.of(of.target, of.unit)
    if of.direction == "hold":
        return _KEPT.lacks(target)
    if reports and met(of, reports[-1].value):
        at = len(reports)
        while at and met(of, reports[at - 1].value):
            at -= 1
        return _MET.gives(reports[at].on, target)
    model = _model(of, reports)
    if isinstance(model, Unknown):
        return model
    parts = (target, _METHOD.of(model.method), _PACE.of(model.pace * _MONTH, difference_unit(of)))
    days = _days_until(of, model, reports[-1].on.toordinal())
    if days is None:
        return _NEVER.lacks(*parts)
    return _MET_ON.gives(date.fromordinal(days), *parts)


def forecast_attainment(of: Trajectory, ahead: Explained[Outlook] | Unknown) -> Explained[float] | Unknown:
    """The share of the way that the forecast makes by the deadline."""
    if isinstance(ahead, Unknown):
        return ahead
    share = attainment(of, ahead.value.value, of.deadline)
    if isinstance(share, Unknown):
        return share
    return _ATTAINMENT.gives(share.value, ahead.part("figure"), *share.parts, _FORECAST.of(ahead), unit=RATIO)


def at_day(
    of: Trajectory,
    reports: Sequence[Report],
    model: Model,
    on: date,
    level: float,
    lowest: float | None,
    highest: float | None,
) -> Outlook:
    """The model's figure for a day with its interval, kept within what the figure can be."""
    day = on.toordinal()
    reach = two_sided(level, model.freedom) * model.spread(day)
    if of.kind == "cumulative" and of.direction == "up":
        lowest = max(reports[-1].value, reports[-1].value if lowest is None else lowest)

    def within(value: float) -> float:
        value = value if lowest is None else max(value, lowest)
        return value if highest is None else min(value, highest)

    mean = model.mean(day)
    return Outlook(on, within(mean), within(mean - reach), within(mean + reach), level)


def _model(of: Trajectory, reports: Sequence[Report]) -> Model | Unknown:
    if len(reports) < SMALLEST:
        return _TOO_FEW.lacks(_COUNT.of(len(reports), "period"), _NEED.of(SMALLEST, "period"))
    return choose(of, _series(reports))


def _series(reports: Sequence[Report]) -> Series:
    days = tuple(report.on.toordinal() for report in reports)
    if any(a >= b for a, b in pairwise(days)):
        raise ValueError("reports stand in order of time, one for each day")
    evenly = all(step(a.key) == b.key for a, b in pairwise(reports))
    return Series(days, tuple(report.value for report in reports), evenly)


def _days_until(of: Trajectory, model: Model, last: int) -> int | None:
    """First day number after `last` at which the trend is at the target; None within `FURTHEST_DAYS`."""
    sign = way_sign(of) or (1 if of.target > model.mean(last) else -1)
    goal = of.upper if sign < 0 and of.upper is not None and of.direction == "reach" else of.target
    slack = 1e-9 * max(1.0, abs(goal))
    days = range(last + 1, last + 1 + FURTHEST_DAYS)
    # A trend rises or falls throughout, so the days on which it is there are the last ones.
    at = bisect_left(days, True, key=lambda day: sign * (model.mean(day) - goal) >= -slack)
    return days[at] if at < len(days) else None


def _reasons(of: Trajectory, reports: Sequence[Report], model: Model, ahead: Outlook) -> list[Part]:
    return [
        _METHOD.of(model.method),
        _COUNT.of(len(reports), "period"),
        _FIRST.of(reports[0].key),
        _LAST.of(reports[-1].key),
        DEADLINE.of(of.deadline),
        _FIGURE.of(ahead.value, of.unit),
        _LEVEL.of(ahead.level, RATIO),
        _LOW.of(ahead.low, of.unit),
        _HIGH.of(ahead.high, of.unit),
        _PACE.of(model.pace * _MONTH, difference_unit(of)),
        _SPREAD.of(model.spread(of.deadline.toordinal()), difference_unit(of)),
        _FREEDOM.of(model.freedom),
    ]
