"""A time limit as ISO 8601 writes it, for flows of other editors: P3D, PT8H, P1DT12H.

Source: ISO 8601-1:2019, 5.5.2 (durations). Whole days are calendar days; what has hours runs in hours on the clock.
Months and years are not read: how long they are depends on the day.
"""

import re

from guatu.core.calendar.clock import Limit

MOST_DAYS = 36_500
_DURATION = re.compile(
    r"P(?:(?P<weeks>[0-9]{1,6})W)?(?:(?P<days>[0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,8})M)?(?:(?P<seconds>[0-9]{1,9})S)?)?"
)


def read_duration(text: str) -> Limit | None:
    """The limit, or None for what is no duration above zero, has months or years, or is longer than a century."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    part = {name: int(value or 0) for name, value in found.groupdict().items()}
    days = 7 * part["weeks"] + part["days"]
    hours = part["hours"] + part["minutes"] / 60 + part["seconds"] / 3600
    if not 0 < days + hours / 24 <= MOST_DAYS:
        return None
    return Limit(24 * days + hours, "urgent-hour") if hours else Limit(days, "natural-day")
