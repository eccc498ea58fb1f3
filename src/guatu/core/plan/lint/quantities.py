"""Amounts that can be added up: in one base unit, with the slack that rounding leaves."""

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from guatu.core.kernel.units import resolve
from guatu.core.plan.clauses.amounts import Amount, scan
from guatu.core.plan.lint.view import LintView

_ADDABLE = frozenset({"area", "length", "mass", "volume", "money", "people", "count"})
_VAGUE_BEFORE = (
    "约",
    "近",
    "超",
    "超过",
    "不少于",
    "不低于",
    "至少",
    "大于",
    "突破",
    "最多",
    "不超过",
    "以内",
    "多于",
    "每",
    "按",
    "人均",
    "户均",
)
_VAGUE_AFTER = ("以上", "左右", "上下", "以内", "多", "余", "以下", "标准", "至", "-", "/")


class Quantity(msgspec.Struct, frozen=True):
    """An amount of something that adds up."""

    start: int
    end: int
    value: Fraction
    """In the base unit."""
    slack: Fraction
    """Half a unit of its last written decimal, in the base unit; 0 for a number without decimals."""
    kind: str
    """Amounts of one kind add up: the base unit, or for pieces the counting word."""
    factor: Fraction
    """Base units in one of its own."""
    unit: str
    exact: bool
    """Neither 约 nor 以上 nor a range."""


def quantities(view: LintView, start: int, end: int) -> list[Quantity]:
    """The amounts in a range that add up, in order; amounts per something (元/人) are left out."""
    found = []
    for amount in scan(view.norm, view.raw, start, end):
        quantity = _quantity(view.norm, amount)
        if quantity is not None:
            found.append(quantity)
    return found


def _quantity(norm: str, amount: Amount) -> Quantity | None:
    measure = resolve(amount.unit)
    if measure is None or measure.dimension not in _ADDABLE or amount.script == "words" or "/" in amount.unit:
        return None
    value = Fraction(repr(amount.value)) * measure.factor
    written = norm[amount.start : amount.end]
    decimals = len(written.partition(".")[2]) - len(written.partition(".")[2].lstrip("0123456789"))
    slack = measure.factor / (2 * 10**decimals) if decimals else Fraction(0)
    kind = amount.unit if measure.base == "piece" else measure.base
    before = norm[max(0, amount.start - 3) : amount.start]
    vague = before.endswith(_VAGUE_BEFORE) or norm.startswith(_VAGUE_AFTER, amount.end)
    exact = amount.high is None and not amount.more and not vague
    return Quantity(amount.start, amount.end, value, slack, kind, measure.factor, amount.unit, exact)


def total_of(parts: Iterable[Quantity]) -> tuple[Fraction, Fraction]:
    """Sum and slack."""
    values = list(parts)
    return sum((p.value for p in values), Fraction(0)), sum((p.slack for p in values), Fraction(0))


def agrees(total: Quantity, parts: Iterable[Quantity]) -> bool:
    """Whether the parts add up to the total, as far as rounding lets one tell.

    Errors of parts partly cancel out, so they are not granted in full; where the total shows no decimals itself, the
    figures were probably not rounded at all.
    """
    value, slack = total_of(parts)
    return abs(total.value - value) <= total.slack + slack / (2 if total.slack else 4)


def written(value: Fraction, like: Quantity) -> str:
    """`value` (in base units) in the unit of `like`."""
    number = float(value / like.factor)
    return f"{number:.10g}{like.unit}"
