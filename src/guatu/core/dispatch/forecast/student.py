"""Quantiles of Student's t, for intervals from few reports.

The distribution function is the regularised incomplete beta function, computed by its continued fraction (W. H. Press
et al., Numerical Recipes, 3rd ed. 2007, section 6.4); the quantile is found by halving.
"""

from functools import lru_cache
from math import exp, lgamma, log

_TINY = 1e-300
_STEPS = 500


@lru_cache(maxsize=256)
def two_sided(level: float, freedom: int) -> float:
    """The t with P(|T| <= t) = level for `freedom` degrees of freedom. Raises ValueError outside (0, 1) or below 1."""
    if not 0 < level < 1 or freedom < 1:
        raise ValueError(f"no quantile for level {level} with {freedom} degrees of freedom")
    low, high = 0.0, 1.0
    while _inside(high, freedom) < level:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, freedom) < level else (low, middle)
    return (low + high) / 2


def _inside(t: float, freedom: int) -> float:
    """P(|T| <= t)."""
    if t == 0:
        return 0.0
    return 1 - _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) if 0 < x < 1 else 0.0
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away(1 + step * d)
            c = _away(1 + step / c)
            value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def _away(x: float) -> float:
    return x if abs(x) > _TINY else _TINY
