"""Days, times and durations as rules write them: ISO 8601, in the literals date("..."), time("..."), duration("...").

FEEL parts two kinds of duration, because a month has no fixed number of days: days and times (`timedelta`) and years
and months (`Months`). They are never compared with each other.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import msgspec

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
_SPAN = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?", re.ASCII
)
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?", re.ASCII)
_UNITS = ("D", "H", "M", "S")


class Months(msgspec.Struct, frozen=True, order=True):
    """A duration of years and months. Added to a day it keeps its day of the month, or takes the month's last one."""

    count: int

    def __neg__(self) -> "Months":
        return Months(-self.count)

    def __add__(self, other: object) -> "Months":
        return Months(self.count + other.count) if isinstance(other, Months) else NotImplemented

    def __sub__(self, other: object) -> "Months":
        return Months(self.count - other.count) if isinstance(other, Months) else NotImplemented

    def __radd__(self, other: object) -> date:
        if not isinstance(other, date):
            return NotImplemented
        year, month = divmod(other.year * 12 + other.month - 1 + self.count, 12)
        if not 1 <= year <= 9999:
            raise OverflowError(f"the year {year} is out of range")
        return other.replace(year=year, month=month + 1, day=min(other.day, monthrange(year, month + 1)[1]))

    def __rsub__(self, other: object) -> date:
        return (-self).__radd__(other)


Temporal = date | datetime | time | timedelta | Months


def read(function: str, text: str) -> Temporal | None:
    """The value of a literal `function("text")`; None where the text is no such value."""
    try:
        return _READ[function](text)
    except (ValueError, OverflowError):
        return None


def written(value: Temporal) -> str:
    """The literal of a value, which `read` reads again."""
    if isinstance(value, datetime):
        return f'date and time("{value.isoformat(timespec="seconds")}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, time):
        return f'time("{value.isoformat(timespec="seconds")}")'
    return f'duration("{iso(value)}")'


def iso(value: timedelta | Months) -> str:
    """A duration as ISO 8601 writes it: P3D, -PT4H, P1Y2M."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.count), 12)
        return _signed(
            value.count < 0, "P" + (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        )
    seconds = abs(value) // timedelta(seconds=1)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    clock = "".join(f"{count}{unit}" for count, unit in ((hour, "H"), (minute, "M"), (second, "S")) if count)
    return _signed(value < timedelta(0), "P" + (f"{day}D" if day or not clock else "") + (f"T{clock}" if clock else ""))


def _signed(negative: bool, text: str) -> str:
    return "-" + text if negative else text


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(_DAY, text) else None


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if re.fullmatch(_CLOCK, text) else None


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if re.fullmatch(f"{_DAY}T{_CLOCK}", text) else None


def _duration(text: str) -> timedelta | Months | None:
    if found := _SPAN.fullmatch(text):
        sign, *counts = found.groups()
        if any(counts):
            day, hour, minute, second = (int(count or 0) for count in counts)
            size = timedelta(days=day, hours=hour, minutes=minute, seconds=second)
            return -size if sign else size
    if found := _MONTHS.fullmatch(text):
        sign, years, months = found.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return Months(-total if sign else total)
    return None


_READ: dict[str, Callable[[str], Temporal | None]] = {
    "date": _date,
    "time": _time,
    "date and time": _moment,
    "duration": _duration,
}
