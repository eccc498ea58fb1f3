"""Days: 2026-09-30 · 2026/9/30 · 2026.9.30 · 2026年9月30日 · 二〇二六年九月三十日 · 20260930; as limits also 2026年9月底前."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

from guatu.core.fields.findings import (
    DAY_AS_NUMBER,
    IN_FUTURE,
    NO_DAY,
    NO_DEADLINE,
    NO_SUCH_DAY,
    OUT_OF_RANGE,
    PART_OF_DAY,
    FieldFinding,
    found,
)
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import typed
from guatu.core.fields.numerals import chinese

Edge = Literal["first", "last"]
"""Which day a month, a quarter or a year alone means."""

HAN_YEAR: Final = "[一二][一二三四五六七八九零〇○0]{3}"
HAN_SMALL: Final = "[一二三四五六七八九十]{1,3}"
"""A month or a day in words."""
PARTS: Final = "底|末|上旬|中旬|下旬|初|份"
SIGNED: Final = rf"(?:19|20)\d\d[-./]\d{{1,2}}(?:[-./]\d{{1,2}}(?![\d./-])日?|(?:{PARTS})?(?=之?前|以前))"
"""A day with signs in running text: 2026.9.30, 2026-09-30, and 2026.9 where 前 follows."""
IN_WORDS: Final = rf"(?:{HAN_YEAR}年)?{HAN_SMALL}月(?:{HAN_SMALL}[日号]|{PARTS})?|{HAN_YEAR}年[底末]?"
"""A day, a month or a year in words in running text: 二〇二六年九月底, 九月三十日."""
QUARTER_END: Final = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
TENTH_END: Final = {"上旬": 10, "中旬": 20}

_BEFORE: Final = "(?:之?前|以前|以内|止)?"
_YEAR: Final = rf"(?P<year>\d{{4}}|{HAN_YEAR})"
DAY: Final = (
    rf"(?P<y>\d{{4}}|{HAN_YEAR}) ?[-/.年] ?(?P<m>\d{{1,2}}|{HAN_SMALL}) ?[-/.月] ?"
    rf"(?P<d>\d{{1,2}}|{HAN_SMALL})(?: ?[日号])?"
)
_DAY: Final = re.compile(DAY, re.ASCII)
_COMPACT: Final = re.compile(r"(?P<y>(?:19|20)\d\d|2100)(?P<m>\d\d)(?P<d>\d\d)", re.ASCII)
# A limit without its day, and what each alternative stands for.
_MONTH: Final = re.compile(
    rf"{_YEAR} ?[-/.年] ?(?P<month>\d{{1,2}}|{HAN_SMALL}) ?月? ?(?P<part>{PARTS})? ?{_BEFORE}", re.ASCII
)  # 2026年9月底前, 2026-09, 2026年9月中旬
_PART: Final = re.compile(
    rf"{_YEAR} ?年度? ?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度[末底]?) ?{_BEFORE}", re.ASCII
)  # 2026年上半年, 2026年第三季度末
_WHOLE_YEAR: Final = re.compile(rf"{_YEAR} ?(?:年度?)? ?(?:年?[底末终内])? ?{_BEFORE}", re.ASCII)  # 2026年底前, 2026
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_LIMIT: Final = re.compile(rf"{_BEFORE}$")
_LONGEST: Final = 40
# Spreadsheets count days from here (ECMA-376 part 1, 18.17.4.1, with the 29th of February 1900 that never was).
_SERIAL_ZERO: Final = date(1899, 12, 30)


def read_day(text: str, edge: Edge | None = None) -> date | FieldFinding:
    """The day that is written so; a time of the day behind it is left away.

    With `edge` a month, quarter or year alone is its first or last day, and 前 may stand behind: 2026年9月底前.
    """
    plain = typed(text)
    if len(plain) > _LONGEST:
        return found(NO_DAY, text)
    bare = _CLOCK.sub("", plain)
    if edge == "last":
        bare = _LIMIT.sub("", bare).rstrip()
    match = _DAY.fullmatch(bare) or _COMPACT.fullmatch(bare)
    if match:
        return day_of(match) or found(NO_SUCH_DAY, text)
    first = _first_and_last(plain)
    if first is None:
        return found(NO_DEADLINE if edge else NO_DAY, text)
    if edge is None:
        return found(PART_OF_DAY, text)
    return first[0] if edge == "first" else first[1]


def small(text: str) -> int | None:
    """A month or a day in digits or in words (九, 三十一); None for what is none."""
    return int(text) if text.isascii() else chinese(text)


def year_of(text: str) -> int | None:
    """A year in digits or read out (二〇二六)."""
    return int(text) if text.isascii() else chinese(text.replace("○", "〇").replace("0", "〇"))


def day_of(match: re.Match[str]) -> date | None:
    """The day of a match of `DAY`; None where no calendar has it."""
    try:
        return date(year_of(match["y"]) or 0, small(match["m"]) or 0, small(match["d"]) or 0)
    except ValueError:
        return None


def _first_and_last(plain: str) -> tuple[date, date] | None:
    """The days of a month, a part of one, a quarter, a half or a year; None for what is none."""
    for pattern, bounds in ((_MONTH, _month), (_PART, _part), (_WHOLE_YEAR, _whole)):
        match = pattern.fullmatch(plain)
        year = year_of(match["year"]) if match else None
        if match and year:
            return bounds(year, match)
    return None


def _month(year: int, match: re.Match[str]) -> tuple[date, date] | None:
    month, part = small(match["month"]) or 0, match["part"] or ""
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length), "初": (1, 10)}.get(part, (1, length))
    return date(year, month, first), date(year, month, last)


def _part(year: int, match: re.Match[str]) -> tuple[date, date]:
    if match["half"]:
        return (
            (date(year, 1, 1), date(year, 6, 30)) if match["half"] == "上" else (date(year, 7, 1), date(year, 12, 31))
        )
    quarter = "一二三四1234".index(match["quarter"]) % 4 + 1
    return date(year, 3 * quarter - 2, 1), date(year, *QUARTER_END[quarter])


def _whole(year: int, match: re.Match[str]) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


class Day(Field[date], frozen=True, kw_only=True):
    """A day, or with `edge` the day at an end of a month or year; `today` makes a later one a warning."""

    edge: Edge | None = None
    earliest: date | None = None
    latest: date | None = None
    today: date | None = None

    def parse(self, given: Cell) -> date | FieldFinding:
        value = self._day(given)
        if isinstance(value, FieldFinding):
            return value
        low, high = self.earliest or date.min, self.latest or date.max
        return value if low <= value <= high else found(OUT_OF_RANGE, given, least=low, most=high)

    def _day(self, given: Cell) -> date | FieldFinding:
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        if isinstance(given, str):
            return read_day(given, self.edge)
        return self._of_number(given)

    def _of_number(self, given: Cell) -> date | FieldFinding:
        """A cell that holds a number: 20260930 and, as a limit, 2026 say what they mean, 46295 may be anything."""
        if isinstance(given, bool) or not isinstance(given, int | float | Decimal) or given % 1 != 0:
            return found(NO_DAY, given)
        value = read_day(str(int(given)), self.edge)
        serial = isinstance(value, FieldFinding) and 10_000 <= given <= 100_000
        return found(DAY_AS_NUMBER, f"{int(given)} = {_SERIAL_ZERO + timedelta(int(given))}?") if serial else value

    def warn(self, value: date) -> tuple[FieldFinding, ...]:
        return (found(IN_FUTURE, value),) if self.today is not None and value > self.today else ()
