"""The deposit that the assessment releases, and the incentive that the pool pays. Reference, item 13."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.core.kernel.money import Money
from guatu.engines.drg.parameters.sources import S11
from guatu.engines.drg.parameters.terms import Terms

FULL_SCORE = 100
ENTITLEMENT = Label("entitlement", "应得额", "entitlement")
SCORE = Label("score", "考核得分", "score")
WITHHELD = Label("withheld", "考核扣减", "withheld")
SHARE = Label("incentive_pool", "激励金总额", "incentive pool")

WITHHOLDING = Rule("drg.withheld", "应得 {entitlement} × 保证金 {deposit_share} × (100 − 得分 {score}) ÷ 100 = {value}",
                   "entitlement {entitlement} x deposit {deposit_share} x (100 - score {score}) / 100 = {value}",
                   S11)  # fmt: skip
NOT_ASSESSED = Rule("drg.not-assessed", "尚无考核得分，保证金未定；请录入得分后重算",
                    "there is no score yet, and the deposit is open; enter the score and run again")  # fmt: skip
RELEASED = Rule("drg.released", "应得 {entitlement} − 考核扣减 {withheld} = {value}",
                "entitlement {entitlement} - withheld {withheld} = {value}")  # fmt: skip
INCENTIVE = Rule("drg.incentive", "激励金总额 {incentive_pool}，按点数分给得分 {incentive_score} 以上的医院：{value}",
                 "incentive pool {incentive_pool}, by points among hospitals that score {incentive_score} and "
                 "more: {value}")  # fmt: skip


def withheld(entitlement: Money, score: Decimal | None, terms: Terms) -> "Explained[Money] | Unknown":
    """What the assessment takes; nothing of an entitlement below 0. The score is 0 to 100."""
    if score is None:
        return NOT_ASSESSED.lacks()
    rate = Fraction(terms.deposit_share) * (FULL_SCORE - Fraction(score)) / FULL_SCORE
    taken = entitlement.at_rate(rate) if entitlement.fen > 0 else Money(0)
    parts = (ENTITLEMENT.of(entitlement.yuan, "yuan"), terms.part("deposit_share"), SCORE.of(score, "score"))
    return WITHHOLDING.gives(taken, *parts)


def released(entitlement: Money, taken: "Explained[Money] | Unknown") -> "Explained[Money] | Unknown":
    """F = E x (1 - d) + E x d x s / 100."""
    if isinstance(taken, Unknown):
        return NOT_ASSESSED.lacks(WITHHELD.of(taken))
    parts = (ENTITLEMENT.of(entitlement.yuan, "yuan"), WITHHELD.of(taken))
    return RELEASED.gives(entitlement - taken.value, *parts)


def incentives(
    pool: Money, units: Sequence[int], scores: Sequence[Decimal | None], terms: Terms
) -> list["Explained[Money] | Unknown"]:
    """The share of what was withheld that goes to hospitals that did well, by points; the parts sum to it or to 0."""
    counted = [
        units if score is not None and score >= terms.incentive_score else 0
        for units, score in zip(units, scores, strict=True)
    ]
    amount = pool.at_rate(terms.incentive_share) if any(counted) else Money(0)
    parts = amount.split(counted) if any(counted) else [Money(0)] * len(counted)
    marks = (SHARE.of(amount.yuan, "yuan"), terms.part("incentive_score"), terms.part("incentive_share"))
    return [
        INCENTIVE.gives(part, *marks) if score is not None else NOT_ASSESSED.lacks()
        for part, score in zip(parts, scores, strict=True)
    ]
