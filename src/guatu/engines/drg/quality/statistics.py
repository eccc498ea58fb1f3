"""Comparisons of a hospital with the rest of the region."""

from math import sqrt


def z_of_shares(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Standard errors by which the share of a hospital differs from that of all others (pooled, two proportions).

    0 where one side is empty or the shares cannot differ. Source: any text on the test of two proportions.
    """
    if not of or not other_of:
        return 0.0
    pooled = (hits + other_hits) / (of + other_of)
    error = sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
    return (hits / of - other_hits / other_of) / error if error else 0.0


def share(hits: int, of: int) -> float:
    return hits / of if of else 0.0
