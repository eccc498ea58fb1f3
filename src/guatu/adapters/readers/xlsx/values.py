"""The value of a cell as the sheet shows it."""

import datetime
from typing import Any

from guatu.adapters.readers.xlsx.styles import NumberFormats

_DIGITS = 12
"""Digits after which the noise of binary fractions begins: 0.1 + 0.2 is shown as 0.3."""


def shown(value: Any, row: int, column: int, formats: NumberFormats) -> str:
    """Dates as 2021年6月30日, whole numbers without a point, 0.95 as 95% where the cell says so."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        percent = formats.percent(row, column)
        return _number(value * 100 if percent else value) + ("%" if percent else "")
    if isinstance(value, datetime.date):
        return _date(value, formats.month_only(row, column))
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if value != value or abs(value) >= 1e15:
        return str(value)
    rounded = round(value, _DIGITS)
    if rounded == int(rounded):
        return str(int(rounded))
    return f"{rounded:.{_DIGITS}f}".rstrip("0").rstrip(".")


def _date(value: datetime.date, month_only: bool) -> str:
    day = "" if month_only else f"{value.day}日"
    text = f"{value.year}年{value.month}月{day}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        text += f" {value:%H:%M}"
    return text
