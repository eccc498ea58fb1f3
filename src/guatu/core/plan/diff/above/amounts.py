"""The figure of a target as something that can be held against another: exact, in its base unit, with its sense."""

from fractions import Fraction
from typing import Final, Literal

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import resolve
from guatu.core.plan.diff.likeness import plain
from guatu.core.plan.model import Comparison, Target

Wish = Literal["more", "less", ""]
"""On which side of the figure a plan wants to end; empty where it does not say."""

_SUMS: Final = frozenset(("count", "area", "length", "mass", "volume", "power", "energy", "money", "people", "times"))
"""Dimensions of what adds up over places; a share, a speed or a time does not."""
_POINTS: Final = ("百分点", "千分点")
_FOLD: Final = "倍"
_GENERAL: Final = frozenset(("个", "次"))
"""Counting words that any other may stand for: 改造泵站6个 is 6座."""
_TIMES_TEN: Final = "十百千万亿"
_CHANGE: Final = regex(r"增长|增幅|增加|提高|提升|上升|下降|降幅|降低|减少|压减|压降|削减|缩短|新增")
_STATE: Final = regex(r"率|比例|密度|浓度|人均|比重|占比|均|指数|余额|债务|事故|死亡|伤亡|排放|能耗|消耗|投诉|信访")
"""Names of what is not work to be done: whether more or less of it is wanted only a word of comparison can say."""


class Amount(msgspec.Struct, frozen=True):
    """`low` and `high` are one but for a range. `base` tells what may be held against each other."""

    low: Fraction
    high: Fraction
    op: Comparison
    base: str
    sums: bool
    change: bool
    wish: Wish


def amount_of(target: Target) -> Amount:
    values = target.value if isinstance(target.value, list) else [target.value]
    base, factor, sums = _measured(target.unit)
    exact = [Fraction(repr(value)) * factor for value in values]
    change = target.op == "+" or base == "point" or _CHANGE.search(target.metric) is not None
    sums = sums and not _STATE.search(target.metric)
    return Amount(min(exact), max(exact), target.op, base, sums, change and not sums, _wish(target, sums, change))


def _measured(unit: str) -> tuple[str, Fraction, bool]:
    """Base, factor and whether it adds up. Where the table has no such unit, it is its own base."""
    written = plain(unit)
    measure = resolve(written)
    if measure is None:
        return f"?{written}", Fraction(1), False
    if written.endswith(_POINTS):
        return "point", measure.factor, False
    if written.endswith(_FOLD):
        return "fold", measure.factor, False
    if measure.base in ("piece", "occurrence") and "/" not in written:
        # What one piece is only the counting word says: 3座 are not 3公里, nor are 3条.
        return f"{measure.base} {written.lstrip(_TIMES_TEN) or written}", measure.factor, True
    return measure.base, measure.factor, measure.dimension in _SUMS and "/" not in written


def _wish(target: Target, sums: bool, change: bool) -> Wish:
    if target.value == 0:
        return "less"
    if target.op in (">=", ">", "+"):
        return "more"
    if target.op in ("<=", "<"):
        return "less"
    return "more" if sums or change else ""


def comparable(one: Amount, other: Amount) -> bool:
    if one.base == other.base:
        return True
    first, second = one.base.split(" "), other.base.split(" ")
    counted = len(first) == len(second) == 2 and first[0] == second[0]
    return counted and (first[1] in _GENERAL or second[1] in _GENERAL)
