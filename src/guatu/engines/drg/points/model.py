"""What a stay is for its points, and the rules that give them."""

from dataclasses import dataclass
from decimal import Decimal

import msgspec
import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.stays.columns import Ints

# Positions in this list are what the columns hold.
RULES = ("normal", "low", "high", "bed-day", "cost", "review", "outside")
NORMAL, LOW, HIGH, BED_DAY, COST, REVIEW, OUTSIDE = range(len(RULES))

RULE_NAMES = {
    "normal": ("正常倍率", "normal"),
    "low": ("低倍率", "low"),
    "high": ("高倍率", "high outlier"),
    "bed-day": ("床日", "bed-day"),
    "cost": ("按费用折点", "from cost"),
    "review": ("特病单议", "special review"),
    "outside": ("不纳入", "outside"),
}


class Case(msgspec.Struct, frozen=True):
    """One stay; `cost` is in fen, `level` that of the hospital."""

    id: str
    hospital: str
    level: str
    group: str
    cost: int
    days: int


class Review(msgspec.Struct, frozen=True):
    """What the experts decided of a stay: the cost that was not reasonable (fen), or the points themselves."""

    id: str
    unreasonable: int = 0
    points: Decimal | None = None


@dataclass(frozen=True)
class Points:
    """Points of many stays in ten-thousandths; `rule` is a position in `RULES`."""

    units: Ints
    """What counts: after the share that a readmission leaves."""
    full: Ints
    """Before it."""
    rule: NDArray[np.int8]
    coefficient: Ints
    """In ten-thousandths."""
