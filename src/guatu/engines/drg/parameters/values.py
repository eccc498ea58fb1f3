"""One value of a parameter against what the catalogue says it takes.

A value that is a list of tables takes the columns of `COLUMNS` and no others: a key that nobody reads would be a rule
that silently does not hold.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.kernel.money import Money
from guatu.engines.drg.parameters.catalogue import Spec, ValueKind

Wanted = tuple[str, str]
DECIMALS = 4
"""Of rates. The fast form computes with whole ten-thousandths; a rate with more decimals would be another rate there.
"""
MONTHS = 12

STATES = ("0000", "QY", "few", "spread", "free", "none")
"""Why a stay has points from its cost: not grouped, ambiguous, or the state of its group (none: not in history)."""


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


class Discount(msgspec.Struct, frozen=True):
    """The discount of stays of a state of `STATES`; without one, of all others."""

    value: Decimal
    of: str = ""


class Share(msgspec.Struct, frozen=True):
    """A share for a hospital or for a level; without them, for all others."""

    value: Decimal
    level: str = ""
    hospital: str = ""


class RatioBand(msgspec.Struct, frozen=True):
    """A stay whose cost is [start, end) times the mean of its group has base points x (its ratio + `add`)."""

    start: Decimal
    end: Decimal
    add: Decimal


def shown_value(value: Any) -> Any:
    """A parameter as a reader of a figure sees it: tables become a line of text."""
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Threshold):
        limit = "" if value.up_to is None else f"≤{value.up_to}"
        return f"{value.level or limit or '*'}: {value.value}"
    if isinstance(value, Band):
        return f"[{value.start}, {'∞' if value.end is None else value.end}): {value.share}"
    if isinstance(value, RatioBand):
        return f"[{value.start}, {value.end}): +{value.add}"
    if isinstance(value, Discount):
        return f"{value.of or '*'}: {value.value}"
    if isinstance(value, Share):
        return f"{value.hospital or value.level or '*'}: {value.value}"
    if isinstance(value, tuple):
        return "; ".join(str(shown_value(item)) for item in value) or "-"
    return value


def checked(spec: Spec, raw: object) -> tuple[object, Wanted | None]:
    """The value in its type, or what it should have been (Chinese, English)."""
    if unknown := unknown_keys(spec, raw):
        known = tuple(COLUMNS[spec.kind])
        return None, (f"只含 {'、'.join(known)} 的表（没有 {unknown[0]} 这一项）",
                      f"tables of {', '.join(known)} only (there is no {unknown[0]})")  # fmt: skip
    try:
        return _READERS[spec.kind](spec, raw), None
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return None, _wanted(spec)


def unknown_keys(spec: Spec, raw: object) -> list[str]:
    """Keys of the tables of a value that nothing would read."""
    known = COLUMNS.get(spec.kind, {})
    rows = raw if isinstance(raw, list | tuple) else []
    return [str(key) for row in rows if isinstance(row, dict) for key in row if key not in known]


def rate(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal, str)):
        raise ValueError(raw)
    value = Decimal(raw)
    if not value.is_finite() or value < 0 or value != round(value, DECIMALS):
        raise ValueError(raw)
    return value


def _share_of(raw: object) -> Decimal:
    value = rate(raw)
    if value > 1:
        raise ValueError(raw)
    return value


def _word(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError(raw)
    return raw.strip()


def _count(raw: object) -> int:
    if type(raw) is not int or raw < 0:
        raise ValueError(raw)
    return raw


def _among(words: tuple[str, ...]) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if raw not in words:
            raise ValueError(raw)
        return str(raw)

    return read


def _money(raw: object) -> Money:
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal, str)):
        raise ValueError(raw)
    amount = Money.of_yuan(raw)
    if amount.fen < 0:
        raise ValueError(raw)
    return amount


def _list(raw: object, read: Callable[[object], Any]) -> tuple[Any, ...]:
    if not isinstance(raw, list | tuple):
        raise ValueError(raw)
    return tuple(read(item) for item in raw)


COLUMNS: dict[str, Mapping[str, Callable[[object], Any]]] = {
    "thresholds": {"value": rate, "level": _word, "up_to": rate},
    "bands": {"from": rate, "to": rate, "share": _share_of},
    "discounts": {"value": rate, "of": _among(STATES)},
    "shares": {"value": _share_of, "level": _word, "hospital": _word},
    "ratio-bands": {"from": rate, "to": rate, "add": rate},
}
"""The columns of each kind of value that is a list of tables, with what reads a cell."""


def _tables(kind: ValueKind, raw: object, *, empty: bool = False) -> list[dict[str, Any]]:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, dict) for row in raw) or not (raw or empty):
        raise ValueError(raw)
    return [{key: COLUMNS[kind][key](cell) for key, cell in row.items()} for row in raw]


def _one_or_tables(kind: ValueKind, raw: object) -> list[dict[str, Any]]:
    """One value for all stands for a table of one row."""
    return _tables(kind, [{"value": raw}] if isinstance(raw, (int, Decimal, str)) else raw)


def _only_one_for_all(keys: list[tuple[Any, ...]]) -> None:
    """A row for all others is the last, and none stands twice: what comes after would never be read."""
    if len(set(keys)) != len(keys) or any(not any(key) for key in keys[:-1]):
        raise ValueError(keys)


def _thresholds(_spec: Spec, raw: object) -> tuple[Threshold, ...]:
    found = [Threshold(**row) for row in _one_or_tables("thresholds", raw)]
    limits = [row.up_to for row in found if row.up_to is not None]
    if limits != sorted(set(limits)) or any(row.value <= 1 or (row.level and row.up_to is not None) for row in found):
        raise ValueError(raw)
    _only_one_for_all([(row.level, row.up_to) for row in found])
    return tuple(found)


def _bands(_spec: Spec, raw: object) -> tuple[Band, ...]:
    """Bands follow each other without gap and none holds 1 in its middle: on its sides it means two things."""
    found, last = [], Decimal(0)
    for row in _tables("bands", raw, empty=True):
        end = row.get("to")
        band = Band(row["from"], row["share"], end)
        if band.start != last or (end is not None and end <= band.start) or (end is None or end > 1) > (last >= 1):
            raise ValueError(raw)
        found.append(band)
        last = Decimal("Infinity") if end is None else end
    return tuple(found)


def _discounts(_spec: Spec, raw: object) -> tuple[Discount, ...]:
    found = tuple(Discount(**row) for row in _one_or_tables("discounts", raw))
    _only_one_for_all([(row.of,) for row in found])
    if found[-1].of:
        raise ValueError(raw)
    return found


def _shares(_spec: Spec, raw: object) -> tuple[Share, ...]:
    """The last row is for all others: no hospital is without a share."""
    found = tuple(Share(**row) for row in _one_or_tables("shares", raw))
    _only_one_for_all([(row.level, row.hospital) for row in found])
    if found[-1].level or found[-1].hospital or any(row.level and row.hospital for row in found):
        raise ValueError(raw)
    return found


def _ratio_bands(_spec: Spec, raw: object) -> tuple[RatioBand, ...]:
    found = tuple(RatioBand(row["from"], row["to"], row["add"]) for row in _tables("ratio-bands", raw, empty=True))
    edges = [edge for band in found for edge in (band.start, band.end)]
    if edges != sorted(edges) or any(band.start >= band.end for band in found):
        raise ValueError(raw)
    return found


_READERS: dict[ValueKind, Callable[[Spec, object], object]] = {
    "rate": lambda _spec, raw: rate(raw),
    "share": lambda _spec, raw: _share_of(raw),
    "count": lambda _spec, raw: _count(raw),
    "counts": lambda _spec, raw: _list(raw, _count),
    "choice": lambda spec, raw: _among(spec.choices)(raw),
    "codes": lambda _spec, raw: _list(raw, _word),
    "money": lambda _spec, raw: _money(raw),
    "thresholds": _thresholds,
    "bands": _bands,
    "discounts": _discounts,
    "shares": _shares,
    "ratio-bands": _ratio_bands,
}


_WANTED: dict[ValueKind, Wanted] = {
    "rate": ("不小于 0、至多四位小数的数", "a number of 0 or more with at most four decimals"),
    "share": ("0 到 1 之间、至多四位小数的比例", "a share from 0 to 1 with at most four decimals"),
    "count": ("不小于 0 的整数", "a whole number of 0 or more"),
    "counts": ("不小于 0 的整数列表", "a list of whole numbers of 0 or more"),
    "codes": ("编码列表", "a list of codes"),
    "money": ("以元计、至多两位小数的金额", "an amount in yuan with at most two decimals"),
    "thresholds": (
        "一个大于 1 的数，或 {value, level} / {value, up_to} 的列表（up_to 由小到大，不带条件的一行在最后）",
        "a number above 1, or a list of {value, level} or {value, up_to} with up_to rising and the row for all others "
        "at the end",
    ),
    "bands": (
        "从 0 起首尾相接、在 1 处分开的 {from, to, share} 列表",
        "a list of {from, to, share} that begins at 0, leaves no gap and parts at 1",
    ),
    "discounts": (
        f"一个数，或 {{value, of}} 的列表，of 为 {'、'.join(STATES)}，最后一行不带 of",
        f"a number, or a list of {{value, of}} with of among {', '.join(STATES)}, the last row without it",
    ),
    "shares": (
        "0 到 1 的比例，或 {value, level} / {value, hospital} 的列表，最后一行不带条件",
        "a share from 0 to 1, or a list of {value, level} or {value, hospital}, the last row for all others",
    ),
    "ratio-bands": (
        "互不重叠、由小到大的 {from, to, add} 列表",
        "a list of {from, to, add} that rises and does not overlap",
    ),
}


def _wanted(spec: Spec) -> Wanted:
    if spec.kind == "choice":
        return "、".join(spec.choices), ", ".join(spec.choices)
    return _WANTED[spec.kind]
