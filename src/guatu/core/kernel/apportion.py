"""A whole split by weights so that the parts add up again: the largest remainder method.

Source: Hamilton's method, M. L. Balinski and H. P. Young, Fair Representation, 2nd ed. 2001, ch. 3. Each part is its
exact quota rounded down; the units left over go to the largest remainders. Equal remainders are served in the order in
which the parts stand, so that the same rows always give the same split.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Weight = int | float | Decimal | Fraction


def exact(number: Weight) -> Fraction:
    """The number as it is written: 0.1 is one tenth and not the nearest binary fraction."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def apportion(total: int, weights: Sequence[Weight]) -> list[int]:
    """`total` units in parts proportional to `weights`; the parts sum to `total` and each is within one of its quota.

    A negative total (a refund) is split like the positive one. Raises ValueError for no weights, a negative weight, or
    weights that are all 0.
    """
    shares = [exact(weight) for weight in weights]
    whole = sum(shares, Fraction(0))
    if not shares or min(shares) < 0 or whole == 0:
        raise ValueError(f"weights {list(weights)} divide nothing: give at least one above 0 and none below")
    if total < 0:
        return [-part for part in apportion(-total, weights)]
    quotas = [total * share / whole for share in shares]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - quotas[at], at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts
