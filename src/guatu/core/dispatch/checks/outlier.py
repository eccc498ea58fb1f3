"""A figure unlike the periods before it, measured robustly (see `robust.py`; Iglewicz and Hoaglin 1993).

Amounts are compared with earlier amounts; of a state or a sum so far the change is compared with earlier changes, so
that steady growth is not odd. With fewer than five to compare with the check is silent.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from statistics import median

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.dispatch.robust import SMALLEST_SAMPLE, modified_z
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.outlier",
    "warning",
    "“{name}”本期 {what},前 {count} 期的中位数为 {middle},偏离度 {score} 超过 {limit};请核对,属实请说明原因",
    "“{name}”: {what} in this period, where the median of the {count} before is {middle}; its score {score} "
    "exceeds {limit}; check it, or say why",
)
LIMIT = ("稳健偏离度的界限,一般为 3.5", "greatest robust score, as a rule 3.5")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str | int | float]]:
    if figure.amounts:
        value, sample = figure.value, list(figure.earlier)
    else:
        changes = [after - before for before, after in pairwise((*figure.earlier, figure.value))]
        value, sample = changes[-1] if changes else 0.0, changes[:-1]
    if len(sample) < SMALLEST_SAMPLE:
        return
    score = modified_z(value, sample)
    if abs(score) > limit:
        shown = f"{score:.1f}" if isfinite(score) else "∞"
        middle = figure.shown(median(sample))
        yield {"what": figure.shown(value), "count": len(sample), "middle": middle, "score": shown, "limit": limit}
