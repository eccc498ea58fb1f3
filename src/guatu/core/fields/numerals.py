"""Numbers as people write them: 11.19, 12,000, 三十, 两千六百, 一亿两千万, 壹佰贰拾."""

from decimal import Decimal
from functools import cache
from typing import Final

ARABIC: Final = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
"""Pattern of an Arabic number; a comma counts only between groups of three digits."""

CHINESE_DIGITS: Final = "零〇一二两三四五六七八九十百千"
CHINESE: Final = f"[{CHINESE_DIGITS}]+"

_DIGIT: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER: Final = {"十": 10, "百": 100, "千": 1000}
SCALES: Final = {"万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
"""What the powers above a thousand count."""

# The forms that cannot be altered, of contracts and receipts (票据法实施管理办法, 正确填写票据和结算凭证的基本规定).
_FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸萬億○Ｏ", "一二三四五六七八九十百千二三六万亿〇〇")


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


def spelled(text: str) -> Decimal | None:
    """The value of a whole Chinese number of any size, also with a point or in formal characters; None for all else.

    一百二 is not read: it is 120 to who speaks and 102 to who leaves out the 零.
    """
    plain = text.translate(_FORMAL)
    whole, point, rest = plain.partition("点")
    digits = "".join(str(_DIGIT.get(c, "x")) for c in rest)
    value = _large(whole)
    if value is None or (point and not digits.isdecimal()):
        return None
    return Decimal(f"{value}.{digits}") if point else Decimal(value)


def _large(text: str) -> int | None:
    """一亿两千万零五: each power of ten thousand once, from the largest to the smallest."""
    total = 0
    for scale, value in (("亿", 100_000_000), ("万", 10_000)):
        above, found, text = text.rpartition(scale) if scale in text else ("", "", text)
        part = _large(above) if "万" in above else _small(above)
        if found and not part:
            return None
        total += (part or 0) * value
        if found and not text:
            return total
        # 一万五 is 15,000 to who speaks: as little read as 一百二.
        if found and len(text) == 1:
            return None
    rest = _small(text)
    return None if rest is None or (total and rest >= 10_000) else total + rest


def _small(text: str) -> int | None:
    if not text or not set(text) <= {*_DIGIT, *_POWER}:
        return None
    bare = text.lstrip("零〇") if set(text) & set(_POWER) else text
    if len(bare) > 1 and bare[-1] in _DIGIT and bare[-2] in ("百", "千"):
        return None
    return chinese(bare)
