"""Words of official documents: names of periods, Chinese signs, numbers of sections."""

from __future__ import annotations

import re

from guatu.core.calendar.keys import rhythm_of, span_of

_SIGNS = str.maketrans({";": "；", ":": "：", "(": "（", ")": "）", "?": "？"})
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_CLOCK = re.compile(r"(?<=\d)：(?=\d)")
_QUARTERS = "一二三四"
_NUMBERS = "一二三四五六七八九十"


def period_name(key: str) -> str:
    """2026-06 as 2026年6月, 2026Q1 as 2026年第一季度."""
    first, _last = span_of(key)
    every = rhythm_of(key)
    if every == "month":
        return f"{first.year}年{first.month}月"
    if every == "quarter":
        return f"{first.year}年第{_QUARTERS[(first.month - 1) // 3]}季度"
    if every == "half-year":
        return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
    if every == "year":
        return f"{first.year}年"
    if every == "week":
        year, week, _day = first.isocalendar()
        return f"{year}年第{week}周"
    return f"{first.year}年{first.month}月{first.day}日"


def chinese_signs(text: str) -> str:
    """Commas and brackets as Chinese text has them; those inside numbers and times stay."""
    return _CLOCK.sub(":", _COMMA.sub("，", text).translate(_SIGNS))


def numbered(at: int, heading: str) -> str:
    """The heading of section `at`, counted from 1: 一、总体情况."""
    tens, ones = divmod(at, 10)
    lead = ("" if tens == 1 else _NUMBERS[tens - 1]) + "十" if tens else ""
    return f"{lead}{_NUMBERS[ones - 1] if ones else ''}、{heading}"
