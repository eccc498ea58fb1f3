"""Special review: experts set the points of stays that no rule fits. Reference, item 8.

extra = (C - unreasonable) / Cg x BP - BP x k; the stay has BP x k and the extra, and never less than BP x k. For a stay
of an unstable group Cg is the region's mean and BP is 100. Applications are capped as a share of a hospital's
discharges.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.points.model import Review
from guatu.engines.drg.weights.model import SCALE

OVER_CAP = Kind(
    "drg.review-over-cap",
    "error",
    "医院 {hospital} 的特病单议申请已达上限 {most} 例（出院 {discharges} 例），此例按一般规则计点",
    "hospital {hospital} may apply for {most} reviews ({discharges} discharges): this stay is paid by the "
    "ordinary rules",
)
NO_STAY = Kind(
    "drg.review-without-stay",
    "error",
    "特病单议的病例 {id} 不在本表的有效病例中；请核对病例号",
    "review of {id}: no valid stay of the table has this id; check it",
)


def review_units(review: Review, cost: int, base: int, mean: int, k: int) -> Fraction:
    """Points in ten-thousandths, not rounded; `base` and `k` likewise, costs in fen."""
    if review.points is not None:
        return Fraction(review.points) * SCALE
    reasonable = max(cost - review.unreasonable, 0)
    return max(Fraction(reasonable * base, mean), Fraction(base * k, SCALE))


def accepted(
    reviews: Sequence[Review], hospital_of: Mapping[str, str], discharges: Mapping[str, int], cap: Decimal
) -> tuple[dict[str, Review], list[RowFinding]]:
    """The reviews within each hospital's cap, in the order of application, and a finding for each other."""
    taken: dict[str, Review] = {}
    used: dict[str, int] = {}
    found = []
    for number, review in enumerate(reviews, 1):
        hospital = hospital_of.get(review.id)
        if hospital is None:
            found.append(row_finding(NO_STAY, str(number), "id", id=review.id))
            continue
        most = int(discharges[hospital] * cap)
        if used.get(hospital, 0) >= most:
            all_of = discharges[hospital]
            found.append(row_finding(OVER_CAP, str(number), "id", hospital=hospital, most=most, discharges=all_of))
            continue
        used[hospital] = used.get(hospital, 0) + 1
        taken[review.id] = review
    return taken, found
