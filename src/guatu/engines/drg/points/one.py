"""Points of one stay, with everything that went in. Reference, items 3 to 9.

The readable form: fractions throughout, rounded once at the end. `many.points_of_many` gives the same digits.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from guatu.core.kernel.explained import Explained, Label, Part, Rule, Unknown, Word
from guatu.engines.drg.parameters.sources import S1, S2, S3, S4, S7, S8
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.points.model import RULE_NAMES, Case, Review, state_of
from guatu.engines.drg.points.review import review_units
from guatu.engines.drg.stays.columns import UNGROUPED
from guatu.engines.drg.weights.model import BASE, SCALE, GroupWeight, Weights, to_places

POINTS = "drg-point"
_PLACES, _SHOWN = 4, 10

BASE_POINTS = Label("base", "基准点数", "base points")
MEAN = Label("mean", "病组均费", "mean cost of the group")
REGION = Label("region", "地区均费", "mean cost of the region")
COST = Label("cost", "总费用", "cost")
K = Label("k", "系数", "coefficient")
RATIO = Label("x", "费用倍率", "cost / mean")
THRESHOLD = Label("t", "高倍率界限", "threshold of a high outlier")
DAYS = Label("days", "住院天数", "days")
GROUP = Label("group", "病组", "group")
STATE = Label("state", "病组状态", "state of the group")

NORMAL = Rule("drg.points-normal", "基准点数 {base} × 系数 {k} = {value}", "base points {base} x coefficient {k} = {value}",
              f"{S1}; {S2}; {S3}")  # fmt: skip
# The ratio of cost and mean has no end in most stays: the sentences name both, so that a reader comes to the points.
LOW_COST = Rule(
    "drg.points-low",
    "低倍率：基准点数 {base} × 总费用 {cost} ÷ 病组均费 {mean}，不超过基准点数 = {value}",
    "low stay: base points {base} x cost {cost} / mean of the group {mean}, not above the base points = {value}",
    S2,
)
LOW_K = Rule(
    "drg.points-low-coefficient",
    "低倍率：基准点数 {base} × 系数 {k} × 总费用 {cost} ÷ 病组均费 {mean}，不超过基准点数 = {value}",
    "low stay: base points {base} x coefficient {k} x cost {cost} / mean of the group {mean}, not above the base points"
    " = {value}",
    S3,
)
HIGH_TRIMMED = Rule(
    "drg.points-high",
    "高倍率：基准点数 {base} × (系数 {k} + 总费用 {cost} ÷ 病组均费 {mean} − 界限 {t}) = {value}",
    "high outlier: base points {base} x (coefficient {k} + cost {cost} / mean of the group {mean} - threshold {t})"
    " = {value}",
)
HIGH_LESS_ONE = Rule(
    "drg.points-high-less-one",
    "高倍率：基准点数 {base} × (1 + 总费用 {cost} ÷ 病组均费 {mean} − 界限 {t}) = {value}",
    "high outlier: base points {base} x (1 + cost {cost} / mean of the group {mean} - threshold {t}) = {value}",
    S8,
)
AT_RATIO = Rule(
    "drg.points-band",
    "按实际比例：基准点数 {base} × (总费用 {cost} ÷ 病组均费 {mean} + {added}) = {value}",
    "at the actual ratio: base points {base} x (cost {cost} / mean of the group {mean} + {added}) = {value}",
)
ADDED = Label("added", "区间加成", "added in the band")
BED_DAY = Rule("drg.points-bed-day", "床日：每日点数 {base} × {days} = {value}",
               "bed-days: points of a day {base} x {days} = {value}", f"{S2}; {S3}")  # fmt: skip
FROM_COST = Rule("drg.points-cost", "病组无权重（{state}）：总费用 {cost} ÷ 地区均费 {region} × 100 × 折扣 {cost_discount} = {value}",
                 "no weight ({state}): cost {cost} / mean of the region {region} x 100 x discount {cost_discount} "
                 "= {value}",
                 f"{S3}; {S4}")  # fmt: skip
REVIEWED = Rule("drg.points-review", "特病单议：专家认定合理费用后为 {value}", "special review: {value}", f"{S2}; {S3}")
READMITTED = Rule("drg.points-readmission", "{readmission_days}内同病组再入院：{full} × {readmission_share} = {value}",
                  "readmitted to the same group within {readmission_days}: {full} x {readmission_share} = {value}",
                  f"{S2}; {S3}")  # fmt: skip
OUTSIDE = Rule("drg.points-outside", "住院 {days}，不纳入 DRG 付费，没有点数", "a stay of {days} is outside of DRG: no points",
               S7)  # fmt: skip
FULL = Label("full", "应得点数（未取整）", "points before, not rounded")
BEFORE = Label("before", "应得点数", "points before")
UNREASONABLE = Label("unreasonable", "不合理费用", "unreasonable cost")

STATES = {
    "few": Word("病例数不足", "too few stays"),
    "spread": Word("变异系数过大", "costs spread too far"),
    "free": Word("历史费用为 0", "no cost in history"),
    "none": Word("历史中没有", "not in history"),
    UNGROUPED: Word("未入组", "not grouped"),
    "QY": Word("歧义组", "ambiguous"),
}


class _Made(NamedTuple):
    """Points before they are rounded, and what the figure of them says."""

    exact: Fraction
    rule: Rule
    parts: tuple[Part, ...]

    def figure(self) -> "Explained[Decimal]":
        return self.rule.gives(to_places(self.exact, _PLACES), *self.parts, unit=POINTS)


def points_of(
    case: Case, weights: Weights, terms: Terms, *, readmitted: bool = False, review: Review | None = None
) -> "Explained[Decimal] | Unknown":
    """The points of a stay to four decimals, or why it has none. Raises ValueError where a threshold is missing."""
    row = weights.by_group.get(case.group)
    by_day = row is not None and row.state == "bed-day"
    too_long = 0 < terms.outside_from_days <= case.days
    if not by_day and (case.days <= terms.outside_up_to_days or too_long):
        name = "outside_from_days" if too_long else "outside_up_to_days"
        return OUTSIDE.lacks(DAYS.of(case.days, "day"), terms.part(name))
    if review is not None:
        made = _reviewed(case, row, weights, terms, review)
    elif row is not None and by_day:
        parts = (GROUP.of(case.group), BASE_POINTS.of(row.base_points, POINTS), DAYS.of(case.days, "day"))
        made = _Made(Fraction(row.base_points) * case.days, BED_DAY, parts)
    elif row is None or not row.stable:
        made = _from_cost(case, row, weights, terms)
    else:
        made = _weighed(case, row, weights, terms)
    return _halved(made, terms) if readmitted else made.figure()


def _halved(made: _Made, terms: Terms) -> "Explained[Decimal]":
    """Of the points before they were rounded: what is rounded twice is not always the nearest."""
    left = to_places(made.exact * Fraction(terms.readmission_share), _PLACES)
    # With more decimals than count, so that a reader comes to the same points.
    parts = (
        FULL.of(to_places(made.exact, _SHOWN), POINTS),
        BEFORE.of(made.figure()),
        terms.part("readmission_days"),
        terms.part("readmission_share"),
    )
    return READMITTED.gives(left, *parts, unit=POINTS)


def coefficient_of(case: Case, weights: Weights) -> tuple[Decimal, Part]:
    """The coefficient of the stay's hospital or level in its group; 1 where history gives none."""
    of = case.hospital if weights.coefficient_by == "hospital" else case.level
    found = weights.by_coefficient.get((of, case.group))
    value = Decimal(1) if found is None else found.value
    return value, K.of(value)


