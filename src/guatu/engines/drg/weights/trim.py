"""Which stays of a group are left out before its mean is taken. Which rule holds is a parameter.

rank: the share `trim_low` of the cheapest and `trim_high` of the dearest stays, each rounded down to whole stays.
median: stays cheaper than `trim_low` times or dearer than `trim_high` times the median of their group.
iqr: stays cheaper than Q1 - `trim_low` x (Q3 - Q1) or dearer than Q3 + `trim_high` x (Q3 - Q1). A quartile lies between
two costs in proportion (the inclusive one of spreadsheets): of 1, 2, 3, 4 they are 1.75 and 3.25.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.stays.columns import Ints
from guatu.engines.drg.weights.model import SCALE


def kept(group: Ints, cost: Ints, terms: Terms) -> NDArray[np.bool_]:
    """A mask of the stays that are kept. Equal costs at the edge go in the order of their rows."""
    if terms.trim_rule == "none" or not len(cost):
        return np.ones(len(cost), bool)
    order = np.lexsort((cost, group))
    starts = np.flatnonzero(np.r_[True, np.diff(group[order]) != 0])
    sizes = np.diff(np.r_[starts, len(order)])
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    keep = np.ones(len(order), bool)
    low, high = int(terms.trim_low * SCALE), int(terms.trim_high * SCALE)
    if terms.trim_rule == "rank":
        cut_low, cut_high = sizes * low // SCALE, sizes * high // SCALE
        inside = (rank >= np.repeat(cut_low, sizes)) & (rank < np.repeat(sizes - cut_high, sizes))
    elif terms.trim_rule == "iqr":
        ordered = cost[order]
        first, third = (_four_quartiles(ordered, starts, sizes, n) for n in (1, 3))
        least, most = first * SCALE - low * (third - first), third * SCALE + high * (third - first)
        scaled = ordered * 4 * SCALE
        inside = (scaled >= np.repeat(least, sizes)) & (scaled <= np.repeat(most, sizes))
    else:
        ordered = cost[order]
        # Twice the median is whole: the middle two of an even number are added, not halved.
        twice = ordered[starts + (sizes - 1) // 2] + ordered[starts + sizes // 2]
        bounds = [_bounds(int(value), low, high) for value in twice.tolist()]
        least, most = np.array(bounds, np.int64).T
        inside = (ordered >= np.repeat(least, sizes)) & (ordered <= np.repeat(most, sizes))
    keep[order] = inside
    return keep


def _bounds(twice: int, low: int, high: int) -> tuple[int, int]:
    """The least and the most whole cost that stays."""
    least = Fraction(twice * low, 2 * SCALE)
    most = Fraction(twice * high, 2 * SCALE)
    return -(-least.numerator // least.denominator), most.numerator // most.denominator


def _four_quartiles(ordered: Ints, starts: Ints, sizes: Ints, nth: int) -> Ints:
    """Four times the first or third quartile of each group, which is whole."""
    place, part = np.divmod((sizes - 1) * nth, 4)
    lower = ordered[starts + place]
    upper = ordered[starts + np.minimum(place + 1, sizes - 1)]
    found: Ints = 4 * lower + part * (upper - lower)
    return found
