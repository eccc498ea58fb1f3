"""A figure above what is possible: a rate above 100 %, more kilometres than the road has."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.maximum",
    "error",
    "“{name}”填报 {value},高于上限 {limit};请核对数值和单位",
    "“{name}”: {value} is above the most possible, {limit}; check the figure and its unit",
)
LIMIT = ("可填的最大值(指标单位)", "greatest value, in the target's unit")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.value > limit:
        yield {"value": figure.shown(figure.value), "limit": figure.shown(limit)}
