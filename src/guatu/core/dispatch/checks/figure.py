"""What a check sees of a reported figure, and the row by which a county declares a check."""

import msgspec

from guatu.core.kernel.apportion import exact
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

    `amounts` are what was done in each period; otherwise figures are the state or the sum so far. Of a sum that is to
    rise, `share` is what the unit is to do, `whole` the whole target; `due` is what its course asks for at the period's
    end. `parts` are the figures of the units that have the shares, of which this one is the whole.
    """

    name: str
    key: str
    value: float
    unit: str = ""
    earlier: tuple[float, ...] = ()
    amounts: bool = False
    share: float | None = None
    whole: float | None = None
    due: float | None = None
    parts: tuple[float, ...] = ()

    @property
    def so_far(self) -> float:
        """What stands at the period's end: amounts are added up."""
        return float(sum(map(exact, (*self.earlier, self.value)))) if self.amounts else self.value

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "％", "‰")

    @property
    def is_near_course(self) -> bool:
        """Whether it is about what is due: however far that is from the last one, it is no slip."""
        return bool(self.due) and 0.5 <= self.so_far / (self.due or 1) <= 1.5

    def shown(self, value: float) -> str:
        return show(value, self.unit)
