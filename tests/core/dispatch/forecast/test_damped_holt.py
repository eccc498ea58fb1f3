import numpy as np
import pytest

from guatu.core.dispatch.forecast.damped_holt import fit
from guatu.core.dispatch.forecast.model import Series

PHI, ALPHA, BETA = 0.9, 0.5, 0.05


def damped(length: int, noise: float) -> list[float]:
    draws = np.random.default_rng(3)
    level, trend, out = 50.0, 2.0, []
    for _ in range(length):
        error = noise * float(draws.standard_normal())
        out.append(level + PHI * trend + error)
        level, trend = level + PHI * trend + ALPHA * error, PHI * trend + BETA * error
    return out


def series(values: list[float]) -> Series:
    return Series(tuple(range(0, 30 * len(values), 30)), tuple(values), True)


def test_a_damped_trend_without_noise_is_followed_exactly() -> None:
    values = damped(20, 0)
    model = fit(series(values[:12]))
    for at in (12, 15, 19):
        assert model.mean(30 * at) == pytest.approx(values[at], abs=1e-6)
    assert model.spread(30 * 19) == pytest.approx(0, abs=1e-6)


def test_the_pace_to_come_is_that_of_the_next_period() -> None:
    values = damped(13, 0)
    assert fit(series(values[:12])).pace * 30 == pytest.approx(values[12] - values[11], abs=1e-6)


def test_the_spread_is_the_closed_form_of_the_variance() -> None:
    """Hyndman et al. 2008, table 6.1, the other way of writing the sum that the module adds up."""
    from guatu.core.dispatch.forecast import damped_holt

    values = damped(24, 0.4)
    model = fit(series(values))
    best = damped_holt._best(np.asarray(values))
    a, b, p = best.alpha, best.beta, best.phi
    variance = best.squares / (len(values) - 5)
    for h in (1, 2, 5, 9):
        closed = 1 + a * a * (h - 1)
        closed += b * p * h / (1 - p) ** 2 * (2 * a * (1 - p) + b * p)
        closed -= b * p * (1 - p**h) / ((1 - p) ** 2 * (1 - p * p)) * (2 * a * (1 - p * p) + b * p * (1 + 2 * p - p**h))
        assert model.spread(30 * (23 + h)) == pytest.approx((variance * closed) ** 0.5)


def test_between_two_periods_the_mean_is_on_the_line() -> None:
    model = fit(series(damped(12, 0.3)))
    assert model.mean(30 * 12 - 15) == pytest.approx((model.mean(30 * 11) + model.mean(30 * 12)) / 2)
