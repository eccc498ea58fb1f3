"""The whole that a lead reports, beside the parts that the units with shares reported for the same period.

Sums are to be equal; of a rate, which does not add up, the whole lies between the smallest and the greatest part.
"""

from collections.abc import Iterator
from fractions import Fraction

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.apportion import exact
from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.parts-differ",
    "warning",
    "“{name}”填报 {value},与 {count} 个单位同期填报的 {parts} 不符;请核对,属实请说明原因",
    "“{name}”: {value} does not agree with the {parts} that {count} units reported for the same period; check it, or "
    "say why",
)
LIMIT = ("允许相差的比例,一般为 0", "by what share they may differ, as a rule 0")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str | int]]:
    if not figure.parts:
        return
    low, high = min(figure.parts), max(figure.parts)
    shown = f"{show(low, figure.unit)}–{show(high, figure.unit)}"
    if not figure.is_rate:
        low = high = float(sum((exact(part) for part in figure.parts), Fraction(0)))
        shown = show(low, figure.unit)
    room = limit * abs(figure.value)
    if not low - room <= figure.value <= high + room:
        yield {"value": figure.shown(figure.value), "parts": shown, "count": len(figure.parts)}
