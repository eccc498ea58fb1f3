"""A date that no calendar has (6月31日, 13月), or an interval that ends before it begins."""

import re
from calendar import isleap
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.date-impossible",
    "error",
    zh="“{text}”不是有效的日期或时段，请核对",
    en="{text} is no possible date or interval: check it",
)

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = regex(r"月(?:(?P<d>\d{1,2})日)?")
_BEFORE = regex(r"(?:(?P<y>(?:19|20)\d\d)年)?(?<![\d.])(?P<m>\d{1,2})$")
_RANGE = regex(
    r"(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)? ?[-~至到]{1,2} ?(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,"
    r"2})月)?(?:(?P<d2>\d{1,2})日)?"
)


def check(view: LintView) -> Iterator[Finding]:
    norm = view.norm
    for month in _MONTH.finditer(norm):
        before = _BEFORE.search(norm, max(0, month.start() - 7), month.start())
        if before and not _is_possible(before["y"], before["m"], month["d"]):
            yield view.at(KIND, before.start(), month.end(), text=view.raw[before.start() : month.end()])
    for match in _RANGE.finditer(norm):
        if _is_reversed(match):
            yield view.at(KIND, *match.span(), text=view.raw[match.start() : match.end()])


def _is_possible(year: str | None, month: str, day: str | None) -> bool:
    number = int(month)
    if not 1 <= number <= 12:
        return False
    if day is None:
        return True
    last = _DAYS[number - 1]
    if number == 2 and year and not isleap(int(year)):
        last = 28
    return 1 <= int(day) <= last


def _is_reversed(match: re.Match[str]) -> bool:
    """Whether the end lies before the beginning; without a year of its own a smaller month is of the next year."""
    first = (int(match["y1"]), int(match["m1"]), int(match["d1"] or 1))
    if match["m2"] is None and match["d2"] is None:
        return False
    month = int(match["m2"] or match["m1"])
    if match["y2"] is None and month < first[1]:
        return False
    return (int(match["y2"] or match["y1"]), month, int(match["d2"] or 31)) < first
