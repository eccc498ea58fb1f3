"""What a stay is for its points, and the rules that give them."""

from dataclasses import dataclass
from decimal import Decimal

import msgspec
import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.stays.columns import UNGROUPED, Ints
from guatu.engines.drg.weights.model import GroupWeight

# Positions in this list are what the columns hold.
RULES = ("normal", "low", "high", "bed-day", "cost", "review", "outside", "band")
NORMAL, LOW, HIGH, BED_DAY, COST, REVIEW, OUTSIDE, BAND = range(len(RULES))

RULE_NAMES = {
    "normal": ("正常倍率", "normal"),
    "low": ("低倍率", "low"),
    "high": ("高倍率", "high outlier"),
    "bed-day": ("床日", "bed-day"),
    "cost": ("按费用折点", "from cost"),
    "review": ("特病单议", "special review"),
    "outside": ("不纳入", "outside"),
    "band": ("按实际比例", "at the actual ratio"),
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


def state_of(group: str, row: GroupWeight | None) -> str:
    """Why a stay has points from its cost, in a word of `parameters.values.STATES`."""
    if group == UNGROUPED:
        return UNGROUPED
    if group.endswith("QY"):
        return "QY"
    return "none" if row is None else row.state
