"""Surplus kept and overspend shared, by bands of claims / entitlement. Reference, item 15.

The share of a band is taken of the part of the difference that lies in it: below 1 it goes back to the fund, above 1
the fund bears it. Payment so follows the claims without a jump. What is borne comes from the pool; where that is not
enough, all are cut alike.
"""

from collections.abc import Sequence
from fractions import Fraction

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.core.kernel.money import Money, total
from guatu.engines.drg.parameters.sources import S5
from guatu.engines.drg.parameters.terms import Terms

RATIO = Label("ratio", "申报与应得之比", "claims / entitlement")
CLAIMS = Label("claims", "基金申报额", "fund claims")
ENTITLEMENT = Label("entitlement", "应得额", "entitlement")
WANTED = Label("wanted", "按分担比例应补", "to be borne by the bands")

SURPLUS = Rule("drg.sharing-surplus", "申报 {claims} 为应得 {entitlement} 的 {ratio}，结余部分调整 {value}",
               "claims {claims} are {ratio} of the entitlement {entitlement}: surplus adjusted by {value}",
               S5)  # fmt: skip
OVERSPEND = Rule("drg.sharing-overspend", "申报 {claims} 为应得 {entitlement} 的 {ratio}，合理超支分担 {value}",
                 "claims {claims} are {ratio} of the entitlement {entitlement}: {value} of the overspend is borne",
                 S5)  # fmt: skip
NO_ENTITLEMENT = Rule("drg.sharing-none", "应得额 {entitlement} 不大于 0，无法计算结余或超支",
                      "the entitlement {entitlement} is not above 0: no surplus or overspend can be"
                      " computed")  # fmt: skip


def adjustment(entitlement: Money, claims: Money, terms: Terms) -> Money:
    """What the bands change of an entitlement above 0, before the pool's limit; rounded once."""
    ratio = Fraction(claims.fen, entitlement.fen)
    low, high = min(ratio, Fraction(1)), max(ratio, Fraction(1))
    change = Fraction(0)
    for band in terms.claim_bands:
        end = high if band.end is None else min(Fraction(band.end), high)
        length = end - max(Fraction(band.start), low)
        if length > 0:
            change += Fraction(band.share) * length
    return entitlement.at_rate(change if ratio > 1 else -change)


def shared(
    entitlements: Sequence[Money], claims: Sequence[Money], pool: Money, terms: Terms
) -> list["Explained[Money] | Unknown"]:
    """The adjustment of each hospital. `pool` is what there is besides the surplus that comes back."""
    changes = [adjustment(e, c, terms) if e.fen > 0 else None for e, c in zip(entitlements, claims, strict=True)]
    known = [change for change in changes if change is not None]
    room = pool - total([change for change in known if change.fen < 0])
    wanted = [max(change.fen, 0) if change is not None else 0 for change in changes]
    most = Money(min(sum(wanted), max(room.fen, 0)))
    borne = most.split(wanted) if sum(wanted) else [Money(0)] * len(wanted)
    found: list[Explained[Money] | Unknown] = []
    for entitlement, claim, change, part in zip(entitlements, claims, changes, borne, strict=True):
        if change is None:
            found.append(NO_ENTITLEMENT.lacks(ENTITLEMENT.of(entitlement.yuan, "yuan")))
            continue
        ratio = RATIO.of(float(Fraction(claim.fen, entitlement.fen)), "1")
        parts = (CLAIMS.of(claim.yuan, "yuan"), ENTITLEMENT.of(entitlement.yuan, "yuan"), ratio)
        marks = [terms.part("claim_bands")]
        if change.fen > 0:
            found.append(OVERSPEND.gives(part, *parts, WANTED.of(change.yuan, "yuan"), *marks))
        else:
            found.append(SURPLUS.gives(change, *parts, *marks))
    return found
