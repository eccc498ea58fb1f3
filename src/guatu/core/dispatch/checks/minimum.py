"""A figure below what is possible: a length below 0, a count of households below those already served."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.minimum",
    "error",
    "“{name}”填报 {value},低于下限 {limit};请核对数值和单位",
    "“{name}”: {value} is below the least possible, {limit}; check the figure and its unit",
)
LIMIT = ("可填的最小值(指标单位)", "least value, in the target's unit")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.value < limit:
        yield {"value": figure.shown(figure.value), "limit": figure.shown(limit)}
