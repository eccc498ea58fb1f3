"""A stock still to be worked off that has grown: what was settled does not come back, so one of the two is wrong."""

from collections.abc import Iterator

from guatu.core.dispatch.checks.figure import Figure
from guatu.core.kernel.finding import Kind

KIND = Kind(
    "figure.rises",
    "error",
    "“{name}”填报 {value},比上期 {before} 多了 {change};存量不应增加,请核对本期,或说明新增原因",
    "“{name}”: {value} is {change} more than {before} before; such a stock does not grow: check it, or say what "
    "was added",
)
LIMIT = ("允许回升的幅度(指标单位),一般为 0", "by how much it may rise, in the target's unit, as a rule 0")


def check(figure: Figure, limit: float) -> Iterator[dict[str, str]]:
    if figure.earlier and figure.value - figure.earlier[-1] > limit:
        before = figure.earlier[-1]
        change = figure.shown(figure.value - before)
        yield {"value": figure.shown(figure.value), "before": figure.shown(before), "change": change}
