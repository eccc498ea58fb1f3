"""Counts that would give confidential cases away: a count that holds one to four of them is not shown.

Sums over the keys are not shown either where any confidential case was counted, so that none follows by subtraction.
"""

from collections.abc import Mapping

LEAST = 5


def reveals(secret: int, least: int = LEAST) -> bool:
    """Whether a count with so many confidential cases in it is kept back."""
    return 0 < secret < least


def rate_reveals(numerator: int, denominator: int, least: int = LEAST) -> bool:
    """The same of a rate, by the confidential cases in its parts and in what remains between them."""
    return any(reveals(count, least) for count in (numerator, denominator, abs(denominator - numerator)))


def sum_reveals(by_key: Mapping[str, int]) -> bool:
    """Whether the sum over keys is kept back, by the confidential cases of each."""
    return any(by_key.values())
