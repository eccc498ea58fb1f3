"""Areas, units, posts and collectors by their rates, their average time, and a sheet where there is one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from guatu.core.cases.evaluation.counts import Tally
from guatu.core.cases.evaluation.rates import RATES, Denominator, check_rates, fraction, rate
from guatu.core.cases.evaluation.scoring import Fact, Scored, score
from guatu.core.cases.evaluation.sheet import Sheet
from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.core.kernel.row_finding import RowFinding

Evaluated = Literal["area", "unit", "post", "collector"]

# Which rates say something about whom, after published implementations; a county may hand in its own list.
MEASURES: dict[Evaluated, tuple[str, ...]] = {
    "area": (
        "handling", "handling-in-time", "closing", "closing-in-time", "closing-late", "not-closed", "overdue",
        "public-report", "satisfaction",
    ),
    "unit": (
        "handling", "handling-in-time", "handling-late", "overdue", "extension", "closing", "closing-in-time", "return",
        "rework", "check-passed", "appeal-upheld",
    ),
    "post": (
        "accepting-in-time", "accepting-right", "filing-in-time", "filing-right", "assigning-in-time",
        "assigning-right",
        "error",
    ),
    "collector": ("valid-report", "verifying-in-time", "checking-in-time"),
}  # fmt: skip

_MINUTES = Label("minutes", "处理用时合计", "handling time in all")
_HANDLED = Label("handled", "处置数", "cases handled")

MEAN_TIME = Rule(
    "evaluation.mean-time",
    "平均处理用时 = {minutes} ÷ {handled} 件 = {value}",
    "mean handling time = {minutes} ÷ {handled} cases = {value}",
)
NO_TIME = Rule(
    "evaluation.no-mean-time",
    "没有已处置的案件,平均处理用时无法计算",
    "no case was handled, so there is no mean handling time",
)


class Evaluation(msgspec.Struct, frozen=True):
    """One area, unit, post or collector: its rates by their codes, its mean time in minutes, its score."""

    key: str
    rates: dict[str, Explained[float] | Unknown]
    mean_time: Explained[float] | Unknown
    scored: Scored | None = None


def evaluate(
    kind: Evaluated,
    tally: Tally,
    on: date,
    settings: Sequence[Denominator] = (),
    sheet: Sheet | None = None,
    facts: Mapping[str, Mapping[str, Fact]] | None = None,
    measures: Sequence[str] | None = None,
) -> tuple[list[Evaluation], list[RowFinding]]:
    """All of a kind in order of their keys, and rates that cannot be right.

    A sheet may name rates by their codes, counts by their names, and `facts` of each key (area, people, complaints).
    Raises KeyError for a measure that is no rate.
    """
    codes = MEASURES[kind] if measures is None else tuple(measures)
    found, findings = [], []
    for key in sorted(tally):
        counts = tally[key]
        rates = {code: rate(RATES[code], counts, on, settings) for code in codes}
        findings += check_rates(key, [RATES[code] for code in codes], counts, on, settings)
        scored = None if sheet is None else _score(sheet, counts, on, settings, (facts or {}).get(key, {}))
        found.append(Evaluation(key, rates, mean_time(counts), scored))
    return found, findings


def mean_time(counts: Mapping[str, int]) -> Explained[float] | Unknown:
    """Minutes on the clock for each case handled."""
    handled = counts.get("handled", 0)
    if not handled or "handling_minutes" not in counts:
        return NO_TIME.lacks(_HANDLED.of(handled))
    minutes = counts["handling_minutes"]
    return MEAN_TIME.gives(minutes / handled, _MINUTES.of(minutes, "minute"), _HANDLED.of(handled), unit="minute")


def _score(
    sheet: Sheet, counts: Mapping[str, int], on: date, settings: Sequence[Denominator], facts: Mapping[str, Fact]
) -> Scored:
    named = [name for line in sheet.lines for name in line.facts if name in RATES]
    rates: dict[str, Fact] = {name: rate(RATES[name], counts, on, settings) for name in named}
    exactly = {name: value for name in named if (value := fraction(RATES[name], counts, on, settings)) is not None}
    return score(sheet, {**counts, **rates, **facts}, {n: v for n, v in exactly.items() if n not in facts})
