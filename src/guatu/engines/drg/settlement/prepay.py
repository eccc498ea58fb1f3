"""Monthly prepayment and the monthly point value, which is an estimate. Reference, items 11 and 12."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.core.kernel.explained import Explained, Label, Rule
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters.sources import S3
from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.settlement.partial import MONTHS
from guatu.engines.drg.weights.model import SCALE, to_places

PREPAID = Rule("drg.prepaid", "各月基金申报额 × 预付比例 {prepay_share}，合计 {value}",
               "claims of each month x {prepay_share}, in all {value}", S3)  # fmt: skip
PREPAID_GIVEN = Rule("drg.prepaid-given", "已预付 {value}（按实际拨付记录）", "{value} was prepaid (as recorded)")
_MONTH_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
"November",
             "December")  # fmt: skip
LABELS = tuple(Label(f"month_{n + 1}", f"{n + 1}月预付", f"prepaid for {_MONTH_EN[n]}") for n in range(MONTHS))


def prepayment(claims: Money, terms: Terms, hospital: str = "", level: str = "") -> Money:
    """Item 11: the share of a month's fund claims that is paid at once."""
    return claims.at_rate(terms.prepaid_share(hospital, level))


def prepaid_of_year(claims: Sequence[int], months: Sequence[Terms], hospital: str, level: str) -> "Explained[Money]":
    """The prepayments of twelve months, each by the share of its own day; `claims` in fen."""
    paid = [prepayment(Money(fen), terms, hospital, level) for fen, terms in zip(claims, months, strict=True)]
    parts = [label.of(month.yuan, "yuan") for label, month in zip(LABELS, paid, strict=True) if month]
    shares = {terms.prepaid_share(hospital, level): terms for terms in months}
    shown = [terms.part("prepay_share", share) for share, terms in list(shares.items())[:1]]
    if len(shares) > 1:
        shown = [months[-1].part("prepay_share", " → ".join(str(share) for share in shares))]
    return PREPAID.gives(total(paid), *shown, *parts)


def monthly_values(budgets: Sequence[Money], units: Sequence[int]) -> list[Decimal | None]:
    """Yuan of a point in each month by its budget; none in a month without points. Estimates only."""
    return [
        to_places(Fraction(budget.fen * SCALE, month * 100), 6) if month else None
        for budget, month in zip(budgets, units, strict=True)
    ]
