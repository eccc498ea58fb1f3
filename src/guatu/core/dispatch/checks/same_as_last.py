"""A figure equal to those before it, as when last month's report was copied; a figure that is complete stays
equal too."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.same-as-last",
    "warning",
    "“{name}”填报 {value},与前 {count} 期完全相同;请确认不是照抄上期,确无进展请说明原因",
    "“{name}”: {value} is the same as in the {count} periods before; make sure that it was not copied, or say why "
    "nothing moved",
)
LIMIT = ("连续相同的期数,1 即与上期相同", "number of equal periods before it, 1 for the last one")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str | int]]:
    count = 0
    while count < len(figure.earlier) and figure.earlier[-1 - count] == figure.value:
        count += 1
    if count and count >= limit:
        yield {"value": figure.shown(figure.value), "count": count}
