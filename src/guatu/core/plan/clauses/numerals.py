"""Numbers as plans write them: 11.19, 12,000, 三十, 两千六百, 百分之八十."""

from functools import cache
from typing import Final

ARABIC: Final = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
"""Pattern of an Arabic number; a comma counts only between groups of three digits."""

CHINESE_DIGITS: Final = "零〇一二两三四五六七八九十百千"
CHINESE: Final = f"[{CHINESE_DIGITS}]+"

_DIGIT: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER: Final = {"十": 10, "百": 100, "千": 1000}


def arabic(text: str) -> int | float:
    """The value of an Arabic number; whole numbers are int."""
    plain = text.replace(",", "")
    if "." not in plain:
        return int(plain[:300])
    value = float(plain)
    return int(value) if value.is_integer() else value


@cache
def chinese(text: str) -> int | None:
    """The value of a Chinese numeral below 10,000, or of digits read out (二〇二一); None where it is neither.

    Hand-written because the imports of cn2an cost more time than the compilation of a plan; a test holds both to the
    same values.
    """
    if not set(text) & set(_POWER):
        return int("".join(str(_DIGIT[c]) for c in text)) if text else None
    total, digit, last = 0, None, 10000
    for c in text:
        power = _POWER.get(c)
        if power is None:
            if digit not in (None, 0):
                return None
            digit = _DIGIT[c]
        elif power >= last or digit == 0:
            return None
        else:
            total += (1 if digit is None else digit) * power
            digit, last = None, power
    return total + (digit or 0)


def value_of(text: str) -> int | float | None:
    """The value of a number in either script."""
    return arabic(text) if text[0].isascii() else chinese(text)
