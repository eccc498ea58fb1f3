"""Numbers and codes as they are written in records: one reading for both forms of the grouper."""

import math
import re
from functools import lru_cache

NAN = math.nan
BLANKS = " \t\u3000\u00a0"
NEWBORN_DAYS = 28
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?", re.ASCII)


@lru_cache(maxsize=1 << 16)
def number(text: str) -> tuple[float, bool]:
    """The number of 0 or more that a cell holds, NaN for none; and whether something else stands there."""
    cell = text.strip(BLANKS)
    if not cell:
        return NAN, False
    value = float(cell) if _NUMBER.fullmatch(cell) else -1.0
    return (value, False) if value >= 0 else (NAN, True)


@lru_cache(maxsize=1 << 10)
def sex_of(text: str) -> int:
    """1 male, 2 female (GB/T 2261.1), 0 for anything else."""
    return {"1": 1, "男": 1, "2": 2, "女": 2}.get(text.strip(BLANKS).removesuffix(".0"), 0)


def fits(age: float, days: float) -> bool:
    """Whether an age in whole years and one in days can be of one person.

    Years of 365 to 366 days and a day at either end: systems count leap days and birthdays in their own ways.
    """
    years = math.floor(age)
    return 365 * years - 1 <= days <= 366 * (years + 1) + 1
