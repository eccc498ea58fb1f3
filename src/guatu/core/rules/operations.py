"""Comparing and calculating with values of the language. What does not fit is None, and whoever asked says why."""

from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from guatu.core.rules.decimals import calculate
from guatu.core.rules.facts import Value, type_of

# The result of an operation by the types on both sides. Whatever is not listed has none.
ARITHMETIC: dict[tuple[str, str, str], str] = {
    **{(sign, "number", "number"): "number" for sign in ("+", "-", "*", "/", "**")},
    **{(sign, at, "duration"): at for sign in ("+", "-") for at in ("day", "moment", "duration")},
    ("+", "text", "text"): "text",
    ("+", "duration", "day"): "day",
    ("+", "duration", "moment"): "moment",
    ("-", "day", "day"): "duration",
    ("-", "moment", "moment"): "duration",
}
ORDERED = ("number", "day", "time", "moment", "duration")

_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def compare(op: str, left: Value, right: Value) -> bool | None:
    """Whether the comparison holds; None for values that it does not fit: other types, an order of texts."""
    kind = type_of(left)
    if kind != type_of(right) or (op not in ("=", "!=") and kind not in ORDERED) or kind == "list":
        return None
    if _aware(left) != _aware(right) or (kind == "duration" and type(left) is not type(right)):
        return None
    return _HOLDS[op](left, right)


def operate(sign: str, left: Value, right: Value) -> Value | None:
    """The result; None for values that it does not fit, and where the result is none or too large."""
    if (sign, type_of(left), type_of(right)) not in ARITHMETIC:
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return calculate(sign, left, right)
    first: Any = left
    try:
        found: Value = first + right if sign == "+" else first - right
    except (TypeError, OverflowError):
        return None
    return found


def _aware(value: Value) -> bool:
    """Whether a time says its zone: with and without are never compared."""
    return isinstance(value, (datetime, time)) and value.tzinfo is not None
