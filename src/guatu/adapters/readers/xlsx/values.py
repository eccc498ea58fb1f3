"""The value of a cell as the sheet shows it."""

import datetime
import re
from typing import Any

from guatu.adapters.readers.xlsx.formats import plain, shown

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def text_of(value: Any, code: str) -> tuple[str, bool]:
    """Dates as 2021年6月30日, whole numbers without a point, 0.95 as 95% where the format `code` says so.

    The second says whether the format was understood.
    """
    if isinstance(value, bool):
        return ("是" if value else "否"), True
    if isinstance(value, int | float):
        return shown(value, code) if code else (plain(value), True)
    if isinstance(value, datetime.date):
        return date_text(value, _month_only(code)), True
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}", True
    return ("" if value is None else str(value)), True


def _month_only(code: str) -> bool:
    letters = _LITERAL.sub("", code).lower()
    return "y" in letters and "m" in letters and "d" not in letters


def date_text(value: datetime.date, month_only: bool = False) -> str:
    day = "" if month_only else f"{value.day}日"
    text = f"{value.year}年{value.month}月{day}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        text += f" {value:%H:%M}"
    return text
