"""One value of a parameter against what the catalogue says it takes."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.kernel.money import Money
from guatu.engines.drg.parameters.catalogue import Spec, ValueKind

Wanted = tuple[str, str]
DECIMALS = 4
"""Of rates. The fast form computes with whole ten-thousandths; a rate with more decimals would be another rate there.
"""


class Threshold(msgspec.Struct, frozen=True):
    """A threshold for a level of hospitals, or for base points up to a limit (none: for all others)."""

    value: Decimal
    level: str = ""
    up_to: Decimal | None = None


class Band(msgspec.Struct, frozen=True):
    """Where the ratio of claims to entitlement lies in [start, end), the fund's share of the difference."""

    start: Decimal
    share: Decimal
    end: Decimal | None = None


def checked(spec: Spec, raw: object) -> tuple[object, Wanted | None]:
    """The value in its type, or what it should have been (Chinese, English)."""
    try:
        return _READERS[spec.kind](spec, raw), None
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return None, _wanted(spec)


def _rate(_spec: Spec, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal, str)):
        raise ValueError(raw)
    value = Decimal(raw)
    if not value.is_finite() or value < 0 or value != round(value, DECIMALS):
        raise ValueError(raw)
    return value


def _share(spec: Spec, raw: object) -> Decimal:
    value = _rate(spec, raw)
    if value > 1:
        raise ValueError(raw)
    return value


def _count(_spec: Spec, raw: object) -> int:
    if type(raw) is not int or raw < 0:
        raise ValueError(raw)
    return raw


def _choice(spec: Spec, raw: object) -> str:
    if raw not in spec.choices:
        raise ValueError(raw)
    return str(raw)


def _codes(_spec: Spec, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or not all(isinstance(code, str) and code for code in raw):
        raise ValueError(raw)
    return tuple(raw)


def _money(_spec: Spec, raw: object) -> Money:
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal, str)):
        raise ValueError(raw)
    amount = Money.of_yuan(raw)
    if amount.fen < 0:
        raise ValueError(raw)
    return amount


def _thresholds(spec: Spec, raw: object) -> tuple[Threshold, ...]:
    rows = [{"value": raw}] if isinstance(raw, (int, Decimal, str)) else _tables(raw)
    found = []
    for row in rows:
        limit = _rate(spec, row["up_to"]) if "up_to" in row else None
        found.append(Threshold(_rate(spec, row["value"]), str(row.get("level", "")), limit))
    limits = [row.up_to for row in found if row.up_to is not None]
    if not found or limits != sorted(set(limits)) or any(row.value <= 1 for row in found):
        raise ValueError(raw)
    return tuple(found)


def _bands(spec: Spec, raw: object) -> tuple[Band, ...]:
    """Bands follow each other without gap and none holds 1 in its middle: on its sides it means two things."""
    found, last = [], Decimal(0)
    for row in _tables(raw, empty=True):
        end = _rate(spec, row["to"]) if "to" in row else None
        band = Band(_rate(spec, row["from"]), _share(spec, row["share"]), end)
        if band.start != last or (end is not None and end <= band.start) or (end is None or end > 1) > (last >= 1):
            raise ValueError(raw)
        found.append(band)
        last = Decimal("Infinity") if end is None else end
    return tuple(found)


def _tables(raw: object, *, empty: bool = False) -> list[dict[str, Any]]:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, dict) for row in raw) or not (raw or empty):
        raise ValueError(raw)
    return list(raw)


_READERS: dict[ValueKind, Callable[[Spec, object], object]] = {
    "rate": _rate,
    "share": _share,
    "count": _count,
    "choice": _choice,
    "codes": _codes,
    "money": _money,
    "thresholds": _thresholds,
    "bands": _bands,
}


_WANTED: dict[ValueKind, Wanted] = {
    "rate": ("不小于 0、至多四位小数的数", "a number of 0 or more with at most four decimals"),
    "share": ("0 到 1 之间、至多四位小数的比例", "a share from 0 to 1 with at most four decimals"),
    "count": ("不小于 0 的整数", "a whole number of 0 or more"),
    "codes": ("编码列表", "a list of codes"),
    "money": ("以元计、至多两位小数的金额", "an amount in yuan with at most two decimals"),
    "thresholds": (
        "一个大于 1 的数，或 {value, level} / {value, up_to} 的列表（up_to 由小到大）",
        "a number above 1, or a list of {value, level} or {value, up_to} with up_to rising",
    ),
    "bands": (
        "从 0 起首尾相接、在 1 处分开的 {from, to, share} 列表",
        "a list of {from, to, share} that begins at 0, leaves no gap and parts at 1",
    ),
}


def _wanted(spec: Spec) -> Wanted:
    if spec.kind == "choice":
        return "、".join(spec.choices), ", ".join(spec.choices)
    return _WANTED[spec.kind]
