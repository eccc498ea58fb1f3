"""The point value, and the budget spread by it. Reference, items 10 and 12.

The value is a fraction and is never rounded before it is multiplied: the whole is split by points with the largest
remainder, so the parts sum to it to the fen. The rounded value is shown, nothing is computed with it.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters.sources import S4, S6
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.parameters.values import MONTHS
from guatu.engines.drg.weights.model import SCALE, to_places

SHOWN_PLACES = 6

BUDGET = Label("budget", "年度预算", "budget of the year")
RESERVE = Label("reserve", "调剂金", "reserve")
POINTS = Label("points", "总点数", "points")
PATIENT = Label("patient", "个人及其他支付", "payments of patients and others")
THROUGH = Label("through", "月份", "month")
PART = Label("part", "这几个月的预算", "budget of these months")
DISTRIBUTABLE = Label("distributable", "可分配预算", "distributable budget")

SPREADABLE = Rule("drg.distributable", "预算 {budget} − 调剂金 {reserve} = {value}", "budget {budget} - reserve "
    "{reserve} = {value}",
                  S4)  # fmt: skip
RUNNING = Rule("drg.distributable-running",
               "预算 {budget} 中 1 至 {through} 月的部分 {part} − 调剂金 {reserve} = {value}"
               "（月度测算，不是年度清算）",
               "of the budget {budget} the part {part} of months 1 to {through} - reserve {reserve} = {value} "
               "(running, no settlement of the year)")  # fmt: skip
CAPPED = Rule("drg.distributable-capped", "点值不超过 {value_cap}：点数 {points} 的可分配额为 {value}，其余留在调剂金",
              "a point is worth {value_cap} at most: {value} is spread by points {points}, the rest stays in the "
              "reserve")  # fmt: skip
FUND_VALUE = Rule("drg.point-value-fund", "可分配预算 {distributable} ÷ 总点数 {points} = {value}（仅示六位小数，计算用分数）",
                  "distributable budget {distributable} / points {points} = {value} (six decimals are shown, the "
                  "fraction is used)",
                  S6)  # fmt: skip
GROSS_VALUE = Rule("drg.point-value-gross", "(可分配预算 {distributable} + 个人及其他支付 {patient}) ÷ 总点数 {points} = "
    "{value}（仅示六位小数，计算用分数）",
                   "(distributable budget {distributable} + payments of patients and others {patient}) / points "
                   "{points} = {value}"
                   " (six decimals are shown, the fraction is used)")  # fmt: skip
NO_POINTS = Rule("drg.point-value-none", "总点数为 0，没有点值", "there are no points, and so no value of one")


def month_budgets(whole: Money, terms: Terms) -> list[Money]:
    """The budget of each month of the year, as it was declared; they sum to `whole`."""
    return whole.split(list(terms.month_weights) or [1] * MONTHS)


def distributable(terms: Terms, through: int = MONTHS) -> "Explained[Money]":
    """Item 10: what is left of the budget when the reserve is kept back; both sum to the budget.

    Of the months up to `through` only: what is paid for the first quarter is not the money of the whole year.
    """
    budget = total(month_budgets(terms.budget, terms)[:through])
    reserve = budget.at_rate(terms.reserve_share)
    marks = (terms.part("reserve_share"), RESERVE.of(reserve.yuan, "yuan"))
    if through == MONTHS:
        return SPREADABLE.gives(budget - reserve, terms.part("budget"), *marks)
    part = PART.of(budget.yuan, "yuan")
    spread_by = terms.part("month_spread" if not terms.month_weights else "month_weights")
    return RUNNING.gives(budget - reserve, terms.part("budget"), THROUGH.of(through), part, spread_by, *marks)


def capped(whole: "Explained[Money]", units: int, patient: Money, terms: Terms) -> "Explained[Money]":
    """What is spread when a point is worth `value_cap` at most; the rest stays in the reserve."""
    most = Money(int(Fraction(terms.value_cap) * units * 100 / SCALE))
    if terms.value_basis == "gross":
        most = Money(max((most - patient).fen, 0))
    if not terms.value_cap or whole.value.fen <= most.fen:
        return whole
    parts = (DISTRIBUTABLE.of(whole), POINTS.of(Decimal(units) / SCALE, "drg-point"), terms.part("value_cap"))
    return CAPPED.gives(most, *parts)


def point_value(whole: "Explained[Money]", units: int, patient: Money, terms: Terms) -> "Explained[Decimal] | Unknown":
    """Yuan of one point, for showing. `units` are ten-thousandths of points."""
    if not units:
        return NO_POINTS.lacks()
    gross = terms.value_basis == "gross"
    amount = whole.value + patient if gross else whole.value
    shown = to_places(Fraction(amount.fen * SCALE, units * 100), SHOWN_PLACES)
    points = POINTS.of(Decimal(units) / SCALE, "drg-point")
    parts = [DISTRIBUTABLE.of(whole), points, terms.part("value_basis")]
    rule = GROSS_VALUE if gross else FUND_VALUE
    return rule.gives(shown, *parts, *([PATIENT.of(patient.yuan, "yuan")] if gross else []), unit="yuan")


def spread(whole: Money, units: Sequence[int], patient: Sequence[Money], basis: str) -> list[Money]:
    """What each hospital is entitled to of the fund; the parts sum to `whole`.

    fund: the whole by points. gross: the whole and all patients' payments by points, less the own patients' payments;
    a part is below 0 where patients paid more than the points are worth. Raises ValueError where there are no points.
    """
    if basis == "fund":
        return whole.split(list(units))
    shares = (whole + total(patient)).split(list(units))
    return [share - own for share, own in zip(shares, patient, strict=True)]
