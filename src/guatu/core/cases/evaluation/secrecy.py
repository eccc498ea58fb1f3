"""Counts that would give confidential cases away: a count that holds one to four of them is not shown.

Whoever shows them keeps back the sums over all keys too where any confidential case was counted, so that none follows
by subtraction.
"""

LEAST = 5


def reveals(secret: int, least: int = LEAST) -> bool:
    """Whether a count with so many confidential cases in it is kept back."""
    return 0 < secret < least


def rate_reveals(numerator: int, denominator: int, least: int = LEAST) -> bool:
    """The same of a rate, by the confidential cases in its parts and in what remains between them."""
    return any(reveals(count, least) for count in (numerator, denominator, abs(denominator - numerator)))
