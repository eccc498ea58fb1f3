"""Quotients of products of whole numbers, rounded once, exactly: in 64 bits where they fit, else one by one."""

from collections.abc import Sequence

import numpy as np

from guatu.engines.drg.stays.columns import Ints

# A product is estimated in floats first, whose error is far below the distance from here to 2**63.
_FITS = float(2**61)


def rounded(numerators: Sequence[Ints], denominators: Sequence[Ints]) -> Ints:
    """Product of the numerators / product of the denominators (above 0), to the nearest whole, halves away from
    zero."""
    top, bottom = np.broadcast_arrays(_product(numerators), _product(denominators))
    found = np.zeros(top.shape, np.int64)
    fits = (np.abs(top) < _FITS) & (bottom < _FITS)
    above, below = _taken(numerators, fits), _taken(denominators, fits)
    size = np.abs(above)
    quotient, rest = np.divmod(size, below)
    # 2 * rest >= below, without doubling what may be as large as a word.
    found[fits] = np.sign(above) * (quotient + (rest >= below - rest))
    for row in np.flatnonzero(~fits).tolist():
        found[row] = _one(_exact(numerators, row), _exact(denominators, row))
    return found


def _product(factors: Sequence[Ints]) -> np.ndarray:
    found = np.ones(1)
    for factor in factors:
        found = found * factor
    return found


def _taken(factors: Sequence[Ints], rows: np.ndarray) -> Ints:
    found = np.ones(int(rows.sum()), np.int64)
    for factor in factors:
        found = found * np.broadcast_to(factor, rows.shape)[rows]
    return found


def _exact(factors: Sequence[Ints], row: int) -> int:
    found = 1
    for factor in factors:
        found *= int(factor[row] if factor.ndim and factor.shape[0] > 1 else factor.flat[0])
    return found


def _one(above: int, below: int) -> int:
    size = (2 * abs(above) + below) // (2 * below)
    return size if above >= 0 else -size
