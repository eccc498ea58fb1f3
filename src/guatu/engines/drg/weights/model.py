"""The table of a region-year: what each group weighs, and how dear each hospital (or level) is in it.

Published figures are decimals: base points and coefficients to four places, mean costs to the fen. They are rounded
once, here, and from then on taken as they are published.
"""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

import msgspec

SCALE = 10_000
"""Points and rates in the fast form are whole ten-thousandths."""
BASE = 100
"""Points of a stay of the region's mean cost (reference, item 1)."""

# stable: points from the weight; the others: points from cost, for the reason that is named.
GroupState = Literal["stable", "few", "spread", "free", "bed-day"]


def to_places(value: Fraction, places: int) -> Decimal:
    """Rounded once, halves away from zero (四舍五入)."""
    return quotient(value.numerator, value.denominator, places)


def quotient(above: int, below: int, places: int) -> Decimal:
    """above / below (which is above 0), rounded once to so many places, halves away from zero."""
    whole = (2 * abs(above) * 10**places + below) // (2 * below)
    return Decimal(whole if above >= 0 else -whole).scaleb(-places)


class GroupWeight(msgspec.Struct, frozen=True):
    """One group. `mean` is in fen; `cv` is shown only: whether it keeps the limit was decided on exact numbers."""

    group: str
    cases: int
    trimmed: int
    mean: int
    cv: Decimal
    base_points: Decimal
    state: GroupState
    days: int = 0
    """Days of all its stays; of bed-day groups `base_points` are those of one day."""

    @property
    def stable(self) -> bool:
        return self.state == "stable"


class Coefficient(msgspec.Struct, frozen=True):
    """How dear a hospital or level (`of`) is in a group; `raw` before the band was applied."""

    of: str
    group: str
    cases: int
    mean: int
    raw: Decimal
    value: Decimal


class Weights(msgspec.Struct, frozen=True, dict=True):
    """The table of a region-year. `region_mean` is the mean cost of all stays that were weighed, fen."""

    region_mean: int
    groups: tuple[GroupWeight, ...]
    coefficients: tuple[Coefficient, ...]
    coefficient_by: str
    region_days: Decimal
    """Mean days of a stay."""
    cases: int
    hospitals: tuple[str, ...]
    """Hospitals that the history knows."""
    levels: dict[str, str] = {}
    """Level of each hospital when it was weighed."""
    parameters: str = ""
    """Digest of the set of parameters that was used."""
    inputs: dict[str, str] = {}
    """SHA-256 of each file that was read."""

    @cached_property
    def by_group(self) -> dict[str, GroupWeight]:
        return {row.group: row for row in self.groups}

    @cached_property
    def by_coefficient(self) -> dict[tuple[str, str], Coefficient]:
        return {(row.of, row.group): row for row in self.coefficients}
