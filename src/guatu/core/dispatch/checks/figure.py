"""What a check sees of a reported figure, and the row by which a county declares a check."""

import msgspec

from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Severity


class CheckRow(msgspec.Struct, frozen=True):
    """One check that holds for a figure: the check's name, its limit, and how severe a finding is (None: the check's
    own)."""

    check: str
    limit: float
    severity: Severity | None = None


class Figure(msgspec.Struct, frozen=True):
    """A figure about to be reported, in `unit`, with those of the periods before it, oldest first.

    `amounts` are what was done in each period; otherwise figures are the state or the sum so far.
    """

    name: str
    key: str
    value: float
    unit: str = ""
    earlier: tuple[float, ...] = ()
    amounts: bool = False

    def shown(self, value: float) -> str:
        return show(value, self.unit)
