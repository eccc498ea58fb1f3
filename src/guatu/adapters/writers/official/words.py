"""Words of official documents: names of periods, Chinese signs, numbers of sections."""

from __future__ import annotations

import re

from guatu.core.kernel.official import written

_SIGNS = str.maketrans({";": "；", ":": "：", "(": "（", ")": "）", "?": "？"})
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_CLOCK = re.compile(r"(?<=\d)：(?=\d)")
_NUMBERS = "一二三四五六七八九十"


def period_name(key: str) -> str:
    """2026-06 as 2026年6月, 2026Q1 as 2026年第一季度, 2026 as 2026年."""
    return f"{key}年" if key.isdigit() else written(key)


def chinese_signs(text: str) -> str:
    """Commas and brackets as Chinese text has them; those inside numbers and times stay."""
    return _CLOCK.sub(":", _COMMA.sub("，", text).translate(_SIGNS))


def numbered(at: int, heading: str) -> str:
    """The heading of section `at`, counted from 1: 一、总体情况."""
    tens, ones = divmod(at, 10)
    lead = ("" if tens == 1 else _NUMBERS[tens - 1]) + "十" if tens else ""
    return f"{lead}{_NUMBERS[ones - 1] if ones else ''}、{heading}"
