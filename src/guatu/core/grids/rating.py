"""A grid's light each month, red, yellow or green, and the pay of its people in three tiers, both by declared rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from guatu.core.grids.figures import FIGURES
from guatu.core.kernel.explained import Explained, Label, Rule, Unknown, Word
from guatu.core.kernel.money import Money
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.rules import Expression, check_text, judge, parse

Colour = Literal["red", "yellow", "green"]
Figure = Explained[float] | Unknown | int | float

COLOURS: dict[Colour, Word] = {
    "red": Word("红牌", "red"), "yellow": Word("黄牌", "yellow"), "green": Word("绿牌", "green")
}  # fmt: skip

_GRID = Label("grid", "网格", "grid")
_MONTH = Label("month", "月份", "month")
_COLOUR = Label("colour", "评级", "rating")
_WHY = Label("why", "理由", "reason")
_LACKING = Label("lacking", "缺少的数据", "figure that is missing")
_TIER = Label("tier", "档次", "tier")
_AMOUNT = Label("amount", "该档月标准(分)", "amount of the tier for a month in fen")
_DAYS = Label("days", "在岗天数", "days served")
_OF_DAYS = Label("of_days", "当月天数", "days of the month")

RATED = Rule("grid.rated", "网格“{grid}”{month} 评为{colour}: {why}", "grid “{grid}” is {colour} for {month}: {why}")
NO_FIGURE = Rule(
    "grid.rating-unknown",
    "网格“{grid}”{month} 无法评级,缺少“{lacking}”;请补齐数据",
    "grid “{grid}” cannot be rated for {month} without “{lacking}”; supply the figure",
)
NO_RULE = Rule(
    "grid.rating-no-rule",
    "没有规则适用于网格“{grid}”{month};请在评级规则末尾加一条无条件的规则",
    "no rule applies to grid “{grid}” for {month}; end the rules with one that has no condition",
)
PAID = Rule(
    "grid.paid",
    "{tier}月标准 {amount} 分 × 在岗 {days} 天 ÷ 当月 {of_days} 天 = {value} 分(四舍五入)",
    "{tier}: {amount} fen a month × {days} days served ÷ {of_days} days = {value} fen, rounded to the nearest",
)
NOT_PAID = Rule(
    "grid.pay-unknown", "没有评级,补助暂不计算", "there is no rating, so no pay is computed yet"
)  # fmt: skip
NO_TIER = Rule(
    "grid.pay-no-tier",
    "补助标准在 {month} 没有“{colour}”的档次;请补充标准",
    "the table of pay has no tier for “{colour}” in {month}; add it",
)


class RatingRule(msgspec.Struct, frozen=True):
    """A colour where the condition holds; a rule without one always holds. Valid on the days [valid_from, valid_to]."""

    colour: Colour
    zh: str
    en: str
    when: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""


class PayTier(msgspec.Struct, frozen=True):
    """What one person gets for a whole month under that colour, on the days [valid_from, valid_to]."""

    colour: Colour
    zh: str
    en: str
    fen: int
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""


def rate_grid(
    grid: str, month: date, figures: Mapping[str, Figure], rules: Sequence[RatingRule]
) -> Explained[str] | Unknown:
    """The colour of the first rule that holds on the first day of the month, which `month` is.

    A rule whose figure is missing or unknown stops there: a later and kinder rule may not take its place.
    """
    where = (_GRID.of(grid), _MONTH.of(month.isoformat()[:7]))
    for rule in rules:
        if not rule.valid_from <= month <= rule.valid_to:
            continue
        found = judge(condition(rule.when), figures, FIGURES)
        if found.verdict == "unknown":
            return NO_FIGURE.lacks(*where, _LACKING.of(found.open_words), *found.parts())
        if found.verdict == "yes":
            words = (_COLOUR.of(COLOURS[rule.colour]), _WHY.of(Word(rule.zh, rule.en)))
            return RATED.gives(rule.colour, *where, *words, *found.parts())
    return NO_RULE.lacks(*where)


def pay(
    rating: Explained[str] | Unknown, month: date, days: int, of_days: int, tiers: Sequence[PayTier]
) -> Explained[int] | Unknown:
    """Fen for one person who served `days` of the month's `of_days` under the rating. Raises ValueError for
    other days."""
    if not 0 <= days <= of_days or of_days < 1:
        raise ValueError(f"{days} days served of {of_days} are no month")
    if isinstance(rating, Unknown):
        return NOT_PAID.lacks(_COLOUR.of(rating))
    tier = next((t for t in tiers if t.colour == rating.value and t.valid_from <= month <= t.valid_to), None)
    if tier is None:
        return NO_TIER.lacks(_MONTH.of(month.isoformat()[:7]), _COLOUR.of(rating))
    fen = Money(tier.fen).at_rate(Fraction(days, of_days)).fen
    parts = (_TIER.of(Word(tier.zh, tier.en)), _AMOUNT.of(tier.fen), _DAYS.of(days), _OF_DAYS.of(of_days))
    return PAID.gives(fen, *parts, _COLOUR.of(rating), unit="")


def condition(text: str) -> Expression:
    """The condition of a rule; without a text it always holds. Raises RuleError."""
    return parse(text.strip() or "true", FIGURES)


def check_rules(rules: Sequence[RatingRule]) -> list[RowFinding]:
    """What is wrong with the conditions; a rule's row is its number, from 1."""
    return [
        found
        for at, rule in enumerate(rules, 1)
        for found in check_text(rule.when.strip() or "true", FIGURES, str(at), "when")
    ]
