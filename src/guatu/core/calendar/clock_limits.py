"""Which time limit holds: a dated table by clock, class of case, condition and county.

Cities publish different limits for the same class, and change them: a limit is looked up for the day on which the
clock begins, and a case keeps the limit it began with.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from guatu.core.calendar.clock import Limit


class LimitRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One limit of one clock, for a class (or all classes below a shorter code), a condition, a county; ""
    means any."""

    clock: str
    limit: Limit
    class_code: str = ""
    condition: str = ""
    county: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""

    def holds(self, clock: str, day: date, class_code: str, condition: str, county: str) -> bool:
        return (
            self.clock == clock
            and self.valid_from <= day <= self.valid_to
            and class_code.startswith(self.class_code)
            and self.condition in ("", condition)
            and self.county in ("", county)
        )

    @property
    def rank(self) -> tuple[bool, int, bool, date]:
        """Order of precedence: the county's own row, then the longer class, then the condition, then the newer row."""
        return bool(self.county), len(self.class_code), bool(self.condition), self.valid_from


def find_limit(
    rows: Iterable[LimitRow], clock: str, day: date, class_code: str = "", condition: str = "", county: str = ""
) -> LimitRow | None:
    """The row that holds on the day on which the clock begins, or None where no row does."""
    holding = [row for row in rows if row.holds(clock, day, class_code, condition, county)]
    return max(holding, key=lambda row: row.rank, default=None)
