"""Holt's trend, damped, for a state with a long even series that bends: a trend is followed, but not for ever.

Sources: E. S. Gardner and E. McKenzie, Forecasting trends in time series, Management Science 31 (1985); R. J. Hyndman,
A. B. Koehler, J. K. Ord and R. D. Snyder, Forecasting with Exponential Smoothing, 2008, table 6.1 (variance of
ETS(A,Ad,N): s^2 (1 + sum of c_j^2), c_j = alpha + beta (phi + ... + phi^j)). Parameters are those of a fixed grid with
the least sum of squared errors; for each the first level and trend are found by least squares, in which the errors are
linear.
"""

from itertools import product
from math import ceil, floor, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from guatu.core.dispatch.forecast.model import Model, Series
from guatu.core.kernel.explained import Word

SMALLEST = 6
_PARAMETERS = 5

Floats = NDArray[np.float64]

_ALPHAS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)
_SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
_PHIS = (0.8, 0.85, 0.9, 0.95, 0.98)
# Columns alpha, beta (= alpha times its share), phi.
_GRID: Floats = np.array([(a, a * b, phi) for a, b, phi in product(_ALPHAS, _SHARES, _PHIS)])


class Fit(NamedTuple):
    """The best point of the grid, the state after the last figure, and the sum of squared errors."""

    alpha: float
    beta: float
    phi: float
    level: float
    trend: float
    squares: float


def fit(series: Series) -> Model:
    """Fits at least 6 figures of periods one after the other."""
    values = np.asarray(series.values, dtype=np.float64)
    alpha, beta, phi, level, trend, squares = _best(values)
    freedom = len(values) - _PARAMETERS
    deviation = sqrt(squares / freedom)
    period = (series.days[-1] - series.days[0]) / (len(values) - 1)

    def damped(steps: float) -> float:
        """phi + ... + phi^steps, on the line between whole numbers of steps."""
        low, high = floor(steps), ceil(steps)
        at_low, at_high = (phi * (1 - phi**n) / (1 - phi) for n in (low, high))
        return float(at_low + (at_high - at_low) * (steps - low))

    def ahead(day: float) -> float:
        return max((day - series.days[-1]) / period, 0.0)

    def spread(day: float) -> float:
        steps = ceil(ahead(day))
        return deviation * sqrt(1 + sum((alpha + beta * damped(j)) ** 2 for j in range(1, steps)))

    return Model(
        Word("阻尼 Holt 指数平滑", "damped Holt smoothing"),
        "Gardner and McKenzie, Management Science 31 (1985); Hyndman et al., Forecasting with Exponential "
        "Smoothing, 2008",
        lambda day: level + trend * damped(ahead(day)),
        spread,
        freedom,
        trend * phi / period,
    )


def _best(values: Floats) -> Fit:
    nothing = np.zeros(len(_GRID))
    one = np.ones(len(_GRID))
    # Errors and last states are linear in (figures, first level, first trend): run the filter once for each.
    runs = [
        _filtered(values, nothing, nothing),
        _filtered(values * 0, one, nothing),
        _filtered(values * 0, nothing, one),
    ]
    errors, by_level, by_trend = (run[0] for run in runs)
    first_level, first_trend = _least_squares(errors, by_level, by_trend)
    squares = ((errors + first_level * by_level + first_trend * by_trend) ** 2).sum(axis=0)
    at = int(squares.argmin())
    weights = (1.0, first_level[at], first_trend[at])
    level, trend = (sum(w * float(run[n][at]) for w, run in zip(weights, runs, strict=True)) for n in (1, 2))
    alpha, beta, phi = (float(x) for x in _GRID[at])
    return Fit(alpha, beta, phi, level, trend, float(squares[at]))


def _filtered(values: Floats, level: Floats, trend: Floats) -> tuple[Floats, Floats, Floats]:
    """One-step errors (figures x grid) and the last level and trend (grid), from given first ones."""
    alpha, beta, phi = _GRID.T
    errors = np.empty((len(values), len(_GRID)))
    for at, value in enumerate(values):
        slope = phi * trend
        errors[at] = value - level - slope
        level, trend = level + slope + alpha * errors[at], slope + beta * errors[at]
    return errors, level, trend


def _least_squares(errors: Floats, by_level: Floats, by_trend: Floats) -> tuple[Floats, Floats]:
    """First level and trend that make errors + level * by_level + trend * by_trend smallest, for each grid point."""
    a, b, c = (by_level**2).sum(axis=0), (by_level * by_trend).sum(axis=0), (by_trend**2).sum(axis=0)
    p, q = -(by_level * errors).sum(axis=0), -(by_trend * errors).sum(axis=0)
    determinant = a * c - b * b
    return (c * p - b * q) / determinant, (a * q - b * p) / determinant
