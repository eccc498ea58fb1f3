"""What a settlement says of a hospital and of the region; a figure that cannot be made says why."""

from decimal import Decimal

import msgspec

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.money import Money

NOTHING = Money(0)


class HospitalTerms(msgspec.Struct, frozen=True):
    """What a settlement must be told of a hospital. `score` is 0 to 100, none while it is not assessed.

    `prepaid` is none where it is to be made from the monthly claims; `advance` was paid at the year's beginning.
    """

    code: str
    name: str = ""
    level: str = ""
    score: Decimal | None = None
    prepaid: Money | None = None
    advance: Money = NOTHING


class HospitalFigures(msgspec.Struct, frozen=True):
    """The lines of a hospital's statement, in the order in which they are made."""

    code: str
    name: str
    level: str
    cases: int
    points: Explained[Decimal]
    entitlement: Explained[Money]
    claims: Explained[Money]
    sharing: Explained[Money] | Unknown
    """Surplus that goes back (below 0) or overspend that is borne (above 0)."""
    withheld: Explained[Money] | Unknown
    released: Explained[Money] | Unknown
    incentive: Explained[Money] | Unknown
    prepaid: Explained[Money]
    clearing: Explained[Money] | Unknown


class Pool(msgspec.Struct, frozen=True):
    """The reserve: what it had, what came in, what went out, what is left. `pending`: deposits not yet assessed."""

    reserve: Money
    withheld: Money
    returned: Money
    borne: Money
    incentive: Money
    pending: Money
    left: Money


class Settlement(msgspec.Struct, frozen=True):
    """A year of a region."""

    budget: Money
    distributable: Explained[Money]
    total_points: Decimal
    point_value: Explained[Decimal] | Unknown
    hospitals: tuple[HospitalFigures, ...]
    pool: Pool

    def of(self, code: str) -> HospitalFigures | None:
        return next((row for row in self.hospitals if row.code == code), None)