def _weighed(case: Case, row: GroupWeight, weights: Weights, terms: Terms) -> _Made:
    k, k_part = coefficient_of(case, weights)
    base, x = Fraction(row.base_points), Fraction(case.cost, row.mean)
    high = terms.high_threshold(case.level, row.base_points)
    if high is None:
        raise ValueError(f"high_thresholds has no row for level {case.level!r} and {row.base_points} base points")
    parts = [
        GROUP.of(case.group), BASE_POINTS.of(row.base_points, POINTS), k_part,
        COST.of(_yuan(case.cost), "yuan"), MEAN.of(_yuan(row.mean), "yuan"), RATIO.of(to_places(x, _PLACES)),
    ]  # fmt: skip
    for band in terms.ratio_bands:
        if Fraction(band.start) <= x < Fraction(band.end):
            parts += [ADDED.of(band.add), terms.part("ratio_bands")]
            return _Made(base * (x + Fraction(band.add)), AT_RATIO, tuple(parts))
    if x < Fraction(terms.low_threshold):
        by_cost = terms.low_rule == "cost"
        points = min(base * x * (1 if by_cost else Fraction(k)), base)
        return _Made(points, LOW_COST if by_cost else LOW_K, (*parts, terms.part("low_threshold")))
    if x > Fraction(high):
        trimmed = terms.high_rule == "trimmed"
        points = base * ((Fraction(k) if trimmed else 1) + x - Fraction(high))
        mark = THRESHOLD.of(high, "", terms.unverified.get("high_thresholds", ""))
        return _Made(points, HIGH_TRIMMED if trimmed else HIGH_LESS_ONE, (*parts, mark, terms.part("high_rule")))
    return _Made(base * Fraction(k), NORMAL, tuple(parts))


def _from_cost(case: Case, row: GroupWeight | None, weights: Weights, terms: Terms) -> _Made:
    if not weights.region_mean:
        raise ValueError("the region's mean cost is 0: there is nothing to make points of")
    state = state_of(case.group, row)
    discount = terms.discount(state)
    points = Fraction(case.cost, weights.region_mean) * BASE * Fraction(discount)
    parts = (
        GROUP.of(case.group), STATE.of(STATES[state]), COST.of(_yuan(case.cost), "yuan"),
        REGION.of(_yuan(weights.region_mean), "yuan"), terms.part("cost_discount", discount),
    )  # fmt: skip
    return _Made(points, FROM_COST, parts)


def _reviewed(case: Case, row: GroupWeight | None, weights: Weights, terms: Terms, review: Review) -> _Made:
    if row is not None and row.stable:
        k, k_part = coefficient_of(case, weights)
        units = review_units(review, case.cost, int(row.base_points * SCALE), row.mean, int(k * SCALE))
        parts = [k_part, BASE_POINTS.of(row.base_points, POINTS), MEAN.of(_yuan(row.mean), "yuan")]
    else:
        units = review_units(review, case.cost, BASE * SCALE, weights.region_mean, 0)
        parts = [REGION.of(_yuan(weights.region_mean), "yuan")]
    costs = (COST.of(_yuan(case.cost), "yuan"), UNREASONABLE.of(_yuan(review.unreasonable), "yuan"))
    return _Made(units / SCALE, REVIEWED, (GROUP.of(case.group), *costs, *parts, terms.part("review_cap")))


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def rule_name(rule: str) -> Word:
    return Word(*RULE_NAMES[rule])
