"""Points in time: 2026-11-01 09:30 · 2026-11-01T09:30:00.000+08:00 · 2026年11月1日 9时30分 · 2026年11月1日 下午3点半."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as Clock
from typing import Final

from guatu.core.fields.day import DAY, day_of, read_day
from guatu.core.fields.findings import IN_FUTURE, NO_SUCH_DAY, NO_TIME, OUT_OF_RANGE, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import typed
from guatu.core.fields.numerals import chinese
from guatu.core.kernel.finding import Language

_LONGEST: Final = 60
_SMALL: Final = r"\d{1,2}|[零〇一二三四五六七八九十]{1,3}"
_HALVES: Final = "凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|AM|PM"
_MOMENT: Final = re.compile(
    rf"{DAY}(?:T| ?(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)? ?)"
    rf"(?P<half>{_HALVES})? ?"
    # 9:30, 09:30:00.000 in figures; 9时, 9点半, 9时30分, 九时三十分十五秒 in words.
    rf"(?:(?<![\d])(?P<hour>\d{{1,2}}):(?P<minute>\d{{1,2}})(?::(?P<second>\d{{1,2}})(?:[.,](?P<part>\d{{1,9}}))?)?"
    rf"|(?P<hour_han>{_SMALL}) ?[时点](?: ?(?:整|(?P<thirty>半)|(?P<minute_han>{_SMALL}) ?分?)"
    rf"(?: ?(?P<second_han>{_SMALL}) ?秒)?)?)"
    rf" ?(?P<half_behind>AM|PM)? ?(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?",
    re.ASCII | re.IGNORECASE,
)
# A day from either end of the calendar: every zone can show it.
_FIRST, _LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001
_AFTER_NOON: Final = ("下午", "傍晚", "晚上", "pm")


def read_time(text: str, day_alone: bool = True) -> datetime | FieldFinding:
    """The moment that is written so, with its offset where one is written, else without.

    A day alone is its first moment, where `day_alone` allows that. What is finer than a microsecond is cut off.
    """
    plain = typed(text)
    match = _MOMENT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None:
        day = read_day(plain) if day_alone else found(NO_TIME, text)
        if isinstance(day, date):
            return datetime.combine(day, Clock())
        return found(NO_SUCH_DAY if day.code == NO_SUCH_DAY.code else NO_TIME, text)
    date_, clock = day_of(match), _clock(match)
    if date_ is None:
        return found(NO_SUCH_DAY, text)
    return found(NO_TIME, text) if clock is None else datetime.combine(date_, clock)


def _clock(match: re.Match[str]) -> Clock | None:
    """The time of the day; None where no clock shows it (25:00, 上午 15:00)."""
    half = (match["half"] or match["half_behind"] or "").lower()
    hour = _hour(_small(match["hour"] or match["hour_han"]), half)
    minute = 30 if match["thirty"] else _small(match["minute"] or match["minute_han"])
    second = _small(match["second"] or match["second_han"])
    micro = int((match["part"] or "0").ljust(6, "0")[:6])
    if hour is None or minute is None or second is None:
        return None
    try:
        return Clock(hour, minute, second, micro, _zone(match["zone"]))
    except ValueError:
        return None


def _small(text: str | None) -> int | None:
    if not text:
        return 0
    return int(text) if text.isascii() else chinese(text)


def _hour(hour: int | None, half: str) -> int | None:
    """The hour of 24. 上午12点 and 晚上12点 are not read: to some it is noon and midnight, to some the other."""
    if hour is None or not half:
        return hour
    if half in ("am", "pm"):
        return hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else None
    if half == "中午":
        return {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14}.get(hour)
    if half in _AFTER_NOON:
        return hour + 12 if 1 <= hour <= 11 else hour if 12 < hour <= 23 or (hour, half) == (12, "下午") else None
    return hour if hour < 12 else None


def _zone(text: str | None) -> tzinfo | None:
    """Raises ValueError for an offset of a day or more."""
    if not text:
        return None
    if text in "Zz":
        return UTC
    shift = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-shift if text[0] == "-" else shift)


class Time(Field[datetime], frozen=True, kw_only=True):
    """A moment. What is written without an offset is of `zone`; `now` makes a later one a warning."""

    zone: tzinfo | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    now: datetime | None = None
    day_alone: bool = True

    def parse(self, given: Cell) -> datetime | FieldFinding:
        value = self._moment(given)
        if isinstance(value, FieldFinding):
            return value
        low, high = self.earliest or _FIRST, self.latest or _LAST
        if _is_later(low, value) or _is_later(value, high):
            return found(OUT_OF_RANGE, given, least=self.show(low), most=self.show(high))
        return value

    def _moment(self, given: Cell) -> datetime | FieldFinding:
        value: datetime | FieldFinding
        if isinstance(given, datetime):
            value = given
        elif isinstance(given, date) and self.day_alone:
            value = datetime.combine(given, Clock())
        else:
            value = read_time(given, self.day_alone) if isinstance(given, str) else found(NO_TIME, given)
        if isinstance(value, FieldFinding) or self.zone is None:
            return value
        return value.replace(tzinfo=self.zone) if value.tzinfo is None else value

    def warn(self, value: datetime) -> tuple[FieldFinding, ...]:
        return (found(IN_FUTURE, self.show(value)),) if self.now and _is_later(value, self.now) else ()

    def show(self, value: datetime | None, language: Language = "zh") -> str:
        """To the minute, or finer where the value is."""
        if value is None:
            return ""
        local = value.astimezone(self.zone) if self.zone is not None and value.tzinfo is not None else value
        fine = "minutes" if not (local.second or local.microsecond) else "auto"
        return (local.replace(tzinfo=None) if self.zone is not None else local).isoformat(" ", fine)

    def export(self, value: datetime | None) -> Cell:
        """Local and without offset, as spreadsheets have it."""
        if value is None or self.zone is None or value.tzinfo is None:
            return value
        return value.astimezone(self.zone).replace(tzinfo=None)


def _is_later(one: datetime, other: datetime) -> bool:
    """Of a moment without an offset nobody knows the zone: then the clocks on the wall are compared."""
    if one.tzinfo is None or other.tzinfo is None:
        return one.replace(tzinfo=None) > other.replace(tzinfo=None)
    return one > other
